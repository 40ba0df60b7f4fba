import type { IDataObject } from 'n8n-workflow';
import { NodeApiError } from 'n8n-workflow';

import { path } from '../../../shared/http/httpClient';
import { deliveryField, readDelivery } from '../../../shared/message/delivery';
import { pause } from '../../../shared/http/pause';
import { readSendOnce } from '../../../shared/message/sendOnce';
import { orderWait, readTextParts, textPartFields, textParts } from '../../../shared/message/textParts';
import type { TextFormat } from '../../../shared/message/textFormat';
import { htmlToText, readTextFormat, textFormatFields } from '../../../shared/message/textFormat';
import { unfitFile } from '../../../shared/whatsapp/files';
import type { Fields, Item } from '../../../shared/operation/item';
import { filledIn, withoutUndefined } from '../../../shared/values/read';
import { agentBotLocator, conversationLocator, locatorAs, messageLocator } from '../../descriptions/locators';
import { sendOnceField } from '../../descriptions/sendOnce';
import { accountOperation } from '../../helpers/accountOperation';
import { optionalId, readId } from '../../helpers/read';
import type { Channel } from '../../helpers/outgoing';
import { channelOf, outgoingText, refuseClosedWindow, refuseLong, tellsNothing, unknownChannel, withDelivery } from '../../helpers/outgoing';
import { uploadBinary, uploadFromUrl, binaryFile } from '../../helpers/uploads';
import { withMark } from '../../helpers/workflowMark';
import type { AccountClient } from '../../transport/client';
import { channelNames } from '../inbox/inbox';
import { messageOutput } from './message';
import { createMessage, sendUnderKey, withOnceMark } from './message.calls';
import { isWebAddress } from '../../../shared/values/webAddress';

interface Input {
	id: string;
	body: IDataObject;
	/** Names of binary fields. */
	files: string[];
	/** IDs of files that are stored already. */
	uploads: string[];
	/** Addresses of images and videos for the server to fetch. */
	fileUrls: string[];
	format: TextFormat;
	/** Key of Send Only Once. */
	once?: string;
	/** Seconds to wait for the channel. */
	seconds?: number;
	/** The messages that a long text becomes. */
	parts?: { texts: string[]; pause: number };
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
			description: 'The text',
		},
		...textFormatFields,
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
					description: "The message's ID in the system it comes from; API inboxes only, elsewhere Chatwoot would not deliver the message",
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
				sendOnceField,
				...textPartFields,
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
				deliveryField,
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
		const html = extra.text('emailHtml');
		if (content === undefined && count === 0 && html === undefined) {
			throw item.refuse('content', 'is empty, and there are no attachments', 'Write a text, or name the fields of the files to send.');
		}
		const split = readTextParts(extra);
		for (const other of split ? ['emailHtml', 'externalReference'] : []) if (extra.text(other) !== undefined) throw item.refuseLabel('Split Text', `cannot be used with '${extra.label(other)}'`, 'Take one of them away.');
		if (content !== undefined && content.length > 150_000) throw item.refuse('content', 'has more than 150000 characters', 'Split it into several messages.');
		if (files.length > 15) throw item.refuse('attachments', 'has more than 15 entries', 'Chatwoot takes 15 files in one message; send another one for the rest.');
		if (count > 15) throw item.refuse('additionalFields', `names more files than the message can take: ${count} in all`, 'Chatwoot takes 15 files in one message; send another one for the rest.');
		const isPrivate = item.boolean('private') ?? false;
		const format = readTextFormat(item, 'content', content, isPrivate);
		const bot = optionalId(extra, 'agentBotId');
		return {
			id: readId(item, 'conversationId'),
			files,
			uploads,
			fileUrls,
			format,
			once: readSendOnce(extra),
			parts: split && content !== undefined ? { texts: textParts(item, 'content', content, split), pause: split.pause } : undefined,
			seconds: readDelivery(extra),
			body: withoutUndefined({
				// A mail of HTML alone would be blank; its text stands beside it.
				content: content ?? (html === undefined ? undefined : htmlToText(html)),
				message_type: extra.choice('messageType', ['incoming', 'outgoing'] as const) ?? 'outgoing',
				private: isPrivate,
				content_attributes: filledIn({ in_reply_to: optionalId(extra, 'replyTo') }),
				source_id: extra.text('externalReference'),
				echo_id: extra.text('echo'),
				external_created_at: extra.date('externalCreatedAt'),
				cc_emails: readAddresses(extra, 'cc'),
				bcc_emails: readAddresses(extra, 'bcc'),
				to_emails: readAddresses(extra, 'to'),
				email_html_content: html,
				sender_type: bot === undefined ? undefined : 'AgentBot',
				sender_id: bot,
				is_voice_message: extra.boolean('voiceNote') || undefined,
			}),
		};
	},
	// In the order of the items within each conversation.
	orderingKey: ({ id }) => id,
	async run({ body, format, once, seconds, parts: textSplit, ...input }, account, { item }) {
		const channel = await channelOf(account, input.id);
		const typed = body.content === undefined ? undefined : String(body.content);
		const isOut = body.private !== true && body.message_type === 'outgoing';
		if (isOut) {
			refuseClosedWindow(account, channel, input.id);
			if (body.source_id !== undefined && channel.type !== 'Channel::Api') {
				throw account.http.error("'External Reference' is for API inboxes only", `The conversation's inbox ${channel.type === unknownChannel ? 'is not shown to agent bots' : `is of another kind (${channelNames[channel.type] ?? channel.type})`}; Chatwoot would take the message for delivered, and never deliver it.`);
			}
		}
		// Older servers do not read the mark and send an audio file.
		if (body.is_voice_message === true) await account.client.requireVersion('4.14.2', 'Voice Note');
		const texts = textSplit?.texts ?? [];
		const parts = await messageParts(account, item, input, channel, { body, isOut, texts });
		let failed: Error | undefined;
		const answer = await sendUnderKey(account, input.id, { key: once, parts: parts.length, channel }, async (deadline, there) => {
			const rows: IDataObject[] = [];
			const stop = async (error: unknown): Promise<never> => {
				if (rows.length === 0 || !(error instanceof Error)) return await Promise.reject(error as Error);
				throw partlySent(account, error, rows.map(({ id }) => String(id)), parts.length, once !== undefined);
			};
			for (const [index, part] of parts.entries()) {
				const text = part.content;
				if (index > 0 && texts.length > 1) {
					await showTyping(account, input.id, channel, isOut);
					await pause(textSplit?.pause ?? 0, account.http.signal);
					if (account.http.signal?.aborted) break;
				}
				if (isOut) refuseLong(account, channel, text, part.files.length ? 'caption' : 'text');
				const content = text === undefined || body.message_type === 'incoming' ? text : outgoingText(text, format, isOut ? channel.type : '');
				const message = withOnceMark({ ...withoutUndefined({ ...body, content }), ...(part.files.length && part.files.every(({ kind }) => kind !== 'audio') ? { is_voice_message: undefined } : {}) }, once, index);
				const sent = there?.(index) ?? (await post(account, item, input.id, withoutUndefined(message), part.files, rows.length === 0 ? deadline : undefined).catch(stop));
				const row = isOut ? await withDelivery(account, input.id, sent, { channel, seconds: seconds ?? (texts.length > 1 && index < parts.length - 1 && !tellsNothing.has(channel.type) ? orderWait : undefined), typed: text }).catch((error: unknown) => (failed = error as Error)) : { ...sent, ...(text === undefined ? {} : { content: text }) };
				if (row instanceof Error) {
					if (parts.length === 1) break;
					if (row instanceof NodeApiError) row.context.isPartlySent = true;
					return await stop(row);
				}
				rows.push(row);
			}
			return rows;
		});
		if ('before' in answer) return answer.before;
		if (failed) throw failed;
		const rows = answer.sent;
		return rows.length === 1 && texts.length < 2 ? { ...rows[0], ...(typed === undefined ? {} : { content: typed }) } : rows;
	},
});

