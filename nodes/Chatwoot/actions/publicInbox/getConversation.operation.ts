import { path } from '../../../shared/http/httpClient';
import { accountOperation } from '../../helpers/accountOperation';
import { readId } from '../../helpers/read';
import { simplifyPublicConversation } from './publicInbox';
import type { PublicContact } from './publicInbox.calls';
import { contactPath, conversationField, inboxField, publicCall, readContact, sourceField } from './publicInbox.calls';

/** `getPublicConversation`: `GET …/conversations/{id}`. */
export const getConversation = accountOperation<PublicContact & { id: string }>({
	option: {
		name: 'Get Conversation',
		value: 'getConversation',
		action: 'Get conversation of public inbox',
		description: 'Get one conversation of a contact with its messages',
	},
	properties: [inboxField, sourceField, conversationField],
	read: (item) => ({ ...readContact(item), id: readId(item, 'conversationId') }),
	run: async ({ id, ...contact }, account) => simplifyPublicConversation(await publicCall(account, { method: 'GET', path: `${contactPath(contact)}${path`/conversations/${id}`}` })),
});
