import type { IDataObject, INodeProperties } from 'n8n-workflow';

/** How the records of a resource are shown: all of it, the part people use, or chosen fields. */
export interface OutputShape<Client> {
	/** The vendor's record in its short form: at most about ten flat keys. */
	simplify(record: IDataObject, client: Client): IDataObject;
	/** The Output and Fields to Output properties; made by {@link outputProperties}. */
	properties: INodeProperties[];
}

export type OutputMode = 'simplified' | 'raw' | 'selected';

export interface OutputChoice {
	mode: OutputMode;
	fields: string[];
}

/**
 * The Output fields of a resource.
 *
 * @param fields vendor's field names that can be chosen; dots reach into nested objects
 * @example
 * export const labelOutput: OutputShape<ChatwootClient> = {
 *   simplify: ({ id, title, color }) => ({ id: String(id), title: textOrNull(title), color: textOrNull(color) }),
 *   properties: outputProperties(['color', 'id', 'title']),
 * };
 */
export function outputProperties(fields: string[]): INodeProperties[] {
	return [
		{
			displayName: 'Output',
			name: 'output',
			type: 'options',
			options: [
				{
					name: 'Raw',
					value: 'raw',
					description: 'Everything the service answers, under its own names',
				},
				{
					name: 'Selected Fields',
					value: 'selected',
					description: 'Only the fields you choose, under the names of the service',
				},
				{
					name: 'Simplified',
					value: 'simplified',
					description: 'The fields people use, under names that are the same in every node of this package',
				},
			],
			default: 'simplified',
			description: 'How much of each record to output',
		},
		{
			displayName: 'Fields to Output',
			name: 'outputFields',
			type: 'multiOptions',
			displayOptions: { show: { output: ['selected'] } },
			options: [...fields].sort((a, b) => a.localeCompare(b, 'en')).map((value) => ({ name: value, value })),
			default: [],
			description: 'The fields to output, under the names of the service',
		},
	];
}

/**
 * A record of a list as a model gets it, whose owner pays for every word: without keys that say nothing (null, empty text,
 * empty lists and objects, at any depth). The short form has neither addresses nor the service's name, and one time, the
 * last, to the second; *Get* has them all.
 *
 * @example
 * forModelIn('simplified', { id: '7', email: null, tags: [], unread: 0, url: 'https://…' }); // { id: '7', unread: 0 }
 */
export function forModelIn(mode: OutputMode, record: IDataObject): IDataObject {
	if (mode === 'raw') return record;
	const lean = withoutEmptyKeys(record);
	if (mode === 'selected') return lean;
	const left = ['url', 'avatarUrl', 'platform', ...('lastActivityAt' in lean || 'updatedAt' in lean ? ['createdAt'] : [])];
	return Object.fromEntries(Object.entries(lean).filter(([key]) => !left.includes(key)).map(([key, value]) => [key, toTheSecond(value)])) as IDataObject;
}

const toTheSecond = (value: unknown) => (typeof value === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(value) ? `${value.slice(0, 19)}Z` : value);

const withoutEmptyKeys = (record: IDataObject): IDataObject =>
	Object.fromEntries(Object.entries(record).map(([key, value]) => [key, withoutEmpty(value)] as const).filter(([, value]) => !isEmpty(value))) as IDataObject;

function withoutEmpty(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(withoutEmpty);
	return value !== null && typeof value === 'object' && Object.getPrototypeOf(value) === Object.prototype ? withoutEmptyKeys(value as IDataObject) : value;
}

function isEmpty(value: unknown): boolean {
	if (value === null || value === undefined || value === '') return true;
	return Array.isArray(value) ? value.length === 0 : typeof value === 'object' && Object.getPrototypeOf(value) === Object.prototype && Object.keys(value).length === 0;
}

function valueAt(record: unknown, path: string): unknown {
	return path
		.split('.')
		.reduce<unknown>(
			(value, key) =>
				value !== null && typeof value === 'object' && Object.hasOwn(value, key)
					? (value as Record<string, unknown>)[key]
					: undefined,
			record,
		);
}

/** On the record itself, so that a copy of it has them, too. */
const remarks = Symbol('remarks');

type Remarked = { [remarks]?: IDataObject };

/**
 * Puts keys beside those of a record, whichever form of it the person chose: what an operation has to say of it.
 *
 * @param keys undefined takes a key away
 * @returns the record
 */
export function remark<Row extends object>(record: Row, keys: IDataObject): Row {
	(record as Remarked)[remarks] = Object.fromEntries(Object.entries({ ...(record as Remarked)[remarks], ...keys }).filter(([, value]) => value !== undefined));
	return record;
}

/** What {@link remark} has put beside a record. */
export const remarksOn = (record: object): IDataObject => (record as Remarked)[remarks] ?? {};

/**
 * Applies the person's choice of output to one record.
 *
 * @param record as the vendor answered it
 * @example
 * present({ id: 7, title: 'vip', color: '#f00' }, labelOutput, { mode: 'selected', fields: ['title'] }, client); // { title: 'vip' }
 */
export function present<Client>(
	record: IDataObject,
	shape: OutputShape<Client> | undefined,
	choice: OutputChoice,
	client: Client,
): IDataObject {
	const shown = shape ? chosen(record, shape, choice, client) : record;
	const keys = (record as Remarked)[remarks];
	if (!keys) return shown;
	const told: IDataObject & Remarked = { ...shown, ...keys };
	delete told[remarks];
	return told;
}

function chosen<Client>(record: IDataObject, shape: OutputShape<Client>, choice: OutputChoice, client: Client): IDataObject {
	if (choice.mode === 'raw') return record;
	if (choice.mode === 'simplified') return shape.simplify(record, client);
	const selected = choice.fields.map((path) => [path, valueAt(record, path)] as const).filter(([, value]) => value !== undefined);
	return Object.fromEntries(selected) as IDataObject;
}