/** Those who look at a website's chat, or an app of one's own, see that more is coming; elsewhere nobody would. */
async function showTyping(account: AccountClient, id: string, { type }: Channel, isOut: boolean): Promise<void> {
	if (!isOut || (type !== 'Channel::WebWidget' && type !== 'Channel::Api')) return;
	// A sign alone: what is to be said goes out also without it.
	await account.tell({ method: 'POST', path: path`/conversations/${id}/toggle_typing_status`, body: { typing_status: 'on', is_private: false }, idempotent: true }).catch(() => undefined);
}

/** What to say when the first of several messages are out, and the next is not. */
function partlySent(account: AccountClient, { message }: Error, sent: string[], parts: number, isOnce: boolean): Error {
	const error = account.http.error(`Only ${sent.length} of ${parts} messages were sent: ${message}`, `Sent are the messages ${sent.join(', ')}; ${isOnce ? "the next try with the same key under 'Send Only Once' sends only the rest, in ten minutes at the earliest" : "send only the rest again, or use 'Send Only Once', which knows what is out"}.`);
	error.context.isPartlySent = true;
	return error;
}

/** Sends one message with its files; it may not leave after the deadline. */
async function post(account: AccountClient, item: Item, id: string, body: IDataObject, files: OutgoingFile[], leaveBy?: number): Promise<IDataObject> {
	const to = path`/conversations/${id}/messages`;
	const marked = withMark(body, item.context);
	const once = async (sent: IDataObject, send: () => Promise<IDataObject>) => await createMessage(account, id, sent, send, files.length);
	if (files.length === 0) return await once(marked, async () => await account.send({ method: 'POST', path: to, body: marked, leaveBy }));
	if (files.some(({ stored }) => stored !== undefined)) {
		const attachments: string[] = [];
		for (const { stored, field } of files) attachments.push(stored === undefined ? (await uploadBinary(account, item, field!)).blob_id : await stored());
		return await once(marked, async () => await account.send({ method: 'POST', path: to, body: { ...marked, attachments }, leaveBy }));
	}
	// Chatwoot 3 stumbles over attributes that come with files.
	const { private: isPrivate, ...fields } = (await account.client.serverIsSurelyAtLeast('4.0')) ? marked : body;
	const form = new FormData();
	// The text "false" counts as true in places: a mail lost its HTML over it.
	for (const [key, value] of Object.entries(isPrivate === true ? { ...fields, private: true } : fields)) form.append(key, typeof value === 'object' ? JSON.stringify(value) : String(value));
	for (const { file } of files) form.append('attachments[]', file!.blob, file!.fileName);
	return await once(isPrivate === true ? { ...fields, private: true } : fields, async () => await account.send({ method: 'POST', path: to, form, leaveBy }));
}

