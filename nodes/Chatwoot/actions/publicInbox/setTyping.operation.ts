import { path } from '../../../shared/http/httpClient';
import { accountOperation } from '../../helpers/accountOperation';
import { readId } from '../../helpers/read';
import type { PublicContact } from './publicInbox.calls';
import { contactPath, conversationField, inboxField, publicCall, readContact, sourceField } from './publicInbox.calls';

/** `setPublicTyping`: `POST …/conversations/{id}/toggle_typing`. */
export const setTyping = accountOperation<PublicContact & { id: string; typing: boolean }>({
	option: {
		name: 'Set Typing',
		value: 'setTyping',
		action: 'Set typing in public inbox',
		description: 'Show or hide that the contact is typing',
	},
	properties: [
		inboxField,
		sourceField,
		conversationField,
		{
			displayName: 'Typing',
			name: 'typing',
			type: 'boolean',
			default: true,
			description: 'Whether to show the sign',
		},
	],
	read: (item) => ({ ...readContact(item), id: readId(item, 'conversationId'), typing: item.boolean('typing') ?? true }),
	orderingKey: ({ id }) => id,
	async run({ id, typing, ...contact }, account) {
		await publicCall(account, {
			method: 'POST', path: `${contactPath(contact)}${path`/conversations/${id}/toggle_typing`}`, body: { typing_status: typing ? 'on' : 'off' }, idempotent: true, expect: 'anything',
		});
		return { conversationId: id, typing };
	},
});
