import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { approvalFields, questionField } from '../../../shared/message/approval';
import { deliveryField, readDelivery } from '../../../shared/message/delivery';
import { readSendOnce, sendOnceField } from '../../../shared/message/sendOnce';
import { refuseUnfitAddress } from '../../../shared/message/sendFiles';
import { textFormatFields } from '../../../shared/message/textFormat';
import { readTextParts, textPartFields, textParts } from '../../../shared/message/textParts';
import { placeholdersInText, readTypedText } from '../../../shared/message/typedText';
import { phoneKey } from '../../../shared/phone/compare';
import { defaultCountry, readCountry } from '../../../shared/operation/country';
import type { Item } from '../../../shared/operation/item';
import { withoutUndefined } from '../../../shared/values/read';
import { limits } from '../../../shared/whatsapp/limits';
import { encodeAddress } from '../../../shared/whatsapp/words';
import { channelLocator, groupLocator } from '../../descriptions/locators';
import type { TemplateInput } from '../../descriptions/template';
import { readTemplate, templateFields } from '../../descriptions/template';
import { asNumber } from '../../transport/body';

export interface MessageInput {
	/** `SendMessage`. */
	body: IDataObject;
	/** The recipient. */
	e164: string;
	template?: TemplateInput;
	/** Whether an External ID that was used before is no error. */
	skipRepeated: boolean;
	/** Seconds to wait for the channel. */
	seconds?: number;
	/** The messages that a long text becomes. */
	parts?: { texts: string[]; pause: number };
}

const recipientFields: INodeProperties[] = [
	{ ...channelLocator, required: true },
	{
		displayName: 'To',
		name: 'to',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. +55 85 98888-7777',
		description: 'Phone of the recipient, in any common spelling',
	},
	defaultCountry,
];

const contentFields: INodeProperties[] = [
	...recipientFields,
	{
		displayName: 'Content',
		name: 'content',
		type: 'options',
		options: [
			{ name: 'File', value: 'media', description: 'A picture, document, audio or video from a public address' },
			{ name: 'No Message', value: 'none', description: 'Only do what is chosen under Additional Fields: move to a group, run a bot or an assignment rule' },
			{ name: 'Template', value: 'template', description: 'An approved template; official WhatsApp channels need one when the contact has not written for 24 hours' },
			{ name: 'Text', value: 'text' },
		],
		default: 'text',
		description: 'What to send',
	},
	{
		displayName: 'Text',
		name: 'message',
		type: 'string',
		typeOptions: { rows: 4 },
		default: '',
		required: true,
		placeholder: 'e.g. Olá, Ana! Seu pedido saiu para entrega.',
		displayOptions: { show: { content: ['text'] } },
		description: 'The text to send',
	},
	...textFormatFields.map((field) => ({ ...field, displayOptions: { ...field.displayOptions, show: { ...field.displayOptions?.show, content: ['text'] } } })),
	{
		displayName: 'File URL',
		name: 'mediaUrl',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. https://example.com/boleto.pdf',
		displayOptions: { show: { content: ['media'] } },
		description: 'Public address of the file',
	},
	...templateFields.map((field) => ({ ...field, displayOptions: { show: { content: ['template'] } } })),
];

const sendAt: INodeProperties = {
	displayName: 'Send At',
	name: 'executeAt',
	type: 'dateTime',
	default: '',
	description: "When to send, in the workflow's time zone",
};

const onceKey: INodeProperties = {
	...sendOnceField,
	description: 'A key of your own for this message, such as the number of an order. The same key never reaches the same person twice: Kinbox takes the External ID that is made of key and phone once, and a lost answer is asked for again under it; the second time alreadySent is output. As strong as Kinbox keeps its External IDs.',
};

const whenRepeated: INodeProperties = {
	displayName: 'When Already Sent',
	name: 'whenRepeated',
	type: 'options',
	options: [
		{ name: 'Fail', value: 'fail', description: 'End with an error' },
		{ name: 'Skip', value: 'skip', description: 'Output that it was not sent again' },
	],
	default: 'skip',
	description: 'What to do when the External ID was used before',
};

const extras = (more: INodeProperties[]): INodeProperties => ({
	displayName: 'Additional Fields',
	name: 'additionalFields',
	type: 'collection',
	placeholder: 'Add Field',
	default: {},
	description: 'When to send, and what happens with the conversation',
	options: [
		{
			displayName: 'Assignment Rule',
			name: 'execAutoAttributionId',
			type: 'number',
			default: 0,
			description: 'Number of the automatic assignment rule (Regra de atribuição) to run; it stands in the address of its page',
		},
		{
			displayName: 'Bot',
			name: 'execBotId',
			type: 'number',
			default: 0,
			description: 'Number of the bot (Robô) to start after sending; it stands in the address of its page',
		},
		{
			displayName: 'Contact Email',
			name: 'contactEmail',
			type: 'string',
			default: '',
			placeholder: 'e.g. name@email.com',
			description: 'Written on the contact',
		},
		{
			displayName: 'Contact Name',
			name: 'contactName',
			type: 'string',
			default: '',
			placeholder: 'e.g. Ana Souza',
			description: 'Written on the contact',
		},
		{
			displayName: 'External ID',
			name: 'externalId',
			type: 'string',
			default: '',
			placeholder: 'e.g. order-1042-shipped',
			description: 'Your own key of this message. Kinbox takes each key once, so that nothing is sent twice.',
		},
		{ ...groupLocator, required: false, description: 'The group (Grupo) that gets the conversation' },
		{
			displayName: 'Keep Out of Inbox',
			name: 'hidden',
			type: 'boolean',
			default: true,
			description: 'Whether the conversation stays resolved, out of the inbox of the team',
		},
		placeholdersInText,
		...more,
		whenRepeated,
	],
});

