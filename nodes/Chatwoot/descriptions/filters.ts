import type { IDataObject, INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { NodeApiError } from 'n8n-workflow';

import type { Fields, Item } from '../../shared/operation/item';
import { phoneSpellings } from '../../shared/phone/compare';
import type { DefaultCountry } from '../../shared/phone/phone';
import { findByName, foldName } from '../../shared/values/names';
import { suggest } from '../../shared/values/nearNames';
import { zoneOffset } from '../../shared/values/time';
import type { NamedLabels } from '../helpers/labels';
import { findLabels } from '../helpers/labels';
import { readDay } from '../helpers/read';
import { rowsIn } from '../transport/answers';
import type { AccountClient } from '../transport/client';
import { requiredLabels } from './labels';
import { table } from '../../shared/values/table';

/** What a filter can look at: its label, and the conditions that the server knows for it. */
export interface FilterKey {
	name: string;
	operators: readonly FilterOperator[];
	/** How its values are read; of a list, of IDs, labels and words one has to fit. */
	kind?: 'boolean' | 'day' | 'ids' | 'labels' | 'list' | 'phone' | 'words';
	/** The words that there are, of kind "words". */
	words?: readonly string[];
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
							description: "What to compare with; a date as 2026-12-24, yes or no as true or false, a record by its ID, a label by its title or ID. Records whose field is empty are left out by 'Is Not' and 'Does Not Contain'.",
						},
					],
				},
			],
		},
	];
}

/** A row of the form; what only the account knows is still to be looked up. */
interface FilterRow {
	field: string;
	/** Key of the vendor, or of the custom attribute. */
	key: string;
	custom: boolean;
	operator: FilterOperator;
	values?: FilterValues;
	labels?: NamedLabels;
	fields: Fields;
}

type FilterValues = Array<boolean | number | string>;

/** The filter as it was filled in; see {@link completeFilter}. */
export interface FilterForm {
	rows: FilterRow[];
	combine: 'AND' | 'OR';
}

/**
 * Reads the form.
 *
 * @param country where phone numbers without country code belong
 */
export function readFilter(item: Item, keys: Record<string, FilterKey>, { required = true, country }: { required?: boolean; country?: DefaultCountry } = {}): FilterForm {
	const combine = item.choice('combine', ['AND', 'OR'] as const) ?? 'AND';
	const rows = item.rows('conditions', 'condition');
	if (required && rows.length === 0) throw item.refuse('conditions', 'is empty', 'Add at least one condition.');
	return {
		combine,
		rows: rows.map((row) => {
			const field = row.required('field');
			const custom = field === customKey;
			const key = custom ? row.required('attributeKey') : field;
			const known = Object.hasOwn(keys, field) ? keys[field] : undefined;
			if (!known && !custom) throw row.refuse('field', 'is not one of the possible values', `Pick one of: ${Object.keys(keys).join(', ')}.`);
			const allowed = known?.operators ?? (Object.keys(operatorNames) as FilterOperator[]);
			const operator = row.choice('operator', Object.keys(operatorNames) as FilterOperator[]) ?? 'equal_to';
			if (!allowed.includes(operator)) {
				throw row.refuse('operator', `does not fit ${known?.name ?? key}`, `Chatwoot knows for ${known?.name ?? key}: ${allowed.map((one) => operatorNames[one]).join(', ')}.`);
			}
			// The server adds "or has none" to such a row, without brackets: with a second row it gives everybody who has none.
			if (custom && operator === 'not_equal_to' && rows.length > 1) {
				throw row.refuse('operator', 'cannot be Is Not for a custom attribute beside other conditions', "Chatwoot would also give records that do not fit the others. Filter by this condition alone, or by the others, and leave out the rest with n8n's Filter node.");
			}
			return { field, key, custom, operator, fields: row, ...readValues(row, operator, custom, known, item.timezone(), country) };
		}),
	};
}

function readValues(row: Fields, operator: FilterOperator, custom: boolean, known: FilterKey | undefined, timezone: string, country?: DefaultCountry): Pick<FilterRow, 'labels' | 'values'> {
	if (operator === 'is_present' || operator === 'is_not_present') return {};
	if (operator === 'days_before') {
		row.required('value');
		return { values: [daysAgo(row.number('value', { min: 0, max: 36_500, integer: true })!, timezone)] };
	}
	row.required('value');
	// The kind of a custom attribute tells how its value is read; see fitted.
	if (custom) return {};
	if (operator === 'is_greater_than' || operator === 'is_less_than') return { values: [readDay(row, 'value')!] };
	switch (known?.kind) {
		case 'boolean': return { values: [row.boolean('value')!] };
		case 'ids': {
			const ids = (row.list('value') ?? []).map(Number);
			if (ids.length === 0 || ids.some((id) => !Number.isInteger(id) || id < 1)) throw row.refuse('value', 'is not an ID', 'Give the ID of the record, or several with commas.');
			return { values: ids };
		}
		case 'labels': return { labels: requiredLabels(row, 'value') };
		case 'list': return { values: row.list('value') };
		case 'phone': return { values: [readPhone(row, operator, country)] };
		case 'words': return { values: (row.list('value') ?? []).map((word) => readWord(row, word, known.words ?? [])) };
		default: return { values: [row.required('value')] };
	}
}

