import { path } from '../../../shared/http/httpClient';
import { inboxLocator } from '../../descriptions/locators';
import { accountOperation } from '../../helpers/accountOperation';
import { rowsIn } from '../../transport/answers';
import { agentOutput } from '../agent/agent';

/** `listInboxMembers`: `GET /inbox_members/{inbox}`. */
export const getMembers = accountOperation({
	option: {
		name: 'Get Members',
		value: 'getMembers',
		action: 'Get members of inbox',
		description: 'Get the agents who work in an inbox',
	},
	record: inboxLocator,
	output: agentOutput,
	run: async ({ id }, account) => rowsIn(await account.get(path`/inbox_members/${id}`)),
});
