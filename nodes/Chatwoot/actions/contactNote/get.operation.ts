import { path } from '../../../shared/http/httpClient';
import { contactLocator, noteLocator } from '../../descriptions/locators';
import { accountOperation } from '../../helpers/accountOperation';
import { readId } from '../../helpers/read';
import { noteOutput, withContact } from './contactNote';

/** `getContactNote`: `GET /contacts/{id}/notes/{note}`. */
export const get = accountOperation<{ contactId: string }>({
	option: {
		name: 'Get',
		value: 'get',
		action: 'Get contact note',
		description: 'Get one note of a contact',
	},
	record: noteLocator,
	properties: [contactLocator, noteLocator],
	output: noteOutput,
	read: (item) => ({ contactId: readId(item, 'contactId') }),
	run: async ({ contactId, id }, account) => withContact(await account.get(path`/contacts/${contactId}/notes/${id}`), contactId),
});
