import type { IDataObject } from 'n8n-workflow';

import type { ContactItem } from '../../../shared/contact/source';
import { requiredUnlessIncoming } from '../../../shared/contact/source';
import { path } from '../../../shared/http/httpClient';
import { contactLocator } from '../../descriptions/locators';
import { accountOperation } from '../../helpers/accountOperation';
import { readId } from '../../helpers/read';
import { labelOf } from '../../transport/errors';
import { contactOutput } from './contact';
import type { UniqueField } from './contact.calls';
import { findFirstContact, matchKey, readUniqueFields, uploadAvatar, withoutOtherSpelling, writeContact } from './contact.calls';
import type { ContactInput } from './contact.fields';
import { contactFields, moreContactFields, readContact } from './contact.fields';
import { addLabels, contactSourceFields, readChatwootItem, withIncoming } from './contactFromPrevious';

/** `patchContact`: `PATCH /contacts/{id}`; both kinds of attributes are merged, key by key. */
export const update = accountOperation<ContactInput & { id?: string; match: UniqueField[]; contact: ContactItem }>({
	option: {
		name: 'Update',
		value: 'update',
		action: 'Update contact',
		description: 'Change fields of a contact; fields left empty stay as they are',
	},
	properties: [
		...contactSourceFields,
		...requiredUnlessIncoming(contactLocator, 'The contact to change; left empty, it is found by its phone (Brazilian, Mexican and Argentine mobiles in both of their forms), then e-mail address, then identifier'),
		...contactFields,
		...moreContactFields,
	],
	output: contactOutput,
	read(written) {
		const contact = readChatwootItem(written);
		const { item, incoming } = contact;
		const id = incoming && item.locator('contactId') === undefined ? undefined : readId(item, 'contactId');
		const input = readContact(item);
		const match = id === undefined ? readUniqueFields(input.body) : [];
		if (id === undefined && match.length === 0) {
			throw item.refuse('contactId', 'is empty, and the contact of the item has no phone, e-mail address or identifier to find it by', 'Drag the ID of the Chatwoot contact into the field.');
		}
		if (Object.keys(input.body).length === 0 && input.avatarField === undefined) {
			throw item.refuse('contactId', 'is given, but no field to change', 'Fill in at least one field of the contact.');
		}
		return { id, match, ...input, contact };
	},
	orderingKey: ({ id, body, match: [field] }) => id ?? (field === undefined ? undefined : matchKey(field, body[field])),
	async run({ id, match, body: fields, avatarField, contact: source }, account, { item }) {
		const { body, labels } = await withIncoming(fields, source, account);
		const found = id === undefined ? await findFirstContact(account, match, body) : { id };
		if (!found) {
			throw account.http.error(`Chatwoot has no contact with ${match.map((field) => `the '${labelOf(field)}' ${String(body[field])}`).join(' or ')}`, "Use 'Create or Update' to create it.", 404);
		}
		const change = withoutOtherSpelling(body, found);
		const contact: IDataObject = Object.keys(change).length === 0
			? found
			: await writeContact(account, { method: 'PATCH', path: path`/contacts/${String(found.id)}`, body: change, idempotent: true });
		return await addLabels(account, avatarField === undefined ? contact : await uploadAvatar(account, found.id, item, avatarField), labels);
	},
});
