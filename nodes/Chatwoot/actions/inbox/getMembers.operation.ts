import { path } from '../../../shared/http/httpClient';
import { inboxLocator } from '../../descriptions/locators';
import { accountOperation } from '../../helpers/accountOperation';
import { readId } from '../../helpers/read';
import { rowsIn } from '../../transport/answers';
import { agentOutput } from '../agent/agent';

/** `listInboxMembers`: `GET /inbox_members/{inbox}`. */
export const getMembers = accountOperation<string>({
	option: {
		name: 'Get Members',
		value: 'getMembers',
		action: 'Get members of inbox',
		description: 'Get the agents who work in an inbox',
	},
	properties: [inboxLocator],
	output: agentOutput,
	read: (item) => readId(item, 'inboxId'),
	run: async (id, account) => rowsIn(await account.get(path`/inbox_members/${id}`)),
});
