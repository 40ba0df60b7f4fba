import { readLimit, returnAllOrLimit } from '../../../shared/operation/listing';
import { accountOperation } from '../../helpers/accountOperation';
import { rowsIn } from '../../transport/answers';
import { automationRuleOutput } from './automationRule';

/** `listAutomationRules`: `GET /automation_rules`; it does not page. */
export const getAll = accountOperation<{ limit?: number }>({
	option: {
		name: 'Get Many',
		value: 'getAll',
		action: 'Get many automation rules',
		description: 'Get many rules, those that are switched off, too; administrators only',
	},
	properties: [...returnAllOrLimit],
	output: automationRuleOutput,
	read: (item) => ({ limit: readLimit(item) }),
	run: async ({ limit }, account) => rowsIn(await account.get('/automation_rules')).slice(0, limit),
});
