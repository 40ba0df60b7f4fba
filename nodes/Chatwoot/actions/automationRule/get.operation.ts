import { automationRuleLocator } from '../../descriptions/locators';
import { accountOperation } from '../../helpers/accountOperation';
import { automationRuleOutput } from './automationRule';
import { ruleCall } from './automationRule.calls';

/** `getAutomationRule`: `GET /automation_rules/{id}`. */
export const get = accountOperation({
	option: {
		name: 'Get',
		value: 'get',
		action: 'Get automation rule',
		description: 'Get one rule with its conditions and actions; administrators only',
	},
	record: automationRuleLocator,
	output: automationRuleOutput,
	run: async ({ id }, account) => await ruleCall(account, id, { method: 'GET' }),
});
