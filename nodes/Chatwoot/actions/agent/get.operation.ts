import { agentOutput } from './agent';
import { agentLocator } from '../../descriptions/locators';
import { accountOperation } from '../../helpers/accountOperation';
import { findAgent } from './agent.calls';

/** One of `listAgents`: `GET /agents`. */
export const get = accountOperation({
	option: {
		name: 'Get',
		value: 'get',
		action: 'Get agent',
		description: 'Get one person of the account',
	},
	record: agentLocator,
	output: agentOutput,
	run: async ({ id }, account) => await findAgent(account, id),
});
