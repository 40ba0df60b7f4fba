import { path } from '../../../shared/http/httpClient';
import { conversationLocator, messageLocator } from '../../descriptions/locators';
import { accountOperation } from '../../helpers/accountOperation';
import { readMessage } from '../../helpers/read';

/** `deleteMessage`: `DELETE /conversations/{id}/messages/{message}`; the row stays, without its text. */
export const deleteMessage = accountOperation<{ id: string; messageId: string }>({
	option: {
		name: 'Delete',
		value: 'delete',
		action: 'Delete message',
		description: 'Blank a message and remove its files; nothing is called back from the contact',
	},
	properties: [conversationLocator, messageLocator],
	read: readMessage,
	orderingKey: ({ id }) => id,
	async run({ id, messageId }, account) {
		await account.delete(path`/conversations/${id}/messages/${messageId}`);
		return { deleted: true };
	},
});
