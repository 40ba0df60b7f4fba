import { path } from '../../../shared/http/httpClient';
import { accountOperation } from '../../helpers/accountOperation';
import { readId } from '../../helpers/read';
import type { PublicContact } from './publicInbox.calls';
import { contactPath, conversationField, inboxField, publicCall, readContact, sourceField } from './publicInbox.calls';

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
