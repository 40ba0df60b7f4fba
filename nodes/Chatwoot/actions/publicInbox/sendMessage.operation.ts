import { path } from '../../../shared/http/httpClient';
import { accountOperation } from '../../helpers/accountOperation';
import { readId } from '../../helpers/read';
import { binaryFile } from '../../helpers/uploads';
import { simplifyPublicMessage } from './publicInbox';
import type { PublicContact } from './publicInbox.calls';
import { contactPath, conversationField, inboxField, publicCall, readContact, sourceField } from './publicInbox.calls';

/** `createPublicMessage`: `POST …/conversations/{id}/messages`; with files as multipart. */
export const sendMessage = accountOperation<PublicContact & { id: string; content?: string; files: string[] }>({
	option: {
		name: 'Send Message',
		value: 'sendMessage',
		action: 'Send message to public inbox',
		description: 'Write in a conversation as the contact, with files if you like',
	},
	properties: [
		inboxField,
		sourceField,
		conversationField,
		{
			displayName: 'Message',
			name: 'content',
			type: 'string',
			typeOptions: { rows: 4 },
			default: '',
			placeholder: 'e.g. Where is my order?',
			description: 'What the contact writes',
		},
		{
			displayName: 'Attachments Input Data Field Names',
			name: 'attachments',
			type: 'string',
			default: '',
			placeholder: 'e.g. data, photo',
			description: 'The names of the input fields with the files to send along, with commas between them; up to 15',
		},
	],
	read(item) {
		const content = item.text('content');
		const files = item.list('attachments') ?? [];
		if (content === undefined && files.length === 0) throw item.refuse('content', 'is empty, and there are no attachments', 'Write a text, or name the fields of the files to send.');
		if (files.length > 15) throw item.refuse('attachments', 'has more than 15 entries', 'Send another message for the rest.');
		return { ...readContact(item), id: readId(item, 'conversationId'), content, files };
	},
	orderingKey: ({ id }) => id,
	async run({ id, content, files, ...contact }, account, { item }) {
		const to = `${contactPath(contact)}${path`/conversations/${id}/messages`}`;
		if (files.length === 0) return simplifyPublicMessage(await publicCall(account, { method: 'POST', path: to, body: { content } }));
		const form = new FormData();
		if (content !== undefined) form.append('content', content);
		for (const file of files) {
			const { blob, fileName } = await binaryFile(item, file);
			form.append('attachments[]', blob, fileName);
		}
		return simplifyPublicMessage(await publicCall(account, { method: 'POST', path: to, form }));
	},
});
