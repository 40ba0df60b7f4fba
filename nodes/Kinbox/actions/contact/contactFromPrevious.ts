import type { IDataObject } from 'n8n-workflow';

import type { ContactItem, WhenMissing } from '../../../shared/contact/source';
import { contactSource, isFilledIn, previousNodeFields, readContactItem } from '../../../shared/contact/source';
import type { Item } from '../../../shared/operation/item';
import { objectOrEmpty } from '../../../shared/values/read';
import { habitsOf } from '../../../shared/operation/country';
import { matchFields } from '../../../shared/contact/customFields';
import { noteLeftOut, noteUnread } from '../../../shared/contact/leftOut';
import { accountFields, withFittingFields } from '../../helpers/accountFields';
import { wrapCustomFields } from '../../helpers/customFields';
import type { KinboxClient } from '../../transport/client';

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

/**
 * The contact's custom fields added to a body, under the placeholders of this account, and those of the body in the account's form. These win. What
 * Kinbox cannot hold is noted.
 *
 * @throws NodeOperationError when a field is missing and the person chose to fail
 */
export async function withIncoming(written: IDataObject, { item, incoming, whenMissing }: ContactItem, kinbox: KinboxClient): Promise<IDataObject> {
	const body = await withFittingFields(kinbox, 'contact', written, item);
	if (!incoming) return body;
	noteUnread(kinbox.http, incoming.unread);
	noteLeftOut(kinbox.http, item, 'Kinbox contacts hold no tags, so these were left out', incoming.tags.map((tag) => [tag, tag]), 'is a tag, and Kinbox contacts hold no tags');
	if (Object.keys(incoming.customFields).length + Object.keys(incoming.columns).length === 0) return body;
	const { values, missing, unfit, unused } = matchFields(incoming, await accountFields(kinbox, 'contact'), habitsOf(item));
	const names = missing.map(([name]) => name);
	if (names.length && whenMissing === 'fail') {
		throw item.refuse('whenMissing', `is 'Fail', and the Kinbox account has no custom field ${names.map((name) => `'${name}'`).join(', ')}`, 'Make it in Kinbox under Settings > Custom fields; its API cannot. Or choose to skip it.');
	}
	noteLeftOut(kinbox.http, item, 'The Kinbox account has no custom fields of these names, and its API makes none, so they were left out', missing, 'the Kinbox account has no custom field of this name');
	noteLeftOut(kinbox.http, item, 'The Kinbox custom fields of these names cannot hold the values, so they were left out', unfit, '');
	noteLeftOut(kinbox.http, item, 'These columns are no custom fields in Kinbox, so they were left out', unused, 'is no custom field in Kinbox');
	return Object.keys(values).length ? { ...body, customFields: { ...wrapCustomFields(values), ...(body.customFields as IDataObject | undefined) } } : body;
}

/**
 * The contact of Kinbox that the item brings, whatever it is known by.
 *
 * @returns undefined when somebody typed a phone or an e-mail address: then these tell who is meant
 */
export function readOwnContact(written: Item, { incoming }: ContactItem): OwnRecord | undefined {
	if (!incoming || ['phone', 'email'].some((name) => written.has(name) && isFilledIn(written.raw(name)))) return undefined;
	for (const { id, platform, createdAt } of [written.json, objectOrEmpty(written.json.contact)]) {
		if (platform === 'kinbox' && /^[1-9]\d{0,17}$/.test(String(id)) && typeof createdAt === 'string') return { id: String(id), createdAt };
	}
	return undefined;
}

/** A contact of Kinbox as a node of this package gave it; Kinbox shows no address, but when it was made. */
export interface OwnRecord {
	id: string;
	createdAt: string;
}
