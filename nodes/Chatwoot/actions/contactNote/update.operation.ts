import { path } from '../../../shared/http/httpClient';
import { contactLocator, noteLocator } from '../../descriptions/locators';
import { accountOperation } from '../../helpers/accountOperation';
import { readId } from '../../helpers/read';
import { noteOutput, withContact } from './contactNote';
import { noteContent } from './contactNote.fields';
import { lengthOf } from '../../../shared/values/plain';

/** `updateContactNote`: `PATCH /contacts/{id}/notes/{note}`; the token's owner becomes the author. */
export const update = accountOperation<{ contactId: string; content: string }>({
	option: {
		name: 'Update',
		value: 'update',
		action: 'Update contact note',
		description: "Change the text of a note; the token's owner becomes its author",
	},
	record: noteLocator,
	properties: [contactLocator, noteLocator, noteContent],
	output: noteOutput,
	read(item) {
		const content = item.required('content');
		// The server answers a text that is too long as if it had been stored.
		if (lengthOf(content) > 20_000) throw item.refuse('content', 'has more than 20000 characters', 'Shorten the note.');
		return { contactId: readId(item, 'contactId'), content };
	},
	run: async ({ contactId, id, content }, account) => withContact(await account.patch(path`/contacts/${contactId}/notes/${id}`, { content }), contactId),
});
