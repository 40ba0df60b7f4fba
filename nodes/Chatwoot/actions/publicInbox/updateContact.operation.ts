import type { IDataObject } from 'n8n-workflow';

import { accountOperation } from '../../helpers/accountOperation';
import { simplifyPublicContact } from './publicInbox';
import { publicContactFields, readPublicContact } from './publicInbox.fields';
import type { PublicContact } from './publicInbox.calls';
import { contactPath, inboxField, publicCall, readContact, sourceField } from './publicInbox.calls';

/** `updatePublicContact`: `PATCH …/contacts/{source}`; answers the plain row, without the source ID. */
export const updateContact = accountOperation<PublicContact & { body: IDataObject }>({
	option: {
		name: 'Update Contact',
		value: 'updateContact',
		action: 'Update contact of public inbox',
		description: 'Change a contact in its own name; one with the same e-mail or phone is merged into it',
	},
	properties: [inboxField, sourceField, ...publicContactFields],
	read(item) {
		const body = readPublicContact(item);
		if (Object.keys(body).length === 0) throw item.refuse('sourceId', 'is given, but no field to change', 'Fill in at least one field of the contact.');
		return { ...readContact(item), body };
	},
	orderingKey: ({ inbox, source }) => `${inbox} ${source}`,
	run: async ({ body, ...contact }, account) => ({ ...simplifyPublicContact(await publicCall(account, { method: 'PATCH', path: contactPath(contact), body, idempotent: true })), sourceId: contact.source }),
});
