import { path } from '../../../shared/http/httpClient';
import { readLimit, returnAllOrLimit } from '../../../shared/operation/listing';
import { contactLocator } from '../../descriptions/locators';
import { accountOperation } from '../../helpers/accountOperation';
import { readId } from '../../helpers/read';
import { rowsIn } from '../../transport/answers';
import { noteOutput, withContact } from './contactNote';

/** `listContactNotes`: `GET /contacts/{id}/notes`; newest first, without pages. */
export const getAll = accountOperation<{ contactId: string; limit?: number }>({
	option: {
		name: 'Get Many',
		value: 'getAll',
		action: 'Get many contact notes',
		description: 'Get many notes of a contact, newest first',
	},
	properties: [contactLocator, ...returnAllOrLimit],
	output: noteOutput,
	read: (item) => ({ contactId: readId(item, 'contactId'), limit: readLimit(item) }),
	run: async ({ contactId, limit }, account) =>
		rowsIn(await account.get(path`/contacts/${contactId}/notes`)).slice(0, limit).map((note) => withContact(note, contactId)),
});