interface OutgoingFile {
	/** Of binary data: its field and content. */
	field?: string;
	file?: Awaited<ReturnType<typeof binaryFile>>;
	/** Gives the upload ID of a file that is not among the binary data. */
	stored?: () => Promise<string>;
	/** image, audio, video, application …; undefined where it is not known. */
	kind?: string;
}

/** Channels that send the first file of a message only. */
const oneFile = new Set(['Channel::Whatsapp', 'Channel::Instagram', 'Channel::Tiktok']);

/** The messages that one item makes: on some channels one for each file, the text with the first that may carry one. */
async function messageParts(account: AccountClient, item: Item, { files, uploads, fileUrls }: Pick<Input, 'files' | 'uploads' | 'fileUrls'>, channel: Channel, { body, isOut, texts }: { body: IDataObject; isOut: boolean; texts: string[] }): Promise<Array<{ content?: string; files: OutgoingFile[] }>> {
	const all: OutgoingFile[] = [
		...(await Promise.all(files.map(async (field) => {
			const file = await binaryFile(item, field);
			return { field, file, kind: file.blob.type.split('/')[0]! };
		}))),
		...uploads.map((id) => ({ stored: async () => await Promise.resolve(id) })),
		...fileUrls.map((url) => ({ stored: async () => (await uploadFromUrl(account, url)).blob_id })),
	];
	if (body.is_voice_message === true && files.length > 0 && all.every(({ kind }) => kind !== undefined && kind !== 'audio')) throw item.refuseLabel('Voice Note', 'is on, but no file is audio', 'Name the field of an audio file, or turn it off.');
	const content = body.content === undefined ? undefined : String(body.content);
	if (isOut && channel.type === 'Channel::Whatsapp') for (const { file } of all) if (file) refuseUnfit(item, file);
	if (texts.length > 1) {
		const withFiles = !isOut || !oneFile.has(channel.type) ? [all] : all.map((file) => [file]);
		return [...texts.map((text) => ({ content: text, files: [] })), ...withFiles.filter((group) => group.length > 0).map((group) => ({ files: group }))];
	}
	if (!isOut || !oneFile.has(channel.type) || (all.length < 2 && !(content !== undefined && all[0]?.kind === 'audio'))) return [{ content, files: all }];
	const carrier = content === undefined ? -1 : all.findIndex(({ kind }) => kind !== 'audio');
	const messages = all.map((file, index): { content?: string; files: OutgoingFile[] } => ({ ...(index === carrier ? { content } : {}), files: [file] }));
	return content !== undefined && carrier < 0 ? [{ content, files: [] }, ...messages] : messages;
}

function refuseUnfit(item: Item, { blob, fileName }: Awaited<ReturnType<typeof binaryFile>>): void {
	const unfit = unfitFile({ type: blob.type, name: fileName, size: blob.size });
	// One of several files.
	if (unfit) throw item.refuse('attachments', unfit.what.replace(/^is (a file that|too large)/, (_, what: string) => (what === 'too large' ? 'has a file that is too large' : 'has a file that')), unfit.advice);
}

function readUrls(fields: Fields, name: string): string[] {
	const urls = fields.list(name) ?? [];
	const wrong = urls.find((url) => !isWebAddress(url));
	if (wrong !== undefined) throw fields.refuse(name, `has an entry that is not a web address: ${wrong.slice(0, 60)}`, 'Give addresses that start with https://, with commas between them.');
	return urls;
}

function readAddresses(fields: Fields, name: string): string | undefined {
	const addresses = fields.list(name) ?? [];
	const wrong = addresses.find((address) => !/^[^\s@<>(),;:"]+@[^\s@<>(),;:"]+\.[^\s@<>(),;:".]{2,}$/u.test(address));
	if (wrong !== undefined) throw fields.refuse(name, `has an entry that is not an e-mail address: ${wrong.slice(0, 60)}`, 'Give addresses such as ana@example.com, with commas between them.');
	return addresses.length ? addresses.join(',') : undefined;
}
