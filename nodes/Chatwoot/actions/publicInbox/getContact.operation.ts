import { accountOperation } from '../../operation';
import { simplifyPublicContact } from '../../publicInbox';
import type { PublicContact } from './public.calls';
import { contactPath, inboxField, publicCall, readContact, sourceField } from './public.calls';

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
