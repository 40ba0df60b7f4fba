import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { listIn } from '../../../shared/descriptions/mapper';
import type { Item } from '../../../shared/operation/item';
import { objectOrEmpty } from '../../../shared/values/read';
import { localTimeToUtc, zoneOffset } from '../../../shared/values/time';
import { teamLocator } from '../../descriptions/locators';
import type { WhenTagMissing } from '../../helpers/tags';
import { lengthOf, plainValue } from '../../../shared/values/plain';

/** Callbell keeps this many characters of a contact's note. */
export const noteLength = 1000;

export const botCommands = ['bot_start', 'bot_end'] as const;

export const tagsField: INodeProperties = {
	displayName: 'Tags',
	name: 'tags',
	type: 'string',
	typeOptions: { multipleValues: true, multipleValueButtonText: 'Add Tag' },
	default: [],
	placeholder: 'e.g. Interested',
	description: 'Names of tags, in any spelling. They must exist in Callbell under Settings > Tags: its API does not create them.',
};

/** What becomes of tags that the account does not have. */
export const whenTagMissing: INodeProperties = {
	displayName: 'When a Tag Is Missing',
	name: 'whenMissing',
	type: 'options',
	options: [
		{ name: 'Fail', value: 'fail', description: 'The item fails, and nothing of it is written' },
		{ name: 'Skip It', value: 'skip', description: 'Leave it out, and say so in the item' },
	],
	default: 'fail',
	description: 'What to do with a tag that the account does not have. Names are compared without case, accents, spaces and signs.',
};

/** The same where the contact may come from the previous node, which has a choice of its own. */
export const whenTypedTagMissing: INodeProperties = { ...whenTagMissing, displayOptions: { show: { contactSource: ['defineBelow'] } } };

export const readWhenTagMissing = (item: Item): WhenTagMissing => item.choice('whenMissing', ['fail', 'skip'] as const) ?? 'fail';

export const customFieldsMapper: INodeProperties = {
	displayName: 'Custom Fields',
	name: 'customFields',
	type: 'resourceMapper',
	default: { mappingMode: 'defineBelow', value: null },
	noDataExpression: true,
	description: "The account's own contact fields. Only those with a value are sent. Several choices of a field are separated by commas.",
	typeOptions: {
		resourceMapper: {
			resourceMapperMethod: 'contactCustomFields',
			mode: 'add',
			valuesLabel: 'Custom Fields',
			fieldWords: { singular: 'custom field', plural: 'custom fields' },
			addAllFields: true,
			supportAutoMap: false,
			noFieldsError: "No contact of the account shows custom fields yet. Use 'Custom Fields by Name' under Additional Fields.",
		},
	},
};

export const assignedUserField: INodeProperties = {
	displayName: 'Assigned User Email',
	name: 'assignedUser',
	type: 'string',
	default: '',
	placeholder: 'e.g. name@email.com',
	description: 'E-mail address of the user to assign; must be a confirmed user of the account',
};

export const botField: INodeProperties = {
	displayName: 'Bot',
	name: 'botStatus',
	type: 'options',
	options: [
		{ name: 'Start', value: 'bot_start', description: 'The bot answers this contact' },
		{ name: 'Stop', value: 'bot_end', description: 'The bot stays silent for this contact' },
	],
	default: 'bot_end',
	description: 'Whether the bot of the account answers this contact',
};

export const customFieldsByName: INodeProperties = {
	displayName: 'Custom Fields by Name',
	name: 'customFieldsByName',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	placeholder: 'Add Custom Field',
	default: {},
	description: 'Custom fields with their names typed in. They must exist in Callbell under Settings > Custom fields.',
	options: [
		{
			displayName: 'Field',
			name: 'field',
			values: [
				{
					displayName: 'Name',
					name: 'name',
					type: 'string',
					default: '',
					placeholder: 'e.g. Billing Address',
					description: 'The name of the custom field as Callbell shows it',
				},
				{
					displayName: 'Value',
					name: 'value',
					type: 'string',
					default: '',
					placeholder: 'e.g. Main Street 1',
					description: 'The value; several values of a checkbox field are separated by commas',
				},
				{
					displayName: 'Is Checkbox Field',
					name: 'isList',
					type: 'boolean',
					default: false,
					description: 'Whether the custom field is of the checkbox type, which takes several values',
				},
			],
		},
	],
};

export const customFieldsJson: INodeProperties = {
	displayName: 'Custom Fields (JSON)',
	name: 'customFieldsJson',
	type: 'json',
	default: '{}',
	description: 'For custom fields that come from earlier nodes: an object of name and value, such as {"Billing Address": "Main Street 1"}',
};

