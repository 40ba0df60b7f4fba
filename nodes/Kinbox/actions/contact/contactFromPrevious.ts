import type { IDataObject } from 'n8n-workflow';

import type { ContactItem, WhenMissing } from '../../../shared/contact/source';
import { contactSource, previousNodeFields, readContactItem } from '../../../shared/contact/source';
import type { Item } from '../../../shared/operation/item';
import { habitsOf } from '../../../shared/operation/country';
import { matchFields, type AccountField } from '../../../shared/contact/customFields';
import { noteLeftOut, noteUnread } from '../../../shared/contact/leftOut';
import type { FieldKind, FieldOption } from '../../../shared/values/fieldValue';
import { wrapCustomFields } from '../../helpers/customFields';
import type { KinboxClient } from '../../transport/client';
import { table } from '../../../shared/values/table';

const choices: WhenMissing[] = ['fail', 'skip'];

/** Contact Data and what belongs to it. Kinbox's API makes no custom fields, so they cannot be created. */
export const contactSourceFields = [
	contactSource,
	...previousNodeFields(
		'What goes where: name → Name, phone → Phone, e-mail → Email, external ID → External ID, picture → Avatar URL, notes → Notes, custom fields → Custom Fields of the same name. '
		+ 'Kinbox contacts hold no tags. What you fill in below is sent instead; what you leave empty comes from the previous node.',
		choices,
	),
];

/** The item with its empty contact fields filled from the contact that it brings. */
export function readKinboxItem(item: Item): ContactItem {
	return readContactItem(
		item,
		({ name, phone, email, externalId, avatarUrl, notes }) => ({
			name, phone, email,
			additionalFields: Object.fromEntries(Object.entries({ externalId, avatar: avatarUrl, notes }).filter(([, value]) => value !== undefined)),
		}),
		{ name: 'name', phone: 'phone', email: 'email' },
		['contactId', 'name', 'phone', 'email'],
		choices,
	);
}

const kinds: Record<string, FieldKind> = table({
	boolean: 'boolean', date: 'day', datetime: 'time', day: 'text', decimal: 'number', json: 'json', 'multi-select': 'list', number: 'number', select: 'choice',
});

const fieldsOfAccounts = new WeakMap<KinboxClient, Promise<AccountField[]>>();

/** The account's custom fields for contacts, read once for a run. */
async function contactFieldsOf(kinbox: KinboxClient): Promise<AccountField[]> {
	let reading = fieldsOfAccounts.get(kinbox);
	if (!reading) {
		reading = kinbox.listAtOnce('/custom-fields').then((fields) => fields
			.filter(({ entity, isDeleted, isActive, placeholder }) => entity === 'contact' && !isDeleted && isActive !== false && placeholder)
			.map((field) => ({
				id: String(field.placeholder),
				names: [String(field.placeholder), String(field.name ?? '')],
				kind: kinds[String(field.type)] ?? 'text',
				options: optionsOf(field.options),
			})));
		fieldsOfAccounts.set(kinbox, reading);
		// What failed is asked again for the next item.
		reading.catch(() => fieldsOfAccounts.delete(kinbox));
	}
	return await reading;
}

// Kinbox gives the options as an array, sometimes as the text of one.
function optionsOf(value: unknown): FieldOption[] {
	let options = value;
	if (typeof value === 'string') {
		try {
			options = JSON.parse(value);
		} catch {
			return [];
		}
	}
	return (Array.isArray(options) ? (options as unknown[]) : [])
		.map((option) => (option !== null && typeof option === 'object' ? (option as IDataObject) : { value: option as string }))
		.filter((option) => option.value !== undefined && option.value !== null)
		.map((option) => ({ value: String(option.value), label: String(option.label ?? option.value) }));
}

/**
 * The contact's custom fields added to a body, under the placeholders of this account. Those of the body win. What
 * Kinbox cannot hold is noted.
 *
 * @throws NodeOperationError when a field is missing and the person chose to fail
 */
export async function withIncoming(body: IDataObject, { item, incoming, whenMissing }: ContactItem, kinbox: KinboxClient): Promise<IDataObject> {
	if (!incoming) return body;
	noteUnread(kinbox.http, incoming.unread);
	noteLeftOut(kinbox.http, item, 'Kinbox contacts hold no tags, so these were left out', incoming.tags.map((tag) => [tag, tag]), 'is a tag, and Kinbox contacts hold no tags');
	if (Object.keys(incoming.customFields).length + Object.keys(incoming.columns).length === 0) return body;
	const { values, missing, unfit, unused } = matchFields(incoming, await contactFieldsOf(kinbox), habitsOf(item));
	const names = missing.map(([name]) => name);
	if (names.length && whenMissing === 'fail') {
		throw item.refuse('whenMissing', `is 'Fail', and the Kinbox account has no custom field ${names.map((name) => `'${name}'`).join(', ')}`, 'Make it in Kinbox under Settings > Custom fields; its API cannot. Or choose to skip it.');
	}
	noteLeftOut(kinbox.http, item, 'The Kinbox account has no custom fields of these names, and its API makes none, so they were left out', missing, 'the Kinbox account has no custom field of this name');
	noteLeftOut(kinbox.http, item, 'The Kinbox custom fields of these names cannot hold the values, so they were left out', unfit, '');
	noteLeftOut(kinbox.http, item, 'These columns are no custom fields in Kinbox, so they were left out', unused, 'is no custom field in Kinbox');
	return Object.keys(values).length ? { ...body, customFields: { ...wrapCustomFields(values), ...(body.customFields as IDataObject | undefined) } } : body;
}
