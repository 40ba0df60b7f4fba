import { madeOnce } from '../../../shared/http/lostAnswer';
import { path } from '../../../shared/http/httpClient';
import { contactLocator } from '../../descriptions/locators';
import { accountOperation } from '../../helpers/accountOperation';
import { readId } from '../../helpers/read';
import { noteOutput, withContact } from './contactNote';
import { noteContent } from './contactNote.fields';
import { rowsIn } from '../../transport/answers';

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
	async run({ contactId, content }, account) {
		const notes = path`/contacts/${contactId}/notes`;
		return withContact(await madeOnce(account.http, async () => await account.post(notes, { content }), {
			what: 'note',
			key: `note ${account.id} ${contactId} ${content}`,
			find: async () => rowsIn(await account.get(notes)),
			isIt: (note) => note.content === content,
			madeAt: (note) => Number(note.created_at) * 1000,
		}), contactId);
	},
});
