import { path } from '../../../shared/http/httpClient';
import { conversationLocator } from '../../descriptions/locators';
import { accountOperation } from '../../helpers/accountOperation';
import { readId } from '../../helpers/read';

/** `deleteConversation`: `DELETE /conversations/{id}`, since 4.3; the server works it off later. */
export const deleteConversation = accountOperation<string>({
	option: {
		name: 'Delete',
		value: 'delete',
		action: 'Delete conversation',
		description: 'Delete a conversation with its messages; administrators only (Chatwoot 4.3 and newer)',
	},
	since: '4.3',
	properties: [conversationLocator],
	read: (item) => readId(item, 'conversationId'),
	orderingKey: (id) => id,
	async run(id, account) {
		await account.delete(path`/conversations/${id}`);
		return { deleted: true };
	},
});
