import { path } from '../../../shared/http/httpClient';
import { operation } from '../../../shared/operation/operation';
import type { CallbellClient } from '../../transport/client';
import { readContact } from '../contact/contact';
import { contactLocator } from '../../descriptions/locators';

/** `POST /contacts/{uuid}/conversation/note`; the note itself is not given back. */
export const addNote = operation<CallbellClient, { id: string; text: string }>({
	option: {
		name: 'Add Note',
		value: 'addNote',
		action: 'Add note to conversation',
		description: 'Write a note for the team into the conversation; the contact does not see it',
	},
	properties: [
		contactLocator,
		{
			displayName: 'Text',
			name: 'text',
			type: 'string',
			typeOptions: { rows: 3 },
			default: '',
			required: true,
			placeholder: 'e.g. @tomas please call back before noon',
			description: 'The text of the note; @name mentions a colleague',
		},
	],
	read: (item) => ({ id: readContact(item), text: item.required('text') }),
	orderingKey: async ({ id }, callbell) => await callbell.contactKey(id),
	async run({ id, text }, callbell) {
		const contactId = await callbell.contactId(id);
		const { success } = await callbell.post(path`/contacts/${contactId}/conversation/note`, { text });
		return { success: success !== false, contactId, text };
	},
});
