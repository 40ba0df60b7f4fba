import type { IDataObject } from 'n8n-workflow';

import { path } from '../../../shared/http/httpClient';
import type { Fields, Item } from '../../../shared/operation/item';
import { filledIn, withoutUndefined } from '../../../shared/values/read';
import { agentBotLocator, conversationLocator, locatorAs, messageLocator } from '../../descriptions/locators';
import { accountOperation } from '../../helpers/accountOperation';
import { optionalId, readId } from '../../helpers/read';
import { uploadBinary, uploadFromUrl, binaryFile } from '../../helpers/uploads';
import { withMark } from '../../helpers/workflowMark';
import type { AccountClient } from '../../transport/client';
import { messageOutput } from './message';

interface Input {
	id: string;
	body: IDataObject;
	/** Names of binary fields. */
	files: string[];
	/** IDs of files that are stored already. */
	uploads: string[];
	/** Addresses of images and videos for the server to fetch. */
	fileUrls: string[];
}

/** Without the URL mode: n8n takes IDs out of addresses for the node's own fields only. */
const replyTo = {
	...locatorAs(messageLocator, { displayName: 'Reply To', name: 'replyTo', description: 'The message that this one answers', optional: true }),
	modes: messageLocator.modes?.filter(({ name }) => name !== 'url'),
};

/** `createMessage`: `POST /conversations/{id}/messages`; with files as multipart. */
export const send = accountOperation<Input>({
	option: {
		name: 'Send',
		value: 'send',
		action: 'Send message',
		description: 'Answer in a conversation, with files if you like, or write a private note',
	},
	properties: [
		conversationLocator,
		{
			displayName: 'Message',
			name: 'content',
			type: 'string',
			typeOptions: { rows: 4 },
			default: '',
			placeholder: 'e.g. Hello Ana, your order is on its way.',
			description: 'The text; it may have Markdown',
		},
		{
			displayName: 'Private Note',
			name: 'private',
			type: 'boolean',
			default: false,
			description: 'Whether only the team sees the message, and the contact does not get it',
		},
		{
			displayName: 'Attachments Input Data Field Names',
			name: 'attachments',
			type: 'string',
			default: '',
			placeholder: 'e.g. data, invoice',
			description: 'The names of the input fields with the files to send along, with commas between them; up to 15',
		},
		{
			displayName: 'Additional Fields',
			name: 'additionalFields',
			type: 'collection',
			placeholder: 'Add Field',
			default: {},
			description: 'More about the message',
			options: [
				{
					displayName: 'Attachment URLs',
					name: 'attachmentUrls',
					type: 'string',
					default: '',
					placeholder: 'e.g. https://example.com/cake.jpg',
					description: 'Public addresses of images or videos to send along, with commas between them; Chatwoot fetches them',
				},
				{
					displayName: 'BCC',
					name: 'bcc',
					type: 'string',
					default: '',
					placeholder: 'e.g. archive@example.com',
					description: 'Who gets a blind copy, with commas between the addresses (e-mail inboxes)',
				},
				{
					displayName: 'CC',
					name: 'cc',
					type: 'string',
					default: '',
					placeholder: 'e.g. boss@example.com, team@example.com',
					description: 'Who gets a copy, with commas between the addresses (e-mail inboxes)',
				},
				{
					displayName: 'Created At',
					name: 'externalCreatedAt',
					type: 'dateTime',
					default: '',
					description: 'When the message was written in the system it comes from',
				},
				{
					displayName: 'Direction',
					name: 'messageType',
					type: 'options',
					options: [
						{ name: 'Incoming', value: 'incoming', description: 'From the contact; API inboxes only' },
						{ name: 'Outgoing', value: 'outgoing', description: 'To the contact' },
					],
					default: 'outgoing',
					description: 'Whether the message goes to the contact or comes from it',
				},
				{
					displayName: 'Echo',
					name: 'echo',
					type: 'string',
					default: '',
					placeholder: 'e.g. 7f3c',
					description: 'A mark of your own that comes back in the answer',
				},
				{
					displayName: 'External Reference',
					name: 'externalReference',
					type: 'string',
					default: '',
					placeholder: 'e.g. ext-991',
					description: "The message's ID in the system it comes from",
				},
				{
					displayName: 'HTML Content',
					name: 'emailHtml',
					type: 'string',
					typeOptions: { rows: 4 },
					default: '',
					placeholder: 'e.g. <p>Hello Ana</p>',
					description: 'The mail as HTML in place of the text (e-mail inboxes)',
				},
				replyTo,
				locatorAs(agentBotLocator, { displayName: 'Send as Agent Bot', description: 'The agent bot in whose name to write', optional: true }),
				{
					displayName: 'To',
					name: 'to',
					type: 'string',
					default: '',
					placeholder: 'e.g. ana@example.com',
					description: "Who gets the mail in place of the contact's address, with commas between several (e-mail inboxes)",
				},
				{
					displayName: 'Uploaded Files',
					name: 'uploads',
					type: 'string',
					default: '',
					placeholder: "e.g. {{ $json.uploadId }}",
					description: "Upload IDs of files to send along, with commas between them, as 'Upload File' has given them",
				},
				{
					displayName: 'Voice Note',
					name: 'voiceNote',
					type: 'boolean',
					default: false,
					description: 'Whether an audio file is sent as a voice note (Chatwoot 4.14.2 and newer)',
				},
			],
		},
	],
	output: messageOutput,
	read(item) {
		const extra = item.collection('additionalFields');
		const files = item.list('attachments') ?? [];
		const uploads = extra.list('uploads') ?? [];
		const fileUrls = readUrls(extra, 'attachmentUrls');
		const count = files.length + uploads.length + fileUrls.length;
		const content = item.text('content');
		if (content === undefined && count === 0 && extra.text('emailHtml') === undefined) {
			throw item.refuse('content', 'is empty, and there are no attachments', 'Write a text, or name the fields of the files to send.');
		}
		if (content !== undefined && content.length > 150_000) throw item.refuse('content', 'has more than 150000 characters', 'Split it into several messages.');
		if (files.length > 15) throw item.refuse('attachments', 'has more than 15 entries', 'Chatwoot takes 15 files in one message; send another one for the rest.');
		if (count > 15) throw item.refuse('additionalFields', `names more files than the message can take: ${count} in all`, 'Chatwoot takes 15 files in one message; send another one for the rest.');
		const bot = optionalId(extra, 'agentBotId');
		const isPrivate = item.boolean('private') ?? false;
		return {
			id: readId(item, 'conversationId'),
			files,
			uploads,
			fileUrls,
			body: withoutUndefined({
				content,
				message_type: extra.choice('messageType', ['incoming', 'outgoing'] as const) ?? 'outgoing',
				private: isPrivate,
				content_attributes: filledIn({ in_reply_to: optionalId(extra, 'replyTo') }),
				source_id: extra.text('externalReference'),
				echo_id: extra.text('echo'),
				external_created_at: extra.date('externalCreatedAt'),
				cc_emails: readAddresses(extra, 'cc'),
				bcc_emails: readAddresses(extra, 'bcc'),
				to_emails: readAddresses(extra, 'to'),
				email_html_content: extra.text('emailHtml'),
				sender_type: bot === undefined ? undefined : 'AgentBot',
				sender_id: bot,
				is_voice_message: extra.boolean('voiceNote') || undefined,
			}),
		};
	},
	// In the order of the items within each conversation.
	orderingKey: ({ id }) => id,
	async run({ id, body, files, uploads, fileUrls }, account, { item }) {
		const to = path`/conversations/${id}/messages`;
		// Older servers do not read the mark and send an audio file.
		if (body.is_voice_message === true) await account.client.requireVersion('4.14.2', 'Voice Note');
		const marked = withMark(body, item.context);
		if (uploads.length + fileUrls.length > 0) return await account.post(to, { ...marked, attachments: await stored(account, item, { files, uploads, fileUrls }) });
		if (files.length === 0) return await account.post(to, marked);
		const parts = await Promise.all(files.map(async (file) => await binaryFile(item, file)));
		// Chatwoot 3 stumbles over attributes that come with files.
		const fields = (await account.client.serverIsSurelyAtLeast('4.0')) ? marked : body;
		const form = new FormData();
		for (const [key, value] of Object.entries(fields)) form.append(key, typeof value === 'object' ? JSON.stringify(value) : String(value));
		for (const { blob, fileName } of parts) form.append('attachments[]', blob, fileName);
		return await account.send({ method: 'POST', path: to, form });
	},
});

