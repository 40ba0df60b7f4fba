import { path } from '../../../shared/http';
import { contactLocator, noteLocator } from '../../locators';
import { noteOutput, withContact } from '../../note';
import { accountOperation, readId } from '../../operation';

/** `getContactNote`: `GET /contacts/{id}/notes/{note}`. */
export const get = accountOperation<{ contactId: string; id: string }>({
	option: {
		name: 'Get',
		value: 'get',
		action: 'Get contact note',
		description: 'Get one note of a contact',
	},
	properties: [contactLocator, noteLocator],
	output: noteOutput,
	read: (item) => ({ contactId: readId(item, 'contactId'), id: readId(item, 'noteId') }),
	run: async ({ contactId, id }, account) => withContact(await account.get(path`/contacts/${contactId}/notes/${id}`), contactId),
});
