import { path } from '../../../shared/http/httpClient';
import { conversationLocator } from '../../descriptions/locators';
import { accountOperation } from '../../helpers/accountOperation';
import { readId } from '../../helpers/read';

/** `muteConversation`: `POST /conversations/{id}/mute`. */
export const mute = accountOperation<string>({
	option: {
		name: 'Mute',
		value: 'mute',
		action: 'Mute conversation',
		description: 'Resolve a conversation and block its contact',
	},
	properties: [conversationLocator],
	read: (item) => readId(item, 'conversationId'),
	orderingKey: (id) => id,
	async run(id, account) {
		await account.tell({ method: 'POST', path: path`/conversations/${id}/mute`, idempotent: true });
		return { conversationId: id, muted: true };
	},
});
