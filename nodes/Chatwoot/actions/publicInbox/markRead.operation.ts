import { path } from '../../../shared/http';
import { accountOperation, readId } from '../../operation';
import type { PublicContact } from './public.calls';
import { contactPath, conversationField, inboxField, publicCall, readContact, sourceField } from './public.calls';

/** `markPublicConversationSeen`: `POST …/conversations/{id}/update_last_seen`. */
export const markRead = accountOperation<PublicContact & { id: string }>({
	option: {
		name: 'Mark as Read',
		value: 'markRead',
		action: 'Mark conversation of public inbox as read',
		description: 'Say that the contact has read a conversation',
	},
	properties: [inboxField, sourceField, conversationField],
	read: (item) => ({ ...readContact(item), id: readId(item, 'conversationId') }),
	orderingKey: ({ id }) => id,
	async run({ id, ...contact }, account) {
		await publicCall(account, { method: 'POST', path: `${contactPath(contact)}${path`/conversations/${id}/update_last_seen`}`, idempotent: true, expect: 'anything' });
		return { conversationId: id, read: true };
	},
});
