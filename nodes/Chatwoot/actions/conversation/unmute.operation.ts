import { path } from '../../../shared/http/httpClient';
import { conversationLocator } from '../../descriptions/locators';
import { accountOperation } from '../../helpers/accountOperation';
import { compareConversation } from '../../helpers/applied';

/** `unmuteConversation`: `POST /conversations/{id}/unmute`. */
export const unmute = accountOperation({
	option: {
		name: 'Unmute',
		value: 'unmute',
		action: 'Unmute conversation',
		description: 'Unblock the contact of a conversation; its status stays',
	},
	record: conversationLocator,
	async run({ id }, account) {
		await account.tell({ method: 'POST', path: path`/conversations/${id}/unmute`, idempotent: true });
		return await compareConversation(account, id, (shown) => ({ conversationId: id, muted: shown?.muted ?? false }), (shown) => [['Muted', false, shown.muted]]);
	},
});
