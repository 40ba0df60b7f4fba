import type { IDataObject } from 'n8n-workflow';

import { accountOperation } from '../../helpers/accountOperation';
import { simplifyPublicContact } from './publicInbox';
import { publicContactFields, readPublicContact } from './publicInbox.fields';
import type { PublicContact } from './publicInbox.calls';
import { contactPath, inboxField, publicCall, readContact, signed, sourceField } from './publicInbox.calls';

/** `updatePublicContact`: `PATCH …/contacts/{source}`; answers the plain row, without the source ID. */
export const updateContact = accountOperation<PublicContact & { body: IDataObject; sign: boolean }>({
	option: {
		name: 'Update Contact',
		value: 'updateContact',
		action: 'Update contact of public inbox',
		description: 'Change a contact in its own name; one with the same e-mail or phone is merged into it',
	},
	properties: [inboxField, sourceField, ...publicContactFields],
	read(item) {
		const { body, sign } = readPublicContact(item);
		if (Object.keys(body).length === 0) throw item.refuse('sourceId', 'is given, but no field to change', 'Fill in at least one field of the contact.');
		return { ...readContact(item), body, sign };
	},
	orderingKey: ({ inbox, source }) => `${inbox} ${source}`,
	run: async ({ body, sign, ...contact }, account) => ({ ...simplifyPublicContact(await publicCall(account, { method: 'PATCH', path: contactPath(contact), body: signed(account, { body, sign }), idempotent: true })), sourceId: contact.source }),
});
