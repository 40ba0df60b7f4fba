import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { deliveryField, readDelivery } from '../../../shared/message/delivery';
import { readSendOnce } from '../../../shared/message/sendOnce';
import type { TextFormat } from '../../../shared/message/textFormat';
import { readTextFormat, textFormatFields } from '../../../shared/message/textFormat';
import type { Item } from '../../../shared/operation/item';
import { withoutUndefined } from '../../../shared/values/read';
import { limits } from '../../../shared/whatsapp/limits';
import { isInvisible } from '../../../shared/whatsapp/words';
import { conversationLocator } from '../../descriptions/locators';
import { sendOnceField } from '../../descriptions/sendOnce';
import { accountOperation } from '../../helpers/accountOperation';
import { channelOf, outgoingText, refuseClosedWindow, refuseLong, unknownChannel, withDelivery } from '../../helpers/outgoing';
import { withMark } from '../../helpers/workflowMark';
import { channelNames } from '../inbox/inbox';
import { messageOutput } from './message';
import { postOutgoing, sendUnderKey, withOnceMark } from './message.calls';

const kinds = ['article', 'cards', 'form', 'input_select'] as const;

const optionRows: INodeProperties = {
	displayName: 'Options',
	name: 'selectOptions',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	placeholder: 'Add Option',
	default: {},
	displayOptions: { show: { contentType: ['input_select'] } },
	description: 'What the contact can choose from',
	options: [
		{
			displayName: 'Option',
			name: 'option',
			values: [
				{ displayName: 'Title', name: 'title', type: 'string', default: '', placeholder: 'e.g. Small', description: 'What the contact reads' },
				{ displayName: 'Value', name: 'value', type: 'string', default: '', placeholder: 'e.g. s', description: 'What comes back from website inboxes; WhatsApp gives back the title only. Left empty, the title.' },
			],
		},
	],
};

const cardRows: INodeProperties = {
	displayName: 'Cards',
	name: 'cards',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	placeholder: 'Add Card',
	default: {},
	displayOptions: { show: { contentType: ['cards'] } },
	description: 'Cards with a picture, a text and buttons',
	options: [
		{
			displayName: 'Card',
			name: 'card',
			values: [
				{ displayName: 'Title', name: 'title', type: 'string', default: '', placeholder: 'e.g. Chocolate cake', description: 'The headline of the card' },
				{ displayName: 'Description', name: 'description', type: 'string', default: '', placeholder: 'e.g. For eight people', description: 'The text of the card' },
				{ displayName: 'Image URL', name: 'mediaUrl', type: 'string', default: '', placeholder: 'e.g. https://example.com/cake.jpg', description: 'Public address of a picture' },
				{
					displayName: 'Buttons',
					name: 'actions',
					type: 'fixedCollection',
					typeOptions: { multipleValues: true },
					placeholder: 'Add Button',
					default: {},
					description: 'At least one button',
					options: [
						{
							displayName: 'Button',
							name: 'action',
							values: [
								{ displayName: 'Text', name: 'text', type: 'string', default: '', placeholder: 'e.g. Order', description: 'What stands on the button' },
								{
									displayName: 'Kind',
									name: 'type',
									type: 'options',
									options: [
										{ name: 'Open a Link', value: 'link' },
										{ name: 'Send Back a Value', value: 'postback' },
									],
									default: 'link',
									description: 'What the button does',
								},
								{ displayName: 'Link or Value', name: 'target', type: 'string', default: '', placeholder: 'e.g. https://example.com/order', description: 'The address to open, or the value to send back' },
							],
						},
					],
				},
			],
		},
	],
};

