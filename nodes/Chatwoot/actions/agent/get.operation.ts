import { agentOutput } from './agent';
import { agentLocator } from '../../descriptions/locators';
import { accountOperation } from '../../helpers/accountOperation';
import { findAgent } from './agent.calls';

/** One of `listAgents`: `GET /agents`. */
export const get = accountOperation<string>({
	option: {
		name: 'Get',
		value: 'get',
		action: 'Get agent',
		description: 'Get one person of the account',
	},
	properties: [agentLocator],
	output: agentOutput,
	read: (item) => item.requiredNumericId('agentId'),
	run: async (id, account) => await findAgent(account, id),
});
