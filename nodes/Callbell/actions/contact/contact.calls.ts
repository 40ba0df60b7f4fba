import type { IDataObject } from 'n8n-workflow';

import type { QueryValue } from '../../../shared/http/httpClient';
import { path } from '../../../shared/http/httpClient';
import type { Place } from '../../../shared/operation/lostWrites';
import { entriesOf, listWith } from '../../../shared/operation/lostWrites';
import type { CallbellClient } from '../../transport/client';
import { contactIn } from '../../transport/client';

/** The tags a contact has with more of them, each once. */
export function withTags(tags: unknown, added: string[]): string[] {
	return [...new Set([...(Array.isArray(tags) ? tags.map(String) : []), ...added])];
}

/**
 * Contacts that fit the filters. Callbell ignores the case of tags and does not say how it combines several, so it
 * is asked for one tag at a time, and the tags of each contact are looked at again.
 */
export async function findContacts(callbell: CallbellClient, { tags, match, ignoreCase, query }: ContactFilters, limit?: number): Promise<IDataObject[]> {
	const spelled = (tag: unknown) => (ignoreCase ? String(tag).toLowerCase() : String(tag));
	const wanted = tags.map(spelled);
	const keep = (contact: IDataObject) => {
		const has = new Set((Array.isArray(contact.tags) ? contact.tags : []).map(spelled));
		return match === 'all' ? wanted.every((tag) => has.has(tag)) : wanted.some((tag) => has.has(tag));
	};
	// In one query value commas separate tags, so a tag with a comma is found by looking through all contacts.
	const asked = tags.some((tag) => tag.includes(',')) ? [] : match === 'all' ? tags.slice(0, 1) : tags;
	const lists: IDataObject[][] = [];
	for (const tag of asked.length ? asked : [undefined]) {
		lists.push(await callbell.list('/contacts', 'contacts', { ...query, tags: tag }, { limit, ...(wanted.length ? { keep } : {}) }));
	}
	const found = new Map(lists.flat().map((contact) => [contact.uuid ?? contact, contact]));
	return [...found.values()].slice(0, limit);
}

export interface ContactFilters {
	tags: string[];
	match: 'all' | 'any';
	ignoreCase: boolean;
	query: Record<string, QueryValue>;
}

/** The tags that a contact has. */
export const tagsIn = (contact: IDataObject | undefined): string[] => (Array.isArray(contact?.tags) ? contact.tags.map(String) : []);

/** The tags of a contact, to be looked at once more after the last item. */
export function tagsAt(callbell: CallbellClient, uuid: string): Place {
	const address = path`/contacts/${uuid}`;
	return {
		record: `contact ${uuid}`,
		field: 'Tags',
		read: async () => entriesOf(tagsIn(contactIn(await callbell.get(address)))),
		write: async (missing, current) => await callbell.patch(address, { tags: listWith(current, missing) }),
		show: (current) => ({ tags: Object.keys(current) }),
	};
}
