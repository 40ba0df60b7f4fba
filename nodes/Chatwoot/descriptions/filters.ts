import type { IDataObject, INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import type { Fields, Item } from '../../shared/operation/item';
import { readDay } from '../helpers/read';

/** What a filter can look at: its label, and the conditions that the server knows for it. */
export interface FilterKey {
	name: string;
	operators: readonly FilterOperator[];
	/** How its values are read; a list can have several, of which one has to fit. */
	kind?: 'day' | 'boolean' | 'ids' | 'list';
}

export type FilterOperator = keyof typeof operatorNames;

const operatorNames = {
	contains: 'Contains',
	days_before: 'Is More Days Ago Than',
	does_not_contain: 'Does Not Contain',
	equal_to: 'Is',
	is_greater_than: 'Is After',
	is_less_than: 'Is Before',
	is_not_present: 'Is Empty',
	is_present: 'Is Not Empty',
	not_equal_to: 'Is Not',
} as const;

/** Custom attributes allow all conditions; which of them fit depends on the attribute. */
const customKey = 'customAttribute';

/**
 * The filter form: rows of field, condition and value, joined by AND or OR.
 *
 * @param keys the vendor's attribute keys with what they allow
 */
export function filterProperties(keys: Record<string, FilterKey>): INodeProperties[] {
	const fieldOptions: INodePropertyOptions[] = [
		...Object.entries(keys).map(([value, { name }]) => ({ name, value })),
		{ name: 'Custom Attribute', value: customKey },
	].sort((a, b) => a.name.localeCompare(b.name, 'en'));
	const conditionOptions: INodePropertyOptions[] = Object.entries(operatorNames)
		.map(([value, name]) => ({ name, value }))
		.sort((a, b) => a.name.localeCompare(b.name, 'en'));
	return [
		{
			displayName: 'Must Match',
			name: 'combine',
			type: 'options',
			options: [
				{ name: 'All Conditions', value: 'AND' },
				{ name: 'Any Condition', value: 'OR' },
			],
			default: 'AND',
			description: 'Whether all conditions have to fit, or one of them is enough',
		},
		{
			displayName: 'Conditions',
			name: 'conditions',
			type: 'fixedCollection',
			typeOptions: { multipleValues: true },
			placeholder: 'Add Condition',
			default: {},
			description: 'What the records have to be like',
			options: [
				{
					displayName: 'Condition',
					name: 'condition',
					values: [
						{
							displayName: 'Field',
							name: 'field',
							type: 'options',
							options: fieldOptions,
							default: String(fieldOptions[0]?.value ?? ''),
							description: 'What to look at',
						},
						{
							displayName: 'Attribute Key',
							name: 'attributeKey',
							type: 'string',
							displayOptions: { show: { field: [customKey] } },
							default: '',
							placeholder: 'e.g. plan',
							description: 'The key of the custom attribute, as in its definition',
						},
						{
							displayName: 'Is',
							name: 'operator',
							type: 'options',
							options: conditionOptions,
							default: 'equal_to',
							description: 'How to compare',
						},
						{
							displayName: 'Value',
							name: 'value',
							type: 'string',
							displayOptions: { hide: { operator: ['is_present', 'is_not_present'] } },
							default: '',
							placeholder: 'e.g. Fortaleza',
							description: 'What to compare with; a date as 2026-12-24, yes or no as true or false, a record by its ID',
						},
					],
				},
			],
		},
	];
}

/** Reads the form into the rows that the filter calls take (`ContactFilterRow`, `ConversationFilterRow`). */
export function readFilter(item: Item, keys: Record<string, FilterKey>, { required = true } = {}): IDataObject[] {
	const combine = item.choice('combine', ['AND', 'OR'] as const) ?? 'AND';
	const rows = item.rows('conditions', 'condition');
	if (required && rows.length === 0) throw item.refuse('conditions', 'is empty', 'Add at least one condition.');
	return rows.map((row, index) => {
		const field = row.required('field');
		const key = field === customKey ? row.required('attributeKey') : field;
		const known = keys[field];
		if (!known && field !== customKey) throw row.refuse('field', 'is not one of the possible values', `Pick one of: ${Object.keys(keys).join(', ')}.`);
		const allowed = known?.operators ?? (Object.keys(operatorNames) as FilterOperator[]);
		const operator = row.choice('operator', Object.keys(operatorNames) as FilterOperator[]) ?? 'equal_to';
		if (!allowed.includes(operator)) {
			throw row.refuse('operator', `does not fit ${known?.name ?? key}`, `Chatwoot knows for ${known?.name ?? key}: ${allowed.map((one) => operatorNames[one]).join(', ')}.`);
		}
		const last = index === rows.length - 1;
		return {
			attribute_key: key,
			filter_operator: operator,
			...(operator === 'is_present' || operator === 'is_not_present' ? {} : { values: readValues(row, operator, known) }),
			// The last row must have none: the server breaks on it.
			...(last ? {} : { query_operator: combine }),
		};
	});
}

function readValues(row: Fields, operator: FilterOperator, known?: FilterKey): Array<string | number | boolean> {
	if (operator === 'days_before') return [row.number('value', { min: 0, integer: true }) ?? Number(row.required('value'))];
	if (operator === 'is_greater_than' || operator === 'is_less_than') {
		// Only dates are compared like this, and numbers of custom attributes.
		if (known || /^\s*\d{4}-\d\d-\d\d/.test(String(row.raw('value')))) return [readDay(row, 'value') ?? row.required('value')];
		return [row.number('value') ?? row.required('value')];
	}
	if (known?.kind === 'boolean') return [row.boolean('value') ?? row.required('value')];
	if (known?.kind === 'ids') {
		const ids = (row.list('value') ?? [row.required('value')]).map(Number);
		if (ids.length === 0 || ids.some((id) => !Number.isInteger(id))) throw row.refuse('value', 'is not an ID', 'Give the ID of the record, or several with commas.');
		return ids;
	}
	if (known?.kind === 'list') return row.list('value') ?? [row.required('value')];
	return [row.required('value')];
}
