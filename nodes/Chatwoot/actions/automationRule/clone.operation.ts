import { automationRuleLocator } from '../../descriptions/locators';
import { accountOperation } from '../../helpers/accountOperation';
import { automationRuleOutput } from './automationRule';
import { ruleCall } from './automationRule.calls';

/** `cloneAutomationRule`: `POST /automation_rules/{id}/clone`. */
export const clone = accountOperation({
	option: {
		name: 'Clone',
		value: 'clone',
		action: 'Clone automation rule',
		description: 'Make a second rule that is the same and works at once when the first does; files of its messages are not copied. Administrators only.',
	},
	record: automationRuleLocator,
	output: automationRuleOutput,
	run: async ({ id }, account) => await ruleCall(account, id, { method: 'POST' }, '/clone'),
});