/** All fields of `SendMessage`. */
export const messageFields: INodeProperties[] = [...contentFields, extras([sendAt, onceKey, ...textPartFields, deliveryField])];

/** {@link messageFields} for a message whose fate is followed anyway. */
export const askFields: INodeProperties[] = [...contentFields, extras([sendAt, onceKey])];

/** A question with links to answer it; read as a text by {@link readMessage}. */
export const questionFields: INodeProperties[] = [...recipientFields, questionField, ...textFormatFields, ...approvalFields];

/**
 * Reads {@link messageFields}.
 *
 * @param question the text of a question, which is read otherwise than other texts
 */
export function readMessage(item: Item, question?: string): MessageInput {
	const channelId = item.requiredNumericId('channelId');
	item.required('to');
	const phone = item.phone('to', readCountry(item));
	const extra = item.collection('additionalFields');
	const content = item.choice('content', ['media', 'none', 'template', 'text'] as const) ?? 'text';
	const template = content === 'template' ? readTemplate(item) : undefined;
	if (content === 'template' && !template) throw item.refuse('templateId', 'is empty', "Pick a template, or name one under 'Template Fields'.");
	const split = content === 'text' ? readTextParts(extra) : undefined;
	const message = readContent(item, content, question, split ? Infinity : limits.text);
	const parts = split && { texts: textParts(item, 'message', String(message), split), pause: split.pause };
	if (parts && parts.texts.length > 1 && extra.date('executeAt') !== undefined) throw item.refuseLabel('Split Text', "cannot be used with 'Send At'", 'Kinbox does not tell in which order it sends what waits for one moment. Take one of them away.');
	const about = withoutUndefined({ name: extra.text('contactName'), email: extra.email('contactEmail') });
	const callOptions = withoutUndefined({
		setGroupId: asNumber(extra.numericId('groupId')),
		execAutoAttributionId: extra.number('execAutoAttributionId', { min: 1, integer: true }),
		execBotId: extra.number('execBotId', { min: 1, integer: true }),
		contact: Object.keys(about).length ? about : undefined,
		// Kinbox expects 55, area code and number otherwise.
		doInternationalValidation: phone?.callingCode === '55' ? undefined : true,
	});
	if (content === 'none' && Object.keys(callOptions).length === 0) throw item.refuse('content', 'is No Message, but nothing else is to be done', 'Add a group, a bot or an assignment rule under Additional Fields.');
	const own = extra.text('externalId');
	const once = readSendOnce(extra);
	if (own !== undefined && once !== undefined) throw item.refuseLabel('Send Only Once', "is filled in, and so is 'External ID'", 'Kinbox takes one of them. An External ID is used once for all people, a key of Send Only Once once for each person.');
	const externalId = once === undefined ? own : `n8n-${once}-${phoneKey(phone?.e164 ?? '')}`;
	return {
		e164: phone?.e164 ?? '',
		template,
		parts,
		seconds: readDelivery(extra),
		skipRepeated: once !== undefined || (own !== undefined && extra.choice('whenRepeated', ['fail', 'skip'] as const) === 'skip'),
		body: withoutUndefined({
			channelId: Number(channelId),
			to: phone?.digits,
			message,
			isMedia: content === 'media' ? true : undefined,
			hidden: extra.boolean('hidden'),
			executeAt: extra.date('executeAt'),
			externalId,
			callOptions: Object.keys(callOptions).length ? callOptions : undefined,
		}),
	};
}

/** The text, or the address of the file; WhatsApp and SMS alone are reached by a phone. */
function readContent(item: Item, content: 'media' | 'none' | 'template' | 'text', question: string | undefined, most: number): string | undefined {
	if (content === 'text') {
		return readTypedText(item, 'message', most, item.collection('additionalFields'), question ?? item.required('message'));
	}
	if (content !== 'media') return undefined;
	item.required('mediaUrl');
	const url = item.url('mediaUrl')!;
	refuseUnfitAddress(item, 'mediaUrl', url);
	return encodeAddress(url);
}

export const queueIdField: INodeProperties = {
	displayName: 'Queue ID',
	name: 'queueId',
	type: 'string',
	default: '',
	required: true,
	placeholder: 'e.g. 70001',
	description: 'The ID that Send has output',
};

/** The number that Send has given. */
export function readQueueId(item: Item): string {
	const id = item.required('queueId');
	if (!/^\d+$/.test(id)) throw item.refuse('queueId', 'is not a number', "Give the ID that 'Send' has output.");
	return id;
}
