import type { IDataObject, INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import type { Item } from '../operation/item';
import type { IncomingContact } from './incoming';
import { beginLeftOut, type LeftOut } from '../operation/leftOut';
import { isNothing, plainValue } from '../values/plain';
import { nobody, readIncomingContact } from './incoming';
import { listOfPeople } from './places';

/** What becomes of tags and custom fields that the service does not have. */
export type WhenMissing = 'create' | 'fail' | 'skip';

const previousNode = { contactSource: ['previousNode'] };

/** Where the contact's data come from; the first field of every create and update. */
export const contactSource: INodeProperties = {
	displayName: 'Contact Data',
	name: 'contactSource',
	type: 'options',
	noDataExpression: true,
	options: [
		{ name: 'Define Below', value: 'defineBelow', description: 'Only the fields that are filled in below are sent' },
		{ name: 'From Previous Node', value: 'previousNode', description: 'Takes the contact of each item as it comes: from another node of this package, a form, a webhook or a spreadsheet' },
	],
	default: 'defineBelow',
	description: 'Whether to fill in the fields, or to take over the contact that the previous node gives',
};

const missingOptions: Record<WhenMissing, INodePropertyOptions> = {
	create: { name: 'Create It', value: 'create', description: 'Make the tag or field first' },
	fail: { name: 'Fail', value: 'fail', description: 'The item fails, and nothing of it is sent' },
	skip: { name: 'Skip It', value: 'skip', description: 'Leave it out, and say so beside the output' },
};

/**
 * The fields of "From Previous Node".
 *
 * @param whatGoesWhere tells people which part of the contact becomes which field
 * @param choices what the service can do about missing tags and fields
 */
export function previousNodeFields(whatGoesWhere: string, choices: WhenMissing[]): INodeProperties[] {
	return [
		{
			displayName: whatGoesWhere,
			name: 'contactMapping',
			type: 'notice',
			default: '',
			displayOptions: { show: previousNode },
		},
		{
			displayName: 'When a Tag or Field Is Missing',
			name: 'whenMissing',
			type: 'options',
			options: choices.map((choice) => missingOptions[choice]).sort((a, b) => a.name.localeCompare(b.name, 'en')),
			default: 'skip',
			displayOptions: { show: previousNode },
			description: 'What to do with a tag or custom field of the contact that the account does not have. Names are compared without case, accents and spaces.',
		},
	];
}

/**
 * A field that has to be filled in, unless the previous node brings its value: n8n itself refuses empty required fields.
 *
 * @param description of the field when the previous node may fill it
 */
export function requiredUnlessIncoming(property: INodeProperties, description = property.description): INodeProperties[] {
	const show = property.displayOptions?.show;
	const optional = { ...property };
	delete optional.required;
	return [
		{ ...property, required: true, displayOptions: { show: { ...show, contactSource: ['defineBelow'] } } },
		{ ...optional, description, displayOptions: { show: { ...show, ...previousNode } } },
	];
}

/** An item whose empty fields are filled from the contact that it brings. */
export interface ContactItem {
	item: Item;
	/** Undefined when the fields alone count. */
	incoming?: IncomingContact;
	whenMissing: WhenMissing;
}

/**
 * Reads where the contact comes from.
 *
 * @param fieldsOf the contact as values of this operation's fields
 * @param origins field name to part of the contact, for what is said about refused values
 * @param enough fields with which an item without a contact will do
 * @param choices what the service can do about missing tags and fields
 * @throws NodeOperationError when the item brings no contact and none of `enough` is filled in
 */
export function readContactItem(
	item: Item,
	fieldsOf: (contact: IncomingContact) => IDataObject,
	origins: Partial<Record<string, keyof IncomingContact['origins']>>,
	enough: string[],
	choices: WhenMissing[],
): ContactItem {
	const mode = item.choice('contactSource', ['defineBelow', 'previousNode'] as const) ?? 'defineBelow';
	if (mode === 'defineBelow') return { item, whenMissing: (item.has('whenMissing') ? item.choice('whenMissing', choices) : undefined) ?? 'fail' };
	const incoming = readIncomingContact(item.json);
	if (!incoming && !enough.some((name) => item.has(name) && isFilledIn(item.raw(name)))) {
		const people = listOfPeople(item.json);
		throw people
			? item.refuse('contactSource', `is 'From Previous Node', but the item has ${people.count} contacts under '${people.path}'`, `Put the node 'Split Out' with the field '${people.path}' before this one, so that each contact is an item of its own.`)
			: item.refuse('contactSource', "is 'From Previous Node', but the item has no contact", `A name, a phone or an e-mail address is expected at the top of the item or under 'contact'. ${whatIsThere(item.json)} Fill in the fields below by dragging, or change the node before.`);
	}
	const contact: IncomingContact = incoming ?? nobody();
	beginLeftOut(item, contact.unread);
	return {
		item: item.prefilled(fieldsOf(contact), Object.fromEntries(Object.entries(origins).map(([name, part]) => [name, part && contact.origins[part]])), whyNotRead(contact.unread)),
		incoming: contact,
		whenMissing: item.choice('whenMissing', choices) ?? 'skip',
	};
}

/** What the reading of the contact could not take, in one sentence. */
function whyNotRead(unread: LeftOut[]): string {
	const first = unread.slice(0, 4).map(({ column, reason }) => `'${column.slice(0, 40)}' ${reason}`);
	return first.length ? `Of the previous node's columns, ${first.join('; ')}.` : '';
}

/** The first columns of an item, and why they are not taken. */
function whatIsThere(json: IDataObject): string {
	const columns = Object.entries(json).slice(0, 8).map(([key, value]) => {
		const name = key.slice(0, 40);
		if (isNothing(value)) return `${name} (empty)`;
		return plainValue(value) === undefined ? `${name} (${Array.isArray(value) ? 'a list' : 'an object'})` : name;
	});
	return `The item has ${columns.length ? columns.join(', ') : 'no data'}.`;
}

/** Whether a field of text, or a locator, has something in it. */
export function isFilledIn(value: unknown): boolean {
	const inner: unknown = value !== null && typeof value === 'object' && 'value' in value ? value.value : value;
	return inner !== undefined && inner !== null && !(typeof inner === 'string' && inner.trim() === '');
}
