import { accountOperation } from '../../helpers/accountOperation';
import { rowsIn } from '../../transport/answers';
import { simplifyPublicConversation } from './publicInbox';
import type { PublicContact } from './publicInbox.calls';
import { contactPath, inboxField, publicCall, readContact, sourceField } from './publicInbox.calls';

/** `listPublicConversations`: `GET …/contacts/{source}/conversations`; it does not page. */
export const getConversations = accountOperation<PublicContact>({
	option: {
		name: 'Get Conversations',
		value: 'getConversations',
		action: 'Get conversations of public inbox',
		description: 'Get all conversations of a contact with their messages',
	},
	properties: [inboxField, sourceField],
	read: readContact,
	run: async (contact, account) => rowsIn(await publicCall(account, { method: 'GET', path: `${contactPath(contact)}/conversations` })).map(simplifyPublicConversation),
});
