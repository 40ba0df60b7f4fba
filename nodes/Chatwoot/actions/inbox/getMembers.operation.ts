import { path } from '../../../shared/http';
import { agentOutput } from '../../agent';
import { rowsIn } from '../../client';
import { inboxLocator } from '../../locators';
import { accountOperation, readId } from '../../operation';

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
