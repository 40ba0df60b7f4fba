import type { IDataObject } from 'n8n-workflow';

import type { PeopleSource } from '../../../shared/contact/lookUp';
import type { PersonKey, PersonKeys } from '../../../shared/contact/samePerson';
import { personKeys } from '../../../shared/contact/samePerson';
import { phoneSpellings } from '../../../shared/phone/compare';
import type { AccountClient } from '../../transport/client';
import { rowsIn } from '../../transport/answers';

/** Chatwoot's fields of which no two contacts of an account can have the same. */
export const uniqueFields = { phone: 'phone_number', email: 'email', identifier: 'identifier' } as const;
export type UniqueField = (typeof uniqueFields)[PersonKey];

/** What a contact, or a body of one, is known by. */
export function keysOf(contact: IDataObject): PersonKeys {
	const filled = personKeys.map((key) => [key, contact[uniqueFields[key]]] as const).filter(([, value]) => typeof value === 'string' && value !== '');
	return Object.fromEntries(filled) as PersonKeys;
}

/** "contact 7 (Ana)". */
export function nameOf({ id, name }: IDataObject): string {
	return `contact ${String(id)}${name ? ` (${String(name)})` : ''}`;
}

/** One condition of `filterContacts`. */
export interface Condition {
	attribute_key: string;
	values: string[];
}

/** Rows on a page of the filter. */
const filterPage = 15;

/** How many people one filter asks about: two pages of people who are there, one answer for new ones. The server was tried with 200 conditions. */
export const peopleInAFilter = 30;

/**
 * The contacts that fulfil one of several lists of conditions, on all pages.
 *
 * @param alternatives lists of conditions that have to be true together; AND binds tighter than OR on the server
 */
export async function filterContacts(account: AccountClient, alternatives: Condition[][], withInboxes = false): Promise<IDataObject[]> {
	if (alternatives.length === 0) return [];
	const { rows, total } = await filterOnce(account, alternatives, withInboxes);
	if (total === undefined || rows.length >= total || alternatives.length === 1) return rows;
	// Contacts of one moment have no order of their own, so a page may lose some; smaller questions need no second page.
	const half = Math.ceil(alternatives.length / 2);
	const found = [
		...await filterContacts(account, alternatives.slice(0, half), withInboxes),
		...await filterContacts(account, alternatives.slice(half), withInboxes),
	];
	return [...new Map(found.map((row) => [row.id, row])).values()];
}

async function filterOnce(account: AccountClient, alternatives: Condition[][], withInboxes: boolean): Promise<{ rows: IDataObject[]; total?: number }> {
	let total: number | undefined;
	const { rows } = await account.collect(async (page) => {
		const answer = await filterPageOf(account, alternatives, withInboxes, page);
		total = answer.total;
		return { ...answer, last: total !== undefined && page * filterPage >= total };
	}, filterPage);
	return { rows, total };
}

/** One page of a filter, and how many contacts there are on all of them. */
async function filterPageOf(account: AccountClient, alternatives: Condition[][], withInboxes: boolean, page = 1): Promise<{ rows: IDataObject[]; total?: number }> {
	const payload = alternatives.flatMap((conditions, alternative) => conditions.map(({ attribute_key, values }, index) => {
		const isLast = alternative === alternatives.length - 1 && index === conditions.length - 1;
		return { attribute_key, filter_operator: 'equal_to', values, ...(isLast ? {} : { query_operator: index < conditions.length - 1 ? 'AND' : 'OR' }) };
	}));
	const answer = await account.postAgain<IDataObject>('/contacts/filter', { payload }, {
		sort: 'created_at', include_contact_inboxes: withInboxes, ...(page > 1 ? { page } : {}),
	});
	const count = (answer.meta as IDataObject | undefined)?.count;
	return { rows: rowsIn(answer), total: typeof count === 'number' ? count : undefined };
}

/** The conditions under which a filter finds a person, whichever key it has. */
export function conditionsOf({ phone, email, identifier }: PersonKeys): Condition[] {
	return [
		...(phone === undefined ? [] : phoneSpellings(phone).map((spelling) => ({ attribute_key: 'phone_number', values: [spelling] }))),
		...(email === undefined ? [] : [{ attribute_key: 'email', values: [email.toLowerCase()] }]),
		...(identifier === undefined ? [] : [{ attribute_key: 'identifier', values: [identifier] }]),
	];
}

/** Finds contacts by one filter for many people. */
export function peopleOf(account: AccountClient, withInboxes = false): PeopleSource {
	return {
		idOf: (contact) => String(contact.id),
		keysOf,
		peopleAtOnce: peopleInAFilter,
		find: async (people) => await filterContacts(account, people.flatMap(conditionsOf).map((condition) => [condition]), withInboxes),
	};
}

/** The condition that finds a known contact again, as Chatwoot keeps it; undefined for one without any key. */
export function exactCondition(contact: IDataObject): Condition | undefined {
	for (const key of personKeys) {
		const value = contact[uniqueFields[key]];
		if (typeof value === 'string' && value !== '') return { attribute_key: uniqueFields[key], values: [value] };
	}
	return undefined;
}
