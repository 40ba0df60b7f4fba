import { path } from '../../../shared/http/httpClient';
import { operation } from '../../../shared/operation/operation';
import type { CallbellClient } from '../../transport/client';
import { readContact } from './contact';
import { contactLocator } from '../../descriptions/locators';

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
	orderingKey: async (id, callbell) => await callbell.contactKey(id),
	async run(id, callbell) {
		await callbell.delete(path`/contacts/${await callbell.contactId(id)}`);
		return { deleted: true };
	},
});
