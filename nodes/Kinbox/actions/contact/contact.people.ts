import type { IDataObject } from 'n8n-workflow';

import type { ListStart, PeopleSource } from '../../../shared/contact/lookUp';
import type { PersonKey, PersonKeys } from '../../../shared/contact/samePerson';
import { isSameValue, personKeys } from '../../../shared/contact/samePerson';
import { phoneSpellings } from '../../../shared/phone/compare';
import { objectOrEmpty, recordsOf } from '../../../shared/values/read';
import { isSameJson } from '../../../shared/values/difference';
import type { KinboxClient } from '../../transport/client';
import { unwrapCustomFields } from '../../helpers/customFields';

/** Kinbox's names of what tells people apart. */
export const fieldNames = { phone: 'phone', email: 'email', identifier: 'externalId' } as const;

/** What a contact, or a body of one, is known by. */
export function keysOf(contact: IDataObject): PersonKeys {
	const filled = personKeys.map((key) => [key, contact[fieldNames[key]]] as const).filter(([, value]) => (typeof value === 'string' || typeof value === 'number') && value !== '');
	return Object.fromEntries(filled.map(([key, value]) => [key, key === 'phone' ? `+${String(value).replace(/\D/g, '')}` : String(value)]));
}

/** "contact 7 (Ana)". */
export function nameOf({ id, name }: IDataObject): string {
	return `contact ${String(id)}${name ? ` (${String(name)})` : ''}`;
}

/** Contacts on a page of v3: the most it allows. */
const pageSize = 500;
/** The search may be looser than asked; more hits than this are not looked through. */
const hits = 50;
/** Pages of the list that are read at the same time. */
const pagesAtOnce = 4;

/** Finds contacts one value at a time, or by reading all of them. */
export function peopleOf(kinbox: KinboxClient): PeopleSource {
	return {
		idOf: (contact) => String(contact.id ?? contact._id),
		keysOf,
		peopleAtOnce: 1,
		listPage: pageSize,
		async find(people) {
			const found: IDataObject[] = [];
			for (const keys of people) for (const key of personKeys) if (keys[key] !== undefined) found.push(...await search(kinbox, key, keys[key]));
			return found;
		},
		// The older generation pages by cursor and does not tell how many contacts there are.
		...(kinbox.generation === 'v3' ? { list: async () => await listOf(kinbox) } : {}),
	};
}

/** The contacts with a value; the other spelling of a phone is asked for when nobody has the given one. */
async function search(kinbox: KinboxClient, key: PersonKey, value: string): Promise<IDataObject[]> {
	for (const spelling of key === 'phone' ? phoneSpellings(value) : [value]) {
		const { rows } = await kinbox.list('/contacts', { [fieldNames[key]]: key === 'phone' ? spelling.slice(1) : spelling }, { limit: hits });
		const found = rows.filter((row) => isSameValue(key, keysOf(row)[key] ?? '', value));
		if (found.length) return found;
	}
	return [];
}

async function listOf(kinbox: KinboxClient): Promise<ListStart> {
	const page = async (offset: number) => {
		const answer = await kinbox.get<IDataObject>('/contacts', { limit: pageSize, offset });
		return { rows: recordsOf(answer.data), total: typeof answer.totalCount === 'number' ? answer.totalCount : undefined };
	};
	const first = await page(0);
	return {
		rows: first.rows,
		requestsLeft: first.total === undefined ? undefined : Math.max(0, Math.ceil((first.total - first.rows.length) / pageSize)),
		async rest() {
			const rows = [...first.rows];
			let total = first.total ?? 0;
			for (let offset = pageSize; offset < total; offset += pageSize * pagesAtOnce) {
				const offsets = Array.from({ length: pagesAtOnce }, (_, index) => offset + index * pageSize).filter((start) => start < total);
				for (const answer of await Promise.all(offsets.map(page))) {
					rows.push(...answer.rows);
					total = Math.max(total, answer.total ?? 0);
				}
			}
			// Whoever was created or deleted meanwhile moves the others: somebody may have been skipped.
			return new Set(rows.map(({ id, _id }) => id ?? _id)).size >= total ? rows : undefined;
		},
	};
}

/**
 * What of a body a contact does not have yet; empty when nothing has to be written. WhatsApp knows the spelling of a
 * phone that Kinbox has; the other one would cut the contact off from its conversation.
 */
export function differenceTo(contact: IDataObject, body: IDataObject): IDataObject {
	return Object.fromEntries(Object.entries(body).filter(([key, value]) => {
		const own = contact[key];
		switch (key) {
			case 'phone': return !isSameValue('phone', String(own ?? ''), String(value));
			case 'email': return !isSameValue('email', String(own ?? ''), String(value));
			case 'customFields': {
				const [wanted, has] = [unwrapCustomFields(value), unwrapCustomFields(own)];
				return Object.keys(wanted).some((field) => !isSameJson(wanted[field], has[field]));
			}
			case 'crmData':
			case 'CustomerCustomField': return Object.entries(objectOrEmpty(value)).some(([field, wanted]) => !isSameJson(wanted, objectOrEmpty(own)[field]));
			default: return !isSameJson(value, own);
		}
	}));
}
