import { path } from '../../../shared/http/httpClient';
import { conversationLocator } from '../../descriptions/locators';
import { accountOperation } from '../../helpers/accountOperation';

/** `deleteConversation`: `DELETE /conversations/{id}`, since 4.3; the server works it off later. */
export const deleteConversation = accountOperation({
	option: {
		name: 'Delete',
		value: 'delete',
		action: 'Delete conversation',
		description: 'Delete a conversation with its messages; administrators only (Chatwoot 4.3 and newer)',
	},
	since: '4.3',
	record: conversationLocator,
	async run({ id }, account) {
		await account.delete(path`/conversations/${id}`);
		return { deleted: true };
	},
});
