import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { path } from '../../../shared/http/httpClient';
import { phoneKey } from '../../../shared/phone/compare';
import { defaultCountry, readCountry } from '../../../shared/operation/country';
import type { Fields, Item } from '../../../shared/operation/item';
import { channelLocator, contactLocator } from '../../descriptions/locators';
import { claimField } from '../../helpers/claim';
import type { CallbellClient } from '../../transport/client';
import { contactIn } from '../../transport/client';
import { channelTypeName } from '../channel/channel';
import { readContact } from '../contact/contact';
import type { OnceKey } from './message.calls';
import { assignedUserField, botCommands, botField, teamField } from '../contact/contact.fields';
import { approvalFields, noticeFailure, questionField, readQuestion } from '../../../shared/message/approval';
import { deliveryField, readDelivery } from '../../../shared/message/delivery';
import { readSendOnce, sendOnceField } from '../../../shared/message/sendOnce';
import { fileProperties, readFile, refuseUnfitContent, refuseUnfitFile } from '../../../shared/message/sendFiles';
import { textFormatFields } from '../../../shared/message/textFormat';
import { readTextParts, textPartFields, textParts } from '../../../shared/message/textParts';
import { placeholdersInText, readTypedText } from '../../../shared/message/typedText';
import type { FileKind } from '../../../shared/whatsapp/files';
import { table } from '../../../shared/values/table';
import { limits } from '../../../shared/whatsapp/limits';

/** The limits that Callbell publishes for `metadata`. */
const metadataLimits = { entries: 10, key: 50, value: 500 };

export const sendingChannel: INodeProperties = {
	...channelLocator,
	required: true,
	description: 'The connected number or account that sends',
};

const only = (sendTo: string) => ({ show: { sendTo: [sendTo] } });

/** Who gets the message. */
export const recipientFields: INodeProperties[] = [
	{
		displayName: 'Send To',
		name: 'sendTo',
		type: 'options',
		options: [
			{ name: 'Business-Scoped User ID', value: 'bsuid', description: 'A WhatsApp person without visible number' },
			{ name: 'Channel User ID', value: 'id', description: 'The ID of the person on Instagram, Messenger or Telegram' },
			{ name: 'Contact', value: 'contact', description: 'A contact of Callbell with a phone number' },
			{ name: 'Phone', value: 'phone', description: 'A WhatsApp number' },
		],
		default: 'phone',
		description: 'How the recipient is given',
	},
	{
		displayName: 'Phone',
		name: 'phone',
		type: 'string',
		default: '',
		required: true,
		displayOptions: only('phone'),
		placeholder: 'e.g. +55 85 98888-7777',
		description: 'The WhatsApp number, in any common spelling',
	},
	{ ...defaultCountry, displayOptions: only('phone') },
	{
		displayName: 'Channel User ID',
		name: 'channelUserId',
		type: 'string',
		default: '',
		required: true,
		displayOptions: only('id'),
		placeholder: 'e.g. 1784140000000',
		description: 'The ID of the person on the channel',
	},
	{
		displayName: 'Business-Scoped User ID',
		name: 'bsuid',
		type: 'string',
		default: '',
		required: true,
		displayOptions: only('bsuid'),
		placeholder: 'e.g. BR.1234567890',
		description: 'The ID that WhatsApp gives the person for your business',
	},
	{ ...contactLocator, displayOptions: only('contact') },
];

export interface Recipient {
	to?: string;
	/** Whether `to` is the ID of a person on a channel other than WhatsApp. */
	isChannelUser?: boolean;
	bsuid?: string;
	contactId?: string;
}

export function readRecipient(item: Item): Recipient {
	switch (item.choice('sendTo', ['bsuid', 'contact', 'id', 'phone'] as const) ?? 'phone') {
		case 'bsuid':
			return { bsuid: item.required('bsuid') };
		case 'id':
			return { to: item.required('channelUserId'), isChannelUser: true };
		case 'contact':
			return { contactId: readContact(item) };
		case 'phone':
			item.required('phone');
			return { to: item.phone('phone', readCountry(item))!.e164 };
	}
}

