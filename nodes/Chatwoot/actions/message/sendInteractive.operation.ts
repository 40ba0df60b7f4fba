import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { path } from '../../../shared/http/httpClient';
import type { Item } from '../../../shared/operation/item';
import { withoutUndefined } from '../../../shared/values/read';
import { conversationLocator } from '../../descriptions/locators';
import { accountOperation } from '../../helpers/accountOperation';
import { withMark } from '../../helpers/workflowMark';
import { messageOutput } from './message';

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
				{ displayName: 'Value', name: 'value', type: 'string', default: '', placeholder: 'e.g. s', description: 'What comes back; left empty, the title' },
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

/** `createMessage`: `POST /conversations/{id}/messages` with a `content_type` and its `items`. */
export const sendInteractive = accountOperation<{ body: IDataObject }>({
	option: {
		name: 'Send Interactive',
		value: 'sendInteractive',
		action: 'Send interactive message',
		description: 'Send options to choose from, cards, a form or articles; all of them in website inboxes, some in others',
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
		optionRows,
		cardRows,
		formRows,
		articleRows,
	],
	output: messageOutput,
	read(item) {
		const kind = item.choice('contentType', kinds) ?? 'input_select';
		return {
			body: { content: item.required('content'), message_type: 'outgoing', private: false, content_type: kind, content_attributes: { items: readItems(item, kind) } },
		};
	},
	run: async ({ id, body }, account, { item }) => await account.post(path`/conversations/${id}/messages`, withMark(body, item.context)),
});

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