/** The upload IDs of all files of a message; those that are not stored yet are stored first. */
async function stored(account: AccountClient, item: Item, { files, uploads, fileUrls }: Pick<Input, 'files' | 'uploads' | 'fileUrls'>): Promise<string[]> {
	const ids: string[] = [];
	for (const file of files) ids.push((await uploadBinary(account, item, file)).blob_id);
	ids.push(...uploads);
	for (const url of fileUrls) ids.push((await uploadFromUrl(account, url)).blob_id);
	return ids;
}

function readUrls(fields: Fields, name: string): string[] {
	const urls = fields.list(name) ?? [];
	const wrong = urls.find((url) => !/^https?:\/\/[^\s/]+\S*$/i.test(url) || !URL.canParse(url));
	if (wrong !== undefined) throw fields.refuse(name, `has an entry that is not a web address: ${wrong.slice(0, 60)}`, 'Give addresses that start with https://, with commas between them.');
	return urls;
}

function readAddresses(fields: Fields, name: string): string | undefined {
	const addresses = fields.list(name) ?? [];
	const wrong = addresses.find((address) => !/^[^\s@<>(),;:"]+@[^\s@<>(),;:"]+\.[^\s@<>(),;:".]{2,}$/u.test(address));
	if (wrong !== undefined) throw fields.refuse(name, `has an entry that is not an e-mail address: ${wrong.slice(0, 60)}`, 'Give addresses such as ana@example.com, with commas between them.');
	return addresses.length ? addresses.join(',') : undefined;
}
