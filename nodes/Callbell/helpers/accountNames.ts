import { objectOrEmpty } from '../../shared/values/read';
import type { CallbellClient } from '../transport/client';

export interface AccountCustomField {
	name: string;
	/** text, email, number, date, dropdown or checkbox. */
	type: string;
	/** What can be chosen in a dropdown or checkbox field. */
	options: string[];
}

/** What contacts show of an account's custom fields and tags. */
export interface AccountNames {
	fields: AccountCustomField[];
	tags: string[];
}

/**
 * The account's custom fields, and the tags in use. No call lists them, but contacts show them, the fields with types
 * and options (`include_field_types`); the most recent contacts are looked at.
 *
 * @param looked how many contacts
 */
export async function accountNames(callbell: CallbellClient, looked = 40): Promise<AccountNames> {
	const contacts = await callbell.list('/contacts', 'contacts', { include_field_types: true }, { limit: looked });
	const found = new Map<string, AccountCustomField>();
	const tags = new Set<string>();
	for (const contact of contacts) {
		for (const tag of Array.isArray(contact.tags) ? contact.tags : []) tags.add(String(tag));
		const types = objectOrEmpty(contact.customFieldsMetadata);
		for (const name of new Set([...Object.keys(types), ...Object.keys(objectOrEmpty(contact.customFields))])) {
			const { type, options } = objectOrEmpty(types[name]);
			const before = found.get(name);
			found.set(name, {
				name,
				type: typeof type === 'string' ? type : (before?.type ?? 'text'),
				options: Array.isArray(options) && options.length ? options.map(String) : (before?.options ?? []),
			});
		}
	}
	return { fields: [...found.values()], tags: [...tags] };
}

/** The fields of {@link accountNames}. */
export async function accountCustomFields(callbell: CallbellClient): Promise<AccountCustomField[]> {
	return (await accountNames(callbell)).fields;
}
