import type { IDataObject, INodeProperties } from 'n8n-workflow';

import type { Item } from '../../../shared/operation/item';
import { operation } from '../../../shared/operation/operation';
import type { CallbellClient } from '../../transport/client';
import { fileProperties, readFile } from '../../../shared/message/sendFiles';
import { sentOutput } from './message';
import type { Recipient } from './message.fields';
import {
	addressOf, messageExtras, readChannelType, readMessageBase, readRecipient, recipientFields, recipientKey, sendingChannel, sendingChannelType, sendMessage,
} from './message.fields';

const kinds = ['audio', 'document', 'image', 'text', 'video'] as const;
const fileKinds = ['audio', 'document', 'image', 'video'];

/** Who gets what, for a message without template. */
export const sendFields: INodeProperties[] = [
	sendingChannel,
	sendingChannelType,
	...recipientFields,
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
	{
		displayName: 'Additional Fields',
		name: 'additionalFields',
		type: 'collection',
		placeholder: 'Add Field',
		default: {},
		description: 'More about the message',
		options: [
			messageExtras.assignedUser,
			messageExtras.bot,
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
			messageExtras.team,
		],
	},
];

export interface SendInput {
	recipient: Recipient;
	body: IDataObject;
}

/** Reads {@link sendFields}. Callbell wants audio and video sent as documents. */
export function readSend(item: Item): SendInput {
	const recipient = readRecipient(item);
	const kind = item.choice('messageType', kinds) ?? 'text';
	let content: IDataObject;
	if (kind === 'text') content = { text: item.required('text') };
	else {
		const { url } = readFile(item, 'file', 'Callbell');
		const name = kind === 'image' ? undefined : item.collection('additionalFields').text('fileName');
		const text = kind === 'image' ? item.text('caption') : undefined;
		content = { url, ...(name ? { name } : {}), ...(text ? { text } : {}) };
	}
	return { recipient, body: { ...readMessageBase(item, readChannelType(item)), type: kind === 'audio' || kind === 'video' ? 'document' : kind, content } };
}

/** `POST /messages/send` without template. */
export const send = operation<CallbellClient, SendInput>({
	option: {
		name: 'Send',
		value: 'send',
		action: 'Send message',
		description: 'Send a text or a file; on WhatsApp only within 24 hours after the last message of the person, later only a template',
	},
	properties: sendFields,
	output: sentOutput,
	read: readSend,
	orderingKey: ({ recipient }) => recipientKey(recipient),
	run: async ({ recipient, body }, callbell, { item }) => await sendMessage(callbell, { ...(await addressOf(recipient, callbell, item)), ...body }),
});
