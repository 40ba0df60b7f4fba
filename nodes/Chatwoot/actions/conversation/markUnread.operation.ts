import { path } from '../../../shared/http/httpClient';
import { conversationLocator } from '../../descriptions/locators';
import { accountOperation } from '../../helpers/accountOperation';
import { readId } from '../../helpers/read';
import { conversationOutput } from './conversation';

/** `markConversationUnread`: `POST /conversations/{id}/unread`. */
export const markUnread = accountOperation<string>({
	option: {
		name: 'Mark as Unread',
		value: 'markUnread',
		action: 'Mark conversation as unread',
		description: 'Show a conversation as unread again',
	},
	properties: [conversationLocator],
	output: conversationOutput,
	read: (item) => readId(item, 'conversationId'),
	orderingKey: (id) => id,
	run: async (id, account) => await account.postAgain(path`/conversations/${id}/unread`),
});