/** A whole number is brought into the one form that Chatwoot keeps, a part of one to its digits. */
function readPhone(row: Fields, operator: FilterOperator, country: DefaultCountry = 'BR'): string {
	if (operator === 'equal_to' || operator === 'not_equal_to') return row.phone('value', country)!.e164;
	const part = row.required('value').replace(/[^\d+]/g, '');
	if (part === '') throw row.refuse('value', 'has no digits', 'Give a part of the number, such as 98888.');
	return part;
}

/** A word that the server knows in lower case only. */
function readWord(row: Fields, word: string, words: readonly string[]): string {
	const found = words.find((one) => foldName(one) === foldName(word));
	if (found === undefined) throw row.refuse('value', `has '${word.slice(0, 60)}', which is not one of the possible values`, `Give one of: ${words.join(', ')}; several with commas.`);
	return found;
}

/** The day so many days before today, in the workflow's time zone. */
function daysAgo(days: number, timezone: string): string {
	const now = Date.now();
	return new Date(now + zoneOffset(now, timezone) - days * 86_400_000).toISOString().slice(0, 10);
}

/**
 * Turns the form into the rows that the filter calls take (`ContactFilterRow`, `ConversationFilterRow`): finds labels by
 * title or ID, and custom attributes by key or name, with values as their kind has them.
 *
 * @param kind of the records
 */
export async function completeFilter(account: AccountClient, { rows, combine }: FilterForm, kind: 'contact' | 'conversation'): Promise<IDataObject[]> {
	const complete: Array<{ row: IDataObject; joint?: 'AND' | 'OR' }> = [];
	for (const row of rows) {
		const operator = row.operator === 'days_before' ? 'is_less_than' : row.operator;
		const key = row.custom ? await attributeOf(account, row, kind) : { key: row.key, values: row.values };
		const titles = row.labels ? (await findLabels(account, row.labels)).titles : undefined;
		const valueless = row.operator === 'is_present' || row.operator === 'is_not_present';
		// Of contacts' labels the server looks at the first value only, and breaks without a list of values.
		for (const part of titles && kind === 'contact' ? separate(row, titles, rows.length, combine) : [{ values: titles ?? key.values }]) {
			complete.push({
				row: { attribute_key: key.key, filter_operator: operator, ...(valueless ? (kind === 'contact' && row.field === 'labels' ? { values: [] } : {}) : { values: part.values }) },
				...('joint' in part ? { joint: part.joint } : {}),
			});
		}
	}
	// The last row must have no joint: the server breaks on it.
	return inBothSpellings(complete.map(({ row, joint }, index) => (index < complete.length - 1 ? { ...row, query_operator: joint ?? combine } : row)));
}

/** One person, two spellings: a phone that can be kept in two forms is asked for, or left out, in both. AND binds tighter than OR on the server. */
function inBothSpellings(rows: IDataObject[]): IDataObject[] {
	const formsOf = (row: IDataObject): IDataObject[] => {
		const [phone] = Array.isArray(row.values) ? (row.values as unknown[]) : [];
		const isWhole = row.attribute_key === 'phone_number' && ['equal_to', 'not_equal_to'].includes(String(row.filter_operator)) && typeof phone === 'string';
		return isWhole ? phoneSpellings(phone).map((spelling) => ({ ...row, values: [spelling] })) : [row];
	};
	if (rows.every((row) => formsOf(row).length === 1)) return rows;
	const alternatives: IDataObject[][] = [];
	let open: IDataObject[][] = [[]];
	for (const row of rows) {
		const forms = formsOf(row);
		open = row.filter_operator === 'not_equal_to' ? open.map((all) => [...all, ...forms]) : open.flatMap((all) => forms.map((form) => [...all, form]));
		if (row.query_operator === 'AND') continue;
		alternatives.push(...open);
		open = [[]];
	}
	return alternatives.flatMap((all, alternative) => all.map((row, index) => {
		const joint = index < all.length - 1 ? 'AND' : alternative < alternatives.length - 1 ? 'OR' : undefined;
		return { attribute_key: row.attribute_key, filter_operator: row.filter_operator, ...(row.values === undefined ? {} : { values: row.values }), ...(joint ? { query_operator: joint } : {}) };
	}));
}

