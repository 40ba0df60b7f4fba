import type { IDataObject, INodeProperties } from 'n8n-workflow';

import type { Fields } from '../../../shared/fields';
import { withoutUndefined } from '../../operation';
import { longText, textUpTo } from '../../texts';

export const models = ['contact_attribute', 'conversation_attribute'] as const;
const kinds = ['checkbox', 'currency', 'date', 'link', 'list', 'number', 'percent', 'text'] as const;

export const modelField: INodeProperties = {
	displayName: 'Belongs To',
	name: 'model',
	type: 'options',
	options: [
		{ name: 'Contact', value: 'contact_attribute' },
		{ name: 'Conversation', value: 'conversation_attribute' },
	],
	default: 'contact_attribute',
	description: 'What has the attribute',
};

export const kindField: INodeProperties = {
	displayName: 'Kind',
	name: 'kind',
	type: 'options',
	options: [
		{ name: 'Checkbox', value: 'checkbox' },
		{ name: 'Currency', value: 'currency' },
		{ name: 'Date', value: 'date' },
		{ name: 'Link', value: 'link' },
		{ name: 'List', value: 'list' },
		{ name: 'Number', value: 'number' },
		{ name: 'Percent', value: 'percent' },
		{ name: 'Text', value: 'text' },
	],
	default: 'text',
	description: 'What the values are; Chatwoot does not check values that come through its API',
};

export const nameField: INodeProperties = {
	displayName: 'Name',
	name: 'name',
	type: 'string',
	default: '',
	placeholder: 'e.g. Favourite Colour',
	description: 'How the attribute is called in Chatwoot',
};

/** What can be set besides name, key, kind and owner. */
export const definitionFields: INodeProperties[] = [
	{
		displayName: 'Choices',
		name: 'choices',
		type: 'string',
		default: '',
		placeholder: 'e.g. red, green, blue',
		description: 'The values of a list, with commas between them',
	},
	{
		displayName: 'Description',
		name: 'description',
		type: 'string',
		default: '',
		placeholder: 'e.g. For birthday gifts',
		description: 'What the attribute is for',
	},
	{
		displayName: 'Pattern',
		name: 'pattern',
		type: 'string',
		default: '',
		placeholder: 'e.g. ^\\d{4}$',
		description: 'A regular expression that a text has to fit when it is typed in the dashboard',
	},
	{
		displayName: 'Pattern Hint',
		name: 'patternHint',
		type: 'string',
		default: '',
		placeholder: 'e.g. Four digits',
		description: 'What people read when their text does not fit the pattern',
	},
];

/**
 * Reads what is filled in.
 *
 * @param first where name and kind are
 */
export function readDefinition(fields: Fields, first: Fields = fields): IDataObject {
	const choices = fields.list('choices');
	return withoutUndefined({
		attribute_display_name: textUpTo(first, 'name'),
		attribute_display_type: first.choice('kind', kinds),
		attribute_description: textUpTo(fields, 'description', longText),
		attribute_values: choices?.length ? [...new Set(choices)] : undefined,
		regex_pattern: textUpTo(fields, 'pattern'),
		regex_cue: textUpTo(fields, 'patternHint'),
	});
}

/** The key, as values are stored under it. */
export function readKey(fields: Fields): string {
	fields.required('key');
	const key = textUpTo(fields, 'key')!;
	if (!/^[\p{L}\p{N}_.-]+$/u.test(key)) throw fields.refuse('key', 'has other characters than letters, digits, _, . and -', 'Give a key such as favourite_colour.');
	return key;
}
