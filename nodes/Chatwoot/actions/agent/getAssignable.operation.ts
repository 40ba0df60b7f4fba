import { inboxLocator } from '../../descriptions/locators';
import { accountOperation } from '../../helpers/accountOperation';
import { rowsIn } from '../../transport/answers';
import { agentOutput } from './agent';

/** `listAssignableAgents`: `GET /assignable_agents?inbox_ids[]=`. */
export const getAssignable = accountOperation({
	option: {
		name: 'Get Assignable',
		value: 'getAssignable',
		action: 'Get assignable agents',
		description: 'Get the people who can be given conversations of an inbox: its members and all administrators',
	},
	record: inboxLocator,
	output: agentOutput,
	run: async ({ id: inbox }, account) => rowsIn(await account.get('/assignable_agents', { inbox_ids: [inbox] })),
});