/** What two messages to one person have in common, so that they go out in order. */
export const recipientKey = ({ to, bsuid, contactId }: Recipient) => (to === undefined ? (bsuid ?? contactId) : phoneKey(to));

/** The recipient as the send call wants it; a contact is looked up for its number. */
export async function addressOf(recipient: Recipient, callbell: CallbellClient, item: Item): Promise<{ to?: string; bsuid?: string }> {
	if (recipient.contactId === undefined) return { to: recipient.to, bsuid: recipient.bsuid };
	const contact = contactIn(await callbell.get(path`/contacts/${await callbell.contactId(recipient.contactId)}`));
	const digits = String(contact.phoneNumber ?? '').replace(/\D/g, '');
	if (digits) return { to: `+${digits}` };
	if (typeof contact.bsuid === 'string' && contact.bsuid !== '') return { bsuid: contact.bsuid };
	throw item.refuse('contactId', 'has no phone number', "Callbell shows no address for this contact. Choose another way under 'Send To'.");
}

/** The entries of "Additional Fields" that every message has; spread them in alphabetical order. */
export const messageExtras = {
	assignedUser: { ...assignedUserField, description: 'E-mail address of the user that the conversation is assigned to; must be a confirmed user of the account' },
	bot: botField,
	metadata: {
		displayName: 'Metadata',
		name: 'metadata',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		placeholder: 'Add Entry',
		default: {},
		description: 'Up to 10 entries of your own, such as an order number; they come back with the events of this message',
		options: [
			{
				displayName: 'Entry',
				name: 'entry',
				values: [
					{
						displayName: 'Key',
						name: 'key',
						type: 'string',
						default: '',
						placeholder: 'e.g. order_id',
						description: 'Up to 50 characters',
					},
					{
						displayName: 'Value',
						name: 'value',
						type: 'string',
						default: '',
						placeholder: 'e.g. 10442',
						description: 'Up to 500 characters; numbers are sent as text, as Callbell wants',
					},
				],
			},
		],
	} satisfies INodeProperties,
	metadataJson: {
		displayName: 'Metadata (JSON)',
		name: 'metadataJson',
		type: 'json',
		default: '{}',
		description: 'For metadata that comes from earlier nodes: an object of key and value',
	} satisfies INodeProperties,
	team: { ...teamField, description: 'The team that the conversation is assigned to' },
};

/** *Send Only Once* for messages; spread them in alphabetical order. */
export const onceExtras = {
	claimField: { ...claimField, description: 'A custom field of the type text, kept for Send Only Once; best another one than that of campaigns, since it holds the last fifteen keys of a contact' } satisfies INodeProperties,
	sendOnce: {
		...sendOnceField,
		description: 'A key of your own for this message, such as the number of an order. With a Claim Field the same key never reaches the same phone twice, over crashes, several n8n processes and lost answers, as long as the field remembers it; it takes five seconds more, and up to ten minutes after a crash. Without one, who got the same text within a day does not get it again; that needs a text, and does not hold for two processes at the same moment. The second time alreadySent is output.',
	} satisfies INodeProperties,
};

/**
 * Reads {@link onceExtras}.
 *
 * @param hasText whether the message can be told by its text
 */
export function readOnce(item: Item, recipient: Recipient, hasText: boolean): OnceKey | undefined {
	const extra = item.collection('additionalFields');
	const [key, field] = [readSendOnce(extra), extra.text('claimField')];
	if (key === undefined) {
		if (field !== undefined) throw item.refuseLabel('Send Only Once', "is empty, but 'Claim Field' is filled in", 'Give a key, or take the field away.');
		return undefined;
	}
	if (recipient.contactId === undefined && !recipient.to?.startsWith('+')) throw item.refuseLabel('Send Only Once', 'needs a phone or a contact', "Callbell finds nobody by the ID that is given. Choose another way under 'Send To', or leave it empty.");
	if (field === undefined && !hasText) throw item.refuseLabel('Send Only Once', 'cannot tell files without a text apart', "Name a 'Claim Field', or leave it empty.");
	return { key, claimField: field };
}

