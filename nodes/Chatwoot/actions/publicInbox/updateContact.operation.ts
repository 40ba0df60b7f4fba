import type { IDataObject } from 'n8n-workflow';

import { personNames } from '../../../shared/contact/samePerson';
import { accountOperation } from '../../helpers/accountOperation';
import { keysOf } from '../contact/contact.people';
import { simplifyPublicContact } from './publicInbox';
import { publicContactFields, readPublicContact } from './publicInbox.fields';
import type { PublicContact } from './publicInbox.calls';
import { contactPath, inboxField, publicCall, readContact, refuseTwoPeople, signed, sourceField } from './publicInbox.calls';

/** `updatePublicContact`: `PATCH …/contacts/{source}`; answers the plain row, without the source ID. */
export const updateContact = accountOperation<PublicContact & { body: IDataObject; sign: boolean }>({
	option: {
		name: 'Update Contact',
		value: 'updateContact',
		action: 'Update contact of public inbox',
		description: 'Change a contact in its own name; one with the same e-mail or phone is merged into it, and values of two people are refused',
	},
	properties: [inboxField, sourceField, ...publicContactFields],
	read(item) {
		const { body, sign } = readPublicContact(item);
		if (Object.keys(body).length === 0) throw item.refuse('sourceId', 'is given, but no field to change', 'Fill in at least one field of the contact.');
		return { ...readContact(item), body, sign };
	},
	orderingKey: ({ inbox, source, body }) => [`${inbox} ${source}`, ...personNames(keysOf(body))],
	async run({ body, sign, ...contact }, account) {
		const change = signed(account, { body, sign });
		if (Object.keys(keysOf(body)).length) await refuseTwoPeople(account, body, await publicCall(account, { method: 'GET', path: contactPath(contact) }));
		return { ...simplifyPublicContact(await publicCall(account, { method: 'PATCH', path: contactPath(contact), body: change, idempotent: true })), sourceId: contact.source };
	},
});