const formRows: INodeProperties = {
	displayName: 'Form Fields',
	name: 'formFields',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	placeholder: 'Add Field',
	default: {},
	displayOptions: { show: { contentType: ['form'] } },
	description: 'What the contact fills in',
	options: [
		{
			displayName: 'Field',
			name: 'formField',
			values: [
				{
					displayName: 'Choices',
					name: 'options',
					type: 'string',
					default: '',
					placeholder: 'e.g. Small, Large',
					description: 'What can be chosen, with commas between',
				},
				{
					displayName: 'Default Value',
					name: 'default',
					type: 'string',
					default: '',
					placeholder: 'e.g. Fortaleza',
					description: 'What stands in the field at first',
				},
				{
					displayName: 'Kind',
					name: 'type',
					type: 'options',
					options: [
						{
							name: 'Choice',
							value: 'select',
						},
						{
							name: 'E-Mail',
							value: 'email',
						},
						{
							name: 'Long Text',
							value: 'text_area',
						},
						{
							name: 'Text',
							value: 'text',
						},
					],
					default: 'text',
					description: 'What kind of answer it takes',
				},
				{
					displayName: 'Label',
					name: 'label',
					type: 'string',
					default: '',
					placeholder: 'e.g. Your e-mail',
					description: 'What the contact reads',
				},
				{
					displayName: 'Name',
					name: 'name',
					type: 'string',
					default: '',
					placeholder: 'e.g. email',
					description: 'The key under which the answer comes back',
				},
				{
					displayName: 'Pattern',
					name: 'pattern',
					type: 'string',
					default: '',
					placeholder: 'e.g. [0-9]{5}',
					description: 'Regular expression that the answer has to fit',
				},
				{
					displayName: 'Pattern Message',
					name: 'patternError',
					type: 'string',
					default: '',
					placeholder: 'e.g. Five digits, please',
					description: 'What the contact reads when the answer does not fit',
				},
				{
					displayName: 'Placeholder',
					name: 'placeholder',
					type: 'string',
					default: '',
					placeholder: 'e.g. Write here',
					description: 'Grey text in the empty field',
				},
				{
					displayName: 'Required',
					name: 'required',
					type: 'boolean',
					default: false,
					description: 'Whether the contact has to fill it in',
				},
			],
		},
	],
};

const articleRows: INodeProperties = {
	displayName: 'Articles',
	name: 'articles',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	placeholder: 'Add Article',
	default: {},
	displayOptions: { show: { contentType: ['article'] } },
	description: 'Links to articles',
	options: [
		{
			displayName: 'Article',
			name: 'article',
			values: [
				{ displayName: 'Title', name: 'title', type: 'string', default: '', placeholder: 'e.g. How to order', description: 'The headline' },
				{ displayName: 'Description', name: 'description', type: 'string', default: '', placeholder: 'e.g. In three steps', description: 'The text below it' },
				{ displayName: 'Link', name: 'link', type: 'string', default: '', placeholder: 'e.g. https://example.com/help', description: 'Where the article is' },
			],
		},
	],
};

interface Input {
	kind: (typeof kinds)[number];
	content: string;
	format: TextFormat;
	items: IDataObject[];
	/** Seconds to wait for the channel. */
	seconds?: number;
	/** Key of Send Only Once. */
	once?: string;
}

/** `createMessage`: `POST /conversations/{id}/messages` with a `content_type` and its `items`. */
export const sendInteractive = accountOperation<Input>({
	option: {
		name: 'Send Interactive',
		value: 'sendInteractive',
		action: 'Send interactive message',
		description: 'Send options to choose from, cards, a form or articles. Website and API inboxes have all of them, WhatsApp and Telegram options; elsewhere options are written as text, and the others are refused.',
	},
	record: conversationLocator,
	properties: [
		{
			displayName: 'Kind of Message',
			name: 'contentType',
			type: 'options',
			options: [
				{ name: 'Articles', value: 'article' },
				{ name: 'Cards', value: 'cards' },
				{ name: 'Form', value: 'form' },
				{ name: 'Options', value: 'input_select' },
			],
			default: 'input_select',
			description: 'What the contact sees',
		},
		{
			displayName: 'Message',
			name: 'content',
			type: 'string',
			typeOptions: { rows: 2 },
			default: '',
			required: true,
			placeholder: 'e.g. Which size?',
			description: 'The text above',
		},
		...textFormatFields,
		optionRows,
		cardRows,
		formRows,
		articleRows,
		{
			displayName: 'Additional Fields',
			name: 'additionalFields',
			type: 'collection',
			placeholder: 'Add Field',
			default: {},
			description: 'More about the message',
			options: [sendOnceField, deliveryField],
		},
	],
	output: messageOutput,
	read(item) {
		const kind = item.choice('contentType', kinds) ?? 'input_select';
		const content = item.required('content');
		const extra = item.collection('additionalFields');
		return { kind, content, format: readTextFormat(item, 'content', content), items: readItems(item, kind), seconds: readDelivery(extra), once: readSendOnce(extra) };
	},
	async run({ id, kind, content, format, items, seconds, once }, account, { item }) {
		const channel = await channelOf(account, id);
		refuseClosedWindow(account, channel, id);
		refuseUnfit(item, channel.type, kind, items);
		refuseLong(account, channel, content, 'interactiveText');
		const text = outgoingText(content, format, channel.type);
		const isList = kind === 'input_select' && !withOptions.has(channel.type);
		const list = items.map(({ title }, index) => `${index + 1}. ${String(title)}`).join('\n');
		const shown = isList ? { content: `${text}\n\n${outgoingText(list, 'asIs', channel.type)}` } : { content: text, content_type: kind, content_attributes: { items } };
		const message = withMark({ ...shown, message_type: 'outgoing', private: false }, item.context);
		const answer = await sendUnderKey(account, id, { key: once, channel }, async (deadline) => await postOutgoing(account, id, withOnceMark(message, once), deadline));
		return 'before' in answer ? answer.before : await withDelivery(account, id, answer.sent, { channel, seconds, typed: isList ? `${content}\n\n${list}` : content });
	},
});

