import { path } from '../../../shared/http/httpClient';
import { contactLocator, noteLocator } from '../../descriptions/locators';
import { accountOperation } from '../../helpers/accountOperation';
import { readId } from '../../helpers/read';

/** `deleteContactNote`: `DELETE /contacts/{id}/notes/{note}`. */
export const deleteNote = accountOperation<{ contactId: string }>({
	option: {
		name: 'Delete',
		value: 'delete',
		action: 'Delete contact note',
		description: 'Delete a note of a contact',
	},
	record: noteLocator,
	properties: [contactLocator, noteLocator],
	read: (item) => ({ contactId: readId(item, 'contactId') }),
	async run({ contactId, id }, account) {
		await account.delete(path`/contacts/${contactId}/notes/${id}`);
		return { deleted: true };
	},
});
