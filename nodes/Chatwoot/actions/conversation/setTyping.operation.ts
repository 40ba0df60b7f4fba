import { path } from '../../../shared/http/httpClient';
import { conversationLocator } from '../../descriptions/locators';
import { accountOperation } from '../../helpers/accountOperation';

/** `setTyping`: `POST /conversations/{id}/toggle_typing_status`. */
export const setTyping = accountOperation<{ typing: boolean; isPrivate: boolean }>({
	option: {
		name: 'Set Typing',
		value: 'setTyping',
		action: 'Set typing in conversation',
		description: 'Show or hide that somebody is typing',
	},
	record: conversationLocator,
	properties: [
		{
			displayName: 'Typing',
			name: 'typing',
			type: 'boolean',
			default: true,
			description: 'Whether to show the sign',
		},
		{
			displayName: 'Private',
			name: 'isPrivate',
			type: 'boolean',
			default: false,
			description: 'Whether only the team sees it, as for a private note',
		},
	],
	read: (item) => ({ typing: item.boolean('typing') ?? true, isPrivate: item.boolean('isPrivate') ?? false }),
	async run({ id, typing, isPrivate }, account) {
		await account.tell({
			method: 'POST',
			path: path`/conversations/${id}/toggle_typing_status`,
			body: { typing_status: typing ? 'on' : 'off', is_private: isPrivate },
			idempotent: true,
		});
		return { conversationId: id, typing };
	},
});