/** Channels that show all of it, or hand it on as it is; the others get nothing but the text above. Source: Chatwoot's table "Interactive Messages". */
const withAll = new Set(['Channel::Api', 'Channel::WebWidget', unknownChannel]);
const withOptions = new Set([...withAll, 'Channel::Telegram', 'Channel::Whatsapp']);

/** Refuses what the channel would drop, and what WhatsApp would refuse afterwards. */
function refuseUnfit(item: Item, channel: string, kind: Input['kind'], options: IDataObject[]): void {
	const name = channelNames[channel] ?? channel;
	if (kind !== 'input_select' && !withAll.has(channel)) throw item.refuse('contentType', `cannot be shown in inboxes of the kind ${name}; the contact would get the text above only`, "Write it as a text with links with 'Send', or use Options.");
	if (channel !== 'Channel::Whatsapp' || kind !== 'input_select') return;
	if (options.length > limits.options) throw item.refuse('selectOptions', `has ${options.length} entries; WhatsApp takes ${limits.options} at most`, 'Leave some out.');
	if (options.some(({ title }) => isInvisible(String(title)))) throw item.refuse('selectOptions', 'has a title in which nothing can be seen', 'WhatsApp would refuse it. Give each option a title.');
	const longest = options.length <= limits.buttons ? limits.buttonTitle : limits.rowTitle;
	const long = options.find(({ title }) => String(title).length > longest);
	if (long) throw item.refuse('selectOptions', `has a title of ${String(long.title).length} characters: ${String(long.title).slice(0, 60)}`, `WhatsApp takes ${limits.buttonTitle} with up to ${limits.buttons} options, and ${limits.rowTitle} with more.`);
	for (const key of ['value', 'title'] as const) {
		const seen = new Set<string>();
		for (const option of options) {
			if (seen.has(String(option[key]))) throw item.refuse('selectOptions', `has the ${key} '${String(option[key]).slice(0, 60)}' twice`, 'WhatsApp takes each once.');
			seen.add(String(option[key]));
		}
	}
}

function readItems(item: Item, kind: (typeof kinds)[number]): IDataObject[] {
	const [name, group] = ({ article: ['articles', 'article'], cards: ['cards', 'card'], form: ['formFields', 'formField'], input_select: ['selectOptions', 'option'] } as const)[kind];
	const rows = item.rows(name, group);
	if (rows.length === 0) throw item.refuse(name, 'is empty', 'Add at least one entry.');
	switch (kind) {
		case 'input_select':
			return rows.map((row) => ({ title: row.required('title'), value: row.text('value') ?? row.required('title') }));
		case 'article':
			return rows.map((row) => withoutUndefined({ title: row.required('title'), description: row.text('description'), link: row.url('link') ?? row.required('link') }));
		case 'cards':
			return rows.map((row) => {
				const actions = row.rows('actions', 'action');
				if (actions.length === 0) throw row.refuse('actions', 'is empty', 'Each card needs at least one button.');
				return withoutUndefined({
					title: row.required('title'),
					description: row.text('description'),
					media_url: row.url('mediaUrl'),
					actions: actions.map((action) => {
						const type = action.choice('type', ['link', 'postback'] as const) ?? 'link';
						const text = action.required('text');
						return type === 'link' ? { type, text, uri: action.url('target') ?? action.required('target') } : { type, text, payload: action.required('target') };
					}),
				});
			});
		case 'form':
			return rows.map((row) => {
				const type = row.choice('type', ['email', 'select', 'text', 'text_area'] as const) ?? 'text';
				const choices = type === 'select' ? (row.list('options') ?? []) : [];
				if (type === 'select' && choices.length === 0) throw row.refuse('options', 'is empty', 'A choice needs something to choose from.');
				return withoutUndefined({
					type,
					name: row.required('name'),
					label: row.required('label'),
					placeholder: row.text('placeholder'),
					default: row.text('default'),
					options: choices.length ? choices.map((choice) => ({ label: choice, value: choice })) : undefined,
					required: row.boolean('required') || undefined,
					pattern: row.text('pattern'),
					pattern_error: row.text('patternError'),
				});
			});
	}
}
