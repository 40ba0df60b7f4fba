import { path } from '../../../shared/http/httpClient';
import { contactLocator } from '../../descriptions/locators';
import { accountOperation } from '../../helpers/accountOperation';
import { readId } from '../../helpers/read';
import { noteOutput, withContact } from './contactNote';
import { noteContent } from './contactNote.fields';

/** `createContactNote`: `POST /contacts/{id}/notes`. */
export const create = accountOperation<{ contactId: string; content: string }>({
	option: {
		name: 'Create',
		value: 'create',
		action: 'Create contact note',
		description: "Write a note about a contact, in the name of the token's owner",
	},
	properties: [contactLocator, noteContent],
	output: noteOutput,
	read: (item) => ({ contactId: readId(item, 'contactId'), content: item.required('content') }),
	orderingKey: ({ contactId }) => contactId,
	run: async ({ contactId, content }, account) => withContact(await account.post(path`/contacts/${contactId}/notes`, { content }), contactId),
});
