import { path } from '../../../shared/http/httpClient';
import { conversationLocator } from '../../descriptions/locators';
import { accountOperation } from '../../helpers/accountOperation';
import { compareConversation } from '../../helpers/applied';

/** `muteConversation`: `POST /conversations/{id}/mute`. */
export const mute = accountOperation({
	option: {
		name: 'Mute',
		value: 'mute',
		action: 'Mute conversation',
		description: 'Resolve a conversation and block its contact',
	},
	record: conversationLocator,
	async run({ id }, account) {
		await account.tell({ method: 'POST', path: path`/conversations/${id}/mute`, idempotent: true });
		return await compareConversation(account, id, (shown) => ({ conversationId: id, muted: shown?.muted ?? true }), (shown) => [['Muted', true, shown.muted], ['Status', 'resolved', shown.status]]);
	},
});
