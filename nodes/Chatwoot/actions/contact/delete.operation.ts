import { path } from '../../../shared/http/httpClient';
import { contactLocator } from '../../descriptions/locators';
import { accountOperation } from '../../helpers/accountOperation';
import { readId } from '../../helpers/read';

/** `deleteContact`: `DELETE /contacts/{id}`. */
export const deleteContact = accountOperation<string>({
	option: {
		name: 'Delete',
		value: 'delete',
		action: 'Delete contact',
		description: 'Delete a contact with its conversations, messages and notes; administrators only, and not while the contact is online',
	},
	properties: [contactLocator],
	read: (item) => readId(item, 'contactId'),
	orderingKey: (id) => id,
	async run(id, account) {
		await account.delete(path`/contacts/${id}`);
		return { deleted: true };
	},
});
