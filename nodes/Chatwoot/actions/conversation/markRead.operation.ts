import { path } from '../../../shared/http/httpClient';
import { conversationLocator } from '../../descriptions/locators';
import { accountOperation } from '../../helpers/accountOperation';
import { conversationOutput } from './conversation';

/** `markConversationSeen`: `POST /conversations/{id}/update_last_seen`. */
export const markRead = accountOperation({
	option: {
		name: 'Mark as Read',
		value: 'markRead',
		action: 'Mark conversation as read',
		description: 'Mark all messages of a conversation as read by the token owner',
	},
	record: conversationLocator,
	output: conversationOutput,
	run: async ({ id }, account) => await account.postAgain(path`/conversations/${id}/update_last_seen`),
});
