import type { IDataObject } from 'n8n-workflow';

import { path } from '../../../shared/http/httpClient';
import { isSamePhone, phoneKey, phoneSpellings } from '../../../shared/phone/compare';
import { readCountry } from '../../../shared/operation/country';
import type { Item } from '../../../shared/operation/item';
import type { KinboxClient } from '../../transport/client';

/** What tells contacts apart, with all spellings of the value; the first that is known counts. */
export type Match = Array<{ key: 'email' | 'externalId' | 'phone'; values: string[] }>;

/** The phone of an item in all its spellings, then its e-mail address; what is not filled in is left out. */
export function readPhoneThenEmail(item: Item): Match {
	const phone = item.phone('phone', readCountry(item))?.e164;
	const email = item.email('email');
	return [
		...(phone ? [{ key: 'phone' as const, values: phoneSpellings(phone).map((spelling) => spelling.slice(1)) }] : []),
		...(email ? [{ key: 'email' as const, values: [email] }] : []),
	];
}

/** Orders the writes that may concern one contact. */
export function matchKey([first]: Match): string {
	const value = first?.values[0] ?? '';
	return first?.key === 'phone' ? phoneKey(`+${value}`) : value.toLowerCase();
}

/**
 * The contacts with the first key that Kinbox knows.
 *
 * @param limit how many contacts of one key to look for
 */
export async function findContacts(match: Match, kinbox: KinboxClient, limit: number): Promise<IDataObject[]> {
	for (const { key, values } of match) {
		for (const value of values) {
			const { rows } = await kinbox.list('/contacts', { [key]: value }, { limit });
			if (rows.length) return rows;
		}
	}
	return [];
}

/** Writes what changes about a contact that was found, and gives it as it is then. */
export async function updateFound(found: IDataObject, body: IDataObject, kinbox: KinboxClient): Promise<IDataObject> {
	const { phone, ...rest } = body;
	// WhatsApp knows the spelling that Kinbox has; the other one would cut the contact off from its conversation.
	const change = phone === undefined || isSamePhone(phone, found.phone) ? rest : body;
	return Object.keys(change).length ? await kinbox.patch(path`/contacts/${String(found.id)}`, change) : found;
}