/** One condition a label: any of them for Is, none of them for Is Not. */
function separate({ operator, fields }: FilterRow, titles: string[], rows: number, combine: 'AND' | 'OR'): Array<{ values: string[]; joint?: 'AND' | 'OR' }> {
	const joint = operator === 'equal_to' ? 'OR' : 'AND';
	if (titles.length > 1 && rows > 1 && joint !== combine) {
		throw fields.refuse('value', 'has several labels, and Chatwoot takes one label a condition here', joint === 'OR' ? "Give one label, or choose 'Any Condition' under 'Must Match'." : "Give one label, or choose 'All Conditions' under 'Must Match'.");
	}
	return titles.map((title) => ({ values: [title], joint }));
}

/** Conditions that the server cannot carry out for a kind of custom attribute: it answers them with an error. */
const broken: Record<string, readonly FilterOperator[]> = table({
	checkbox: ['contains', 'does_not_contain', 'is_greater_than', 'is_less_than', 'days_before'],
	date: ['contains', 'does_not_contain'],
	link: ['is_greater_than', 'is_less_than', 'days_before'],
	list: ['is_greater_than', 'is_less_than', 'days_before'],
	number: ['contains', 'does_not_contain', 'days_before'],
	text: ['is_greater_than', 'is_less_than', 'days_before'],
});

/** The custom attribute that a row names, and the row's values in its form. */
async function attributeOf(account: AccountClient, { key: name, operator, values, fields }: FilterRow, kind: 'contact' | 'conversation'): Promise<{ key: string; values?: FilterValues }> {
	const answer = await account.exchangeOnce({ method: 'GET', path: `/custom_attribute_definitions?attribute_model=${kind}_attribute`, accept: [401] });
	const all = rowsIn(answer.body);
	const found = findByName(all, name, ({ attribute_key: id, attribute_display_name: label }) => [String(id), String(label ?? '')]);
	// A bot may not ask.
	if (answer.status === 401) return { key: name, values: values ?? (operator === 'is_present' || operator === 'is_not_present' ? undefined : [fields.required('value')]) };
	if (!found) {
		throw fields.refuse('attributeKey', `is '${name.slice(0, 60)}', and account ${account.id} has no such custom attribute of ${kind}s`, suggest(all.filter(({ attribute_key: id }) => typeof id === 'string').map(({ attribute_key: id }) => String(id)), name));
	}
	const type = String(found.attribute_display_type);
	if (type === 'currency' || type === 'percent') throw fields.refuse('attributeKey', `is an attribute of kind ${type}, and Chatwoot cannot filter by those`, "Get the records by other conditions, and filter them with n8n's Filter node.");
	if (broken[type]?.includes(operator)) throw fields.refuse('operator', `does not fit the custom attribute '${name.slice(0, 60)}', which is of kind ${type}`, `Chatwoot knows for it: ${(Object.keys(operatorNames) as FilterOperator[]).filter((one) => !broken[type]!.includes(one)).map((one) => operatorNames[one]).join(', ')}.`);
	return { key: String(found.attribute_key), values: values ?? (operator === 'is_present' || operator === 'is_not_present' ? undefined : [fitted(fields, type, found)]) };
}

/** The value as the kind of the custom attribute has it. */
function fitted(fields: Fields, type: string, definition: IDataObject): boolean | number | string {
	switch (type) {
		case 'checkbox': return fields.boolean('value')!;
		case 'date': return readDay(fields, 'value')!;
		case 'list': {
			const options = Array.isArray(definition.attribute_values) ? definition.attribute_values.map(String) : [];
			const text = fields.required('value');
			const option = findByName(options, text, (one) => [one]);
			if (options.length && option === undefined) throw fields.refuse('value', `is not an entry of the list of '${String(definition.attribute_key)}'`, suggest(options, text));
			return option ?? text;
		}
		case 'number': return fields.number('value')!;
		default: return fields.required('value');
	}
}

/** What is said when the server breaks on a filter by a custom attribute: one bad value anywhere is enough. */
export async function explainFilter<Result>(account: AccountClient, { rows }: FilterForm, send: () => Promise<Result>): Promise<Result> {
	return await send().catch((error: unknown) => {
		const names = rows.filter(({ custom }) => custom).map(({ key }) => key);
		if (!(error instanceof NodeApiError) || error.httpCode !== '500' || names.length === 0) throw error;
		throw account.http.error(
			`Chatwoot cannot filter by the custom attribute ${names.map((name) => `'${name}'`).join(', ')} at the moment`,
			'Some record of the account holds a value that does not fit the kind of the attribute, such as 25/12/1990 for a date: then every such filter fails until that value is changed. Find it with an export of the contacts.',
			500,
		);
	});
}
