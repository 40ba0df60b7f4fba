import { path } from '../../../shared/http/httpClient';
import { conversationLocator } from '../../descriptions/locators';
import { accountOperation } from '../../helpers/accountOperation';
import { readId } from '../../helpers/read';
import { conversationOutput } from './conversation';

/** `markConversationSeen`: `POST /conversations/{id}/update_last_seen`. */
export const markRead = accountOperation<string>({
	option: {
		name: 'Mark as Read',
		value: 'markRead',
		action: 'Mark conversation as read',
		description: 'Mark all messages of a conversation as read by the token owner',
	},
	properties: [conversationLocator],
	output: conversationOutput,
	read: (item) => readId(item, 'conversationId'),
	orderingKey: (id) => id,
	run: async (id, account) => await account.postAgain(path`/conversations/${id}/update_last_seen`),
});
