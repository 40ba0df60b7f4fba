import { path } from '../../../shared/http';
import { operation } from '../../../shared/operation';
import type { CallbellClient } from '../../client';
import { readContact } from '../../contact';
import { contactLocator } from '../../locators';

/** `DELETE /contacts/{uuid}`. */
export const deleteContact = operation<CallbellClient, string>({
	option: {
		name: 'Delete',
		value: 'delete',
		action: 'Delete contact',
		description: 'Delete a contact and its conversation; this cannot be undone',
	},
	properties: [contactLocator],
	read: readContact,
	orderingKey: (id) => id,
	async run(id, callbell) {
		await callbell.delete(path`/contacts/${await callbell.contactId(id)}`);
		return { deleted: true };
	},
});
