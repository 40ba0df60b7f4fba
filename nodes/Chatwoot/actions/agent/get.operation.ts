import { agentOutput } from '../../agent';
import { agentLocator } from '../../locators';
import { accountOperation } from '../../operation';
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
