import { path } from '../../../shared/http/httpClient';
import { accountOperation } from '../../helpers/accountOperation';
import { readId } from '../../helpers/read';
import { simplifyPublicConversation } from './publicInbox';
import type { PublicContact } from './publicInbox.calls';
import { contactPath, conversationField, inboxField, publicCall, readContact, sourceField } from './publicInbox.calls';

/** `resolvePublicConversation`: `POST …/conversations/{id}/toggle_status`; only ever resolves. */
export const resolveConversation = accountOperation<PublicContact & { id: string }>({
	option: {
		name: 'Resolve Conversation',
		value: 'resolveConversation',
		action: 'Resolve conversation of public inbox',
		description: 'Say as the contact that a conversation is done',
	},
	properties: [inboxField, sourceField, conversationField],
	read: (item) => ({ ...readContact(item), id: readId(item, 'conversationId') }),
	orderingKey: ({ id }) => id,
	run: async ({ id, ...contact }, account) => simplifyPublicConversation(await publicCall(account, { method: 'POST', path: `${contactPath(contact)}${path`/conversations/${id}/toggle_status`}`, idempotent: true })),
});
