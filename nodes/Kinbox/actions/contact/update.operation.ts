import type { IDataObject } from 'n8n-workflow';

import type { ContactItem } from '../../../shared/contact/source';
import { requiredUnlessIncoming } from '../../../shared/contact/source';
import { operation } from '../../../shared/operation/operation';
import { path } from '../../../shared/http/httpClient';
import type { KinboxClient } from '../../transport/client';
import { contactOutput } from './contact';
import { contactSourceFields, readKinboxItem, withIncoming } from './contactFromPrevious';
import { contactLocator } from '../../descriptions/locators';
import type { Match } from './contact.calls';
import { findContacts, matchKey, readPhoneThenEmail, updateFound } from './contact.calls';
import { checkGeneration, contactFields, readContactBody } from './contact.fields';

/** `PATCH /v3/contacts/{id}` or `PATCH /v1/contacts/{id}`. */
export const update = operation<KinboxClient, { id?: string; match: Match; body: IDataObject; contact: ContactItem }>({
	option: {
		name: 'Update',
		value: 'update',
		action: 'Update contact',
		description: 'Change fields of a contact; fields left empty stay as they are',
	},
	properties: [
		...contactSourceFields,
		...requiredUnlessIncoming(contactLocator, "The contact to change; left empty, it is found by its phone (Brazilian, Mexican and Argentine mobiles in both of their forms), then by its e-mail address"),
		{
			displayName: 'Name',
			name: 'name',
			type: 'string',
			default: '',
			placeholder: 'e.g. Ana Souza',
			description: 'The new name; left empty, it stays as it is',
		},
		...contactFields,
	],
	output: contactOutput,
	read(written) {
		const contact = readKinboxItem(written);
		const { item, incoming } = contact;
		const id = incoming ? item.numericId('contactId') : item.requiredNumericId('contactId');
		const body = readContactBody(item);
		const match = id === undefined ? readPhoneThenEmail(item) : [];
		if (id === undefined && match.length === 0) {
			throw item.refuse('contactId', 'is empty, and the contact of the item has neither phone nor e-mail address to find it by', 'Drag the ID of the Kinbox contact into the field.');
		}
		if (Object.keys(body).length === 0) {
			throw item.refuse('contactId', 'is given, but no field to change', 'Fill in at least one field of the contact.');
		}
		return { id, match, body, contact };
	},
	orderingKey: ({ id, match }) => id ?? matchKey(match),
	async run({ id, match, body: fields, contact }, kinbox) {
		checkGeneration(fields, kinbox);
		const body = await withIncoming(fields, contact, kinbox);
		if (id !== undefined) return await kinbox.patch(path`/contacts/${id}`, body);
		const [found, other] = await findContacts(match, kinbox, 2);
		const keys = match.map(({ key, values }) => `${key === 'phone' ? 'phone +' : 'e-mail address '}${values[0] ?? ''}`).join(' or ');
		if (!found) throw kinbox.http.error(`Kinbox has no contact with the ${keys}`, "Use 'Create or Update' to create it.", 404);
		if (other) throw kinbox.http.error(`Kinbox has more than one contact with the ${keys}: ${String(found.id)} and ${String(other.id)}`, "Pick the one to change under 'Contact'.");
		return await updateFound(found, body, kinbox);
	},
});
