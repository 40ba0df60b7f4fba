import { automationRuleLocator } from '../../descriptions/locators';
import { accountOperation } from '../../helpers/accountOperation';
import { ruleCall } from './automationRule.calls';

/** `deleteAutomationRule`: `DELETE /automation_rules/{id}`. */
export const deleteRule = accountOperation({
	option: {
		name: 'Delete',
		value: 'delete',
		action: 'Delete automation rule',
		description: 'Delete a rule for good; to switch it off only, use Update. Administrators only.',
	},
	record: automationRuleLocator,
	async run({ id }, account) {
		await ruleCall(account, id, { method: 'DELETE', expect: 'anything' });
		return { deleted: true };
	},
});
