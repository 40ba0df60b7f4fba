import { path } from '../../../shared/http/httpClient';
import { contactLocator } from '../../descriptions/locators';
import { accountOperation } from '../../helpers/accountOperation';

/** `deleteContact`: `DELETE /contacts/{id}`. */
export const deleteContact = accountOperation({
	option: {
		name: 'Delete',
		value: 'delete',
		action: 'Delete contact',
		description: 'Delete a contact with its conversations, messages and notes; administrators only, and not while the contact is online',
	},
	record: contactLocator,
	async run({ id }, account) {
		await account.delete(path`/contacts/${id}`);
		return { deleted: true };
	},
});
