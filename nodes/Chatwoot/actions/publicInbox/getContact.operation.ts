import { accountOperation } from '../../helpers/accountOperation';
import { simplifyPublicContact } from './publicInbox';
import type { PublicContact } from './publicInbox.calls';
import { contactPath, inboxField, publicCall, readContact, sourceField } from './publicInbox.calls';

/** `getPublicContact`: `GET …/contacts/{source}`. */
export const getContact = accountOperation<PublicContact>({
	option: {
		name: 'Get Contact',
		value: 'getContact',
		action: 'Get contact of public inbox',
		description: 'Get a contact by its source ID',
	},
	properties: [inboxField, sourceField],
	read: readContact,
	run: async (contact, account) => simplifyPublicContact(await publicCall(account, { method: 'GET', path: contactPath(contact) })),
});
