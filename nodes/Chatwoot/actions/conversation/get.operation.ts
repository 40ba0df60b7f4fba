import { path } from '../../../shared/http/httpClient';
import { conversationLocator } from '../../descriptions/locators';
import { accountOperation } from '../../helpers/accountOperation';
import { readId } from '../../helpers/read';
import { conversationOutput } from './conversation';

/** `getConversation`: `GET /conversations/{id}`; `messages` holds the newest one only. */
export const get = accountOperation<string>({
	option: {
		name: 'Get',
		value: 'get',
		action: 'Get conversation',
		description: "Get one conversation; for its messages, use 'Get Many' of Message",
	},
	properties: [conversationLocator],
	output: conversationOutput,
	read: (item) => readId(item, 'conversationId'),
	run: async (id, account) => await account.get(path`/conversations/${id}`),
});