/** The body that all messages share: sender, assignment, metadata. */
export function readMessageBase(item: Item): IDataObject {
	const extra = item.collection('additionalFields');
	return {
		// Callbell takes nothing else, whatever the channel is: that is named by its ID alone.
		from: 'whatsapp',
		channel_uuid: item.requiredLocator('channelId'),
		assigned_user: extra.email('assignedUser'),
		team_uuid: extra.locator('teamId'),
		bot_status: extra.choice('botStatus', botCommands),
		metadata: readMetadata(item, extra),
		// Contact and conversation tell where the message went.
		fields: 'contact,conversation',
	};
}

function readMetadata(item: Item, extra: Fields): Record<string, string> | undefined {
	const metadata = table<string>({});
	for (const [key, value] of Object.entries(extra.object('metadataJson') ?? {})) {
		if (value === null || value === undefined) continue;
		metadata[key] = typeof value === 'object' ? JSON.stringify(value) : String(value);
	}
	for (const row of extra.rows('metadata', 'entry')) metadata[row.required('key')] = row.text('value') ?? '';
	const entries = Object.entries(metadata);
	if (entries.length > metadataLimits.entries) throw item.refuseLabel('Metadata', `has ${entries.length} entries`, `Callbell takes ${metadataLimits.entries} at most.`);
	for (const [key, value] of entries) {
		if (key.length > metadataLimits.key) throw item.refuseLabel('Metadata', `has a key of ${key.length} characters`, `Callbell takes ${metadataLimits.key} at most.`);
		if (value.length > metadataLimits.value) throw item.refuseLabel('Metadata', `has a value of ${value.length} characters under '${key}'`, `Callbell takes ${metadataLimits.value} at most.`);
	}
	return entries.length ? metadata : undefined;
}

export const kinds = ['audio', 'document', 'image', 'text', 'video'] as const;

export const fileKinds = ['audio', 'document', 'image', 'video'];

const addressFields: INodeProperties[] = [sendingChannel, ...recipientFields];

const contentFields: INodeProperties[] = [
	...addressFields,
	{
		displayName: 'Message Type',
		name: 'messageType',
		type: 'options',
		options: [
			{ name: 'Audio', value: 'audio', description: 'A sound file; needs the official WhatsApp Business API' },
			{ name: 'Document', value: 'document', description: 'Any file' },
			{ name: 'Image', value: 'image', description: 'A picture, with a caption if you like' },
			{ name: 'Text', value: 'text' },
			{ name: 'Video', value: 'video', description: 'A video file; needs the official WhatsApp Business API' },
		],
		default: 'text',
		description: 'What to send',
	},
	{
		displayName: 'Text',
		name: 'text',
		type: 'string',
		typeOptions: { rows: 4 },
		default: '',
		required: true,
		displayOptions: { show: { messageType: ['text'] } },
		placeholder: 'e.g. Your order is ready.',
		description: 'The text of the message',
	},
	...textFormatFields.map((field) => ({ ...field, displayOptions: { ...field.displayOptions, show: { ...field.displayOptions?.show, messageType: ['image', 'text'] } } })),
	...fileProperties('file', { messageType: fileKinds }, 'File', 'Callbell'),
	{
		displayName: 'Caption',
		name: 'caption',
		type: 'string',
		typeOptions: { rows: 2 },
		default: '',
		displayOptions: { show: { messageType: ['image'] } },
		placeholder: "e.g. Today's cake",
		description: 'Text below the picture; Callbell has captions for images only',
	},
];

const sendExtras = (once: INodeProperties[], delivery: INodeProperties[]): INodeProperties => ({
	displayName: 'Additional Fields',
	name: 'additionalFields',
	type: 'collection',
	placeholder: 'Add Field',
	default: {},
	description: 'More about the message',
	options: [
		messageExtras.assignedUser,
		messageExtras.bot,
		...once.filter(({ name }) => name === 'claimField'),
		{
			displayName: 'File Name',
			name: 'fileName',
			type: 'string',
			default: '',
			placeholder: 'e.g. menu.pdf',
			description: 'The name that the person sees for a document; Callbell does not document it (content.name)',
		},
		messageExtras.metadata,
		messageExtras.metadataJson,
		placeholdersInText,
		...once.filter(({ name }) => name !== 'claimField'),
		messageExtras.team,
		...delivery,
	],
});

