import { path } from '../../../shared/http/httpClient';
import { conversationLocator } from '../../descriptions/locators';
import { accountOperation } from '../../helpers/accountOperation';
import { conversationOutput } from './conversation';

/** `markConversationUnread`: `POST /conversations/{id}/unread`. */
export const markUnread = accountOperation({
	option: {
		name: 'Mark as Unread',
		value: 'markUnread',
		action: 'Mark conversation as unread',
		description: 'Show a conversation as unread again',
	},
	record: conversationLocator,
	output: conversationOutput,
	run: async ({ id }, account) => await account.postAgain(path`/conversations/${id}/unread`),
});