export const noteField: INodeProperties = {
	displayName: 'Note',
	name: 'note',
	type: 'string',
	typeOptions: { rows: 3 },
	default: '',
	placeholder: 'e.g. Prefers morning deliveries',
	description: 'The one free text of the contact, up to 1000 characters; not a note in the conversation',
};

export const teamField: INodeProperties = { ...teamLocator, description: 'The team inbox that the contact goes to' };

/**
 * The fields that create, create or update, and update share, as the body of `ContactCreate` and
 * `ContactUpdate`. What is not filled in is left out.
 */
export function readContactFields(item: Item): IDataObject {
	const extra = item.collection('additionalFields');
	const custom = readCustomFieldValues(item);
	const tags = item.list('tags');
	const note = extra.text('note');
	if (note !== undefined && lengthOf(note) > noteLength) {
		throw item.refuseLabel('Note', `has more than ${noteLength} characters`, `Shorten it; Callbell keeps ${noteLength} characters.`);
	}
	const body = {
		name: item.text('name'),
		tags: tags?.length ? tags : undefined,
		custom_fields: Object.keys(custom).length ? custom : undefined,
		assigned_user: extra.email('assignedUser'),
		team_uuid: extra.locator('teamId'),
		bot_status: extra.choice('botStatus', botCommands),
		note,
	};
	return withoutUndefined(body);
}

export function withoutUndefined(body: Record<string, unknown>): IDataObject {
	return Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined)) as IDataObject;
}

/** All three ways to give custom fields; a name given twice takes the value of the last. */
function readCustomFieldValues(item: Item): IDataObject {
	const extra = item.collection('additionalFields');
	const schema = objectOrEmpty(item.raw('customFields')).schema;
	const types = new Map((Array.isArray(schema) ? schema : []).map((field) => [String((field as IDataObject).id), (field as IDataObject).type]));
	const values: Array<[string, unknown]> = Object.entries(item.mapped('customFields', { days: true }) ?? {})
		.map(([name, value]) => [name, customFieldValue(item, name, value, types.get(name))]);
	for (const row of extra.rows('customFieldsByName', 'field')) {
		const value = row.boolean('isList') || Array.isArray(row.raw('value')) ? row.list('value') : row.text('value');
		if (value !== undefined) values.push([row.required('name'), value]);
	}
	for (const [name, given] of Object.entries(extra.object('customFieldsJson') ?? {})) {
		const value = plainValue(given) ?? given;
		if (value !== null && value !== undefined) values.push([name, customFieldValue(item, name, value, undefined)]);
	}
	return Object.fromEntries(values) as IDataObject;
}

/** Whether custom fields are given in a way that knows neither their names nor their types. */
export function hasLooseFields(item: Item): boolean {
	const extra = item.collection('additionalFields');
	return extra.rows('customFieldsByName', 'field').length > 0 || Object.keys(extra.object('customFieldsJson') ?? {}).length > 0;
}

/** Callbell takes text for every type but checkbox, which takes a list of texts; dates as YYYY-MM-DD. */
function customFieldValue(item: Item, name: string, value: unknown, type: unknown): string | string[] {
	if (Array.isArray(value)) return value.map(String);
	if (type === 'array') return listIn(String(value));
	const day = type === 'dateTime' || (value !== null && typeof value === 'object') ? dayOf(value, item.timezone()) : undefined;
	if (day !== undefined) return day;
	if (type === 'dateTime') throw item.refuseLabel(name, 'is not a date', 'Pick a date, or give one such as 2026-12-24.');
	if (value !== null && typeof value === 'object') throw item.refuseLabel(name, 'is an object, not text', 'Give one text value, or a list of texts for a checkbox field.');
	return String(value);
}

/** The day of a date in the workflow's time zone, as YYYY-MM-DD. */
function dayOf(value: unknown, timezone: string): string | undefined {
	if (typeof value === 'string' && /^\d{4}-\d\d-\d\d(T[\d:.]+)?$/.test(value.trim())) return value.trim().slice(0, 10);
	const millis = value instanceof Date
		? value.getTime()
		: value !== null && typeof value === 'object' && 'toMillis' in value && typeof value.toMillis === 'function'
			? Number(value.toMillis())
			: Date.parse(localTimeToUtc(String(value), timezone) ?? '');
	return Number.isFinite(millis) ? new Date(millis + zoneOffset(millis, timezone)).toISOString().slice(0, 10) : undefined;
}

export const includeFieldTypes: INodeProperties = {
	displayName: 'Include Field Types',
	name: 'includeFieldTypes',
	type: 'boolean',
	default: false,
	description: 'Whether to get the types and options of the custom fields too (customFieldsMetadata in the raw output); values then have their types',
};