/** Who gets what, for a message without template. */
export const sendFields: INodeProperties[] = [...contentFields, sendExtras([onceExtras.claimField, onceExtras.sendOnce, ...textPartFields], [deliveryField])];

/** {@link sendFields} for a message whose fate is followed anyway. */
export const askFields: INodeProperties[] = [...contentFields, sendExtras([], [])];

/** A question with links to answer it. */
export const questionFields: INodeProperties[] = [...addressFields, questionField, ...textFormatFields, ...approvalFields];

export interface SendInput {
	recipient: Recipient;
	/** What a file for WhatsApp is to be; {@link checkInputFile} looks into it. */
	fileKind?: FileKind;
	body: IDataObject;
	/** Seconds to wait for the channel. */
	seconds?: number;
	/** Text or caption. */
	text?: string;
	/** The messages that a long text becomes. */
	parts?: { texts: string[]; pause: number };
}

/** Characters of a text that a type of channel takes, where they are fewer than WhatsApp's. */
const longest = table<number>({ facebook: 2000, instagram: 1000 });

/** Refuses a text that the person's channel would not take. Of what type it is, only Callbell can tell. */
export async function refuseTooLong({ recipient, body }: SendInput, callbell: CallbellClient, item: Item, field = body.type === 'text' ? 'text' : 'caption'): Promise<void> {
	const text = (body.content as IDataObject).text;
	const length = typeof text === 'string' ? [...text].length : 0;
	if (recipient.isChannelUser !== true || length <= Math.min(...Object.values(longest))) return;
	const type = await callbell.channelType(String(body.channel_uuid));
	const most = longest[type];
	if (most !== undefined && length > most) throw item.refuse(field, `has ${length} characters; ${channelTypeName(type)} takes ${most} at most`, 'Shorten it, or split it into several messages.');
}

/** Reads {@link questionFields} but for the approval; the text is the question alone. */
export function readAsk(item: Item): SendInput & { text: string } {
	const text = readTypedText(item, 'message', limits.text, item.collection('additionalFields'), readQuestion(item))!;
	return { recipient: readRecipient(item), text, seconds: noticeFailure, body: { ...readMessageBase(item), type: 'text' } };
}

/** Reads {@link sendFields}. Callbell wants audio and video sent as documents. */
export function readSend(item: Item): SendInput {
	const recipient = readRecipient(item);
	const kind = item.choice('messageType', kinds) ?? 'text';
	const extra = item.collection('additionalFields');
	let content: IDataObject;
	let fileKind: FileKind | undefined;
	let parts: SendInput['parts'];
	if (kind === 'text') {
		item.required('text');
		const split = readTextParts(extra);
		content = { text: readTypedText(item, 'text', split ? Infinity : limits.text, extra) };
		if (split) parts = { texts: textParts(item, 'text', String(content.text), split), pause: split.pause };
	} else {
		const file = readFile(item, 'file', 'Callbell');
		if (recipient.isChannelUser !== true) {
			fileKind = kind;
			refuseUnfitFile(item, 'file', file, kind);
		}
		const name = kind === 'image' ? undefined : extra.text('fileName');
		const text = kind === 'image' ? readTypedText(item, 'caption', limits.caption, extra) : undefined;
		content = { url: file.url, ...(name ? { name } : {}), ...(text ? { text } : {}) };
	}
	const text = typeof content.text === 'string' ? content.text : undefined;
	return { recipient, text, fileKind, parts, seconds: readDelivery(extra), body: { ...readMessageBase(item), type: kind === 'audio' || kind === 'video' ? 'document' : kind, content } };
}

/** Refuses an input file that is none of the kind, as its first bytes tell where type and name do not. */
export const checkInputFile = async (item: Item, kind: FileKind | undefined) => (kind === undefined ? undefined : await refuseUnfitContent(item, 'file', kind));

export const messageIdField: INodeProperties = {
	displayName: 'Message ID',
	name: 'messageId',
	type: 'string',
	default: '',
	required: true,
	placeholder: 'e.g. 0f1e2d3c4b5a49788695a4b3c2d1e0f9',
	description: 'The ID that sending the message gave',
};
