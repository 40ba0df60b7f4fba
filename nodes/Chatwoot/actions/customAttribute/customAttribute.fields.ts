import type { IDataObject, INodeProperties } from 'n8n-workflow';

import type { Fields } from '../../../shared/operation/item';
import { withoutUndefined } from '../../../shared/values/read';
import { longText, textUpTo } from '../../helpers/read';

const types = ['checkbox', 'currency', 'date', 'link', 'list', 'number', 'percent', 'text'] as const;

/** What kind of value an attribute holds. */
export const attributeType: INodeProperties = {
	displayName: 'Type',
	name: 'attributeType',
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
	description: 'What kind of value it holds',
};

/** More about a definition, for create and update alike. */
export const definitionFields: INodeProperties[] = [
	{
		displayName: 'Choices',
		name: 'values',
		type: 'string',
		default: '',
		placeholder: 'e.g. basic, gold',
		description: 'What can be chosen, with commas between, for the type List',
	},
	{
		displayName: 'Description',
		name: 'description',
		type: 'string',
		default: '',
		placeholder: 'e.g. The contract of the customer',
		description: 'What the attribute stands for',
	},
	{
		displayName: 'Pattern',
		name: 'pattern',
		type: 'string',
		default: '',
		placeholder: 'e.g. [0-9]{11}',
		description: 'Regular expression that a text has to fit',
	},
	{
		displayName: 'Pattern Message',
		name: 'patternCue',
		type: 'string',
		default: '',
		placeholder: 'e.g. Eleven digits, please',
		description: 'What people read when a text does not fit the pattern',
	},
];

/** Reads what {@link attributeType} and {@link definitionFields} hold. */
export function readDefinition(typeFields: Fields, fields: Fields): IDataObject {
	const values = fields.list('values');
	const type = typeFields.choice('attributeType', types);
	if (type === 'list' && typeFields !== fields && !values?.length) throw fields.refuse('values', 'is empty', 'A list needs something to choose from.');
	return withoutUndefined({
		attribute_display_type: type,
		attribute_description: textUpTo(fields, 'description', longText),
		attribute_values: values?.length ? values : undefined,
		regex_pattern: textUpTo(fields, 'pattern'),
		regex_cue: textUpTo(fields, 'patternCue'),
	});
}
