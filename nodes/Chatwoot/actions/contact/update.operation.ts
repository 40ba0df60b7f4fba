import { path } from '../../../shared/http';
import { contactOutput } from '../../contact';
import { contactLocator } from '../../locators';
import { accountOperation, readId } from '../../operation';
import { uploadAvatar, writeContact } from './contact.calls';
import type { ContactInput } from './contact.fields';
import { contactFields, moreContactFields, readContact } from './contact.fields';

/** `patchContact`: `PATCH /contacts/{id}`; both kinds of attributes are merged, key by key. */
export const update = accountOperation<ContactInput & { id: string }>({
	option: {
		name: 'Update',
		value: 'update',
		action: 'Update contact',
		description: 'Change fields of a contact; fields left empty stay as they are',
	},
	properties: [contactLocator, ...contactFields, ...moreContactFields],
	output: contactOutput,
	read(item) {
		const id = readId(item, 'contactId');
		const input = readContact(item);
		if (Object.keys(input.body).length === 0 && input.avatarField === undefined) {
			throw item.refuse('contactId', 'is given, but no field to change', 'Fill in at least one field of the contact.');
		}
		return { id, ...input };
	},
	orderingKey: ({ id }) => id,
	async run({ id, body, avatarField }, account, { item }) {
		const contact = Object.keys(body).length === 0
			? { id }
			: await writeContact(account, { method: 'PATCH', path: path`/contacts/${id}`, body, idempotent: true });
		return avatarField === undefined ? contact : await uploadAvatar(account, id, item, avatarField);
	},
});
