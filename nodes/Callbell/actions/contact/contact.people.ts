import type { IDataObject } from 'n8n-workflow';

import type { ListStart, PeopleSource } from '../../../shared/contact/lookUp';
import type { PersonKeys } from '../../../shared/contact/samePerson';
import { isSameJson } from '../../../shared/values/difference';
import { objectOrEmpty, recordsOf } from '../../../shared/values/read';
import type { CallbellClient } from '../../transport/client';
import { lastPage } from '../../transport/client';
import { readCustomFields } from './contact';

/** Contacts on a page. */
const pageSize = 20;
/** Pages of the list that are read at the same time. */
const pagesAtOnce = 8;

/**
 * Finds the WhatsApp contacts of a channel, one phone at a time, or by reading all contacts.
 *
 * @param channelId without it the main WhatsApp channel, as Callbell looks there
 */
export function peopleOf(callbell: CallbellClient, channelId?: string): PeopleSource {
	// Callbell's own word counts where it does not show the phone.
	const found = new Map<string, string>();
	return {
		idOf: ({ uuid }) => String(uuid),
		keysOf: ({ uuid, phoneNumber }): PersonKeys => {
			const phone = typeof phoneNumber === 'string' && phoneNumber !== '' ? `+${phoneNumber.replace(/\D/g, '')}` : found.get(String(uuid));
			return phone === undefined ? {} : { phone };
		},
		peopleAtOnce: 1,
		listPage: pageSize,
		async find(people) {
			const contacts: IDataObject[] = [];
			for (const { phone } of people) {
				const contact = phone === undefined ? undefined : await callbell.contactByPhone(phone, channelId);
				if (!contact) continue;
				found.set(String(contact.uuid), phone!);
				contacts.push(contact);
			}
			return contacts;
		},
		list: async () => await listOf(callbell, channelId),
	};
}

/** @returns undefined where the list does not say on which channel a contact is */
async function listOf(callbell: CallbellClient, channelId?: string): Promise<ListStart | undefined> {
	const page = async (number: number) => {
		const answer = await callbell.get('/contacts', { source: 'whatsapp', page: number });
		const pages = objectOrEmpty(answer.meta).pages;
		return { rows: recordsOf(answer.contacts), pages: typeof pages === 'number' ? pages : undefined };
	};
	const ours = (rows: IDataObject[]) => rows.filter(({ channel }) => (channelId === undefined ? objectOrEmpty(channel).main === true : objectOrEmpty(channel).uuid === channelId));
	const tells = (rows: IDataObject[]) => rows.every(({ channel }) => typeof objectOrEmpty(channel)[channelId === undefined ? 'main' : 'uuid'] === (channelId === undefined ? 'boolean' : 'string'));
	const first = await page(1);
	if (!tells(first.rows)) return undefined;
	return {
		rows: ours(first.rows),
		requestsLeft: first.pages === undefined || first.pages > lastPage ? undefined : Math.max(0, first.pages - 1),
		async rest() {
			const all = new Map<unknown, IDataObject>();
			const take = (rows: IDataObject[]) => rows.filter((row) => !all.has(row.uuid) && all.set(row.uuid, row)).length;
			take(first.rows);
			for (let number = 2; number <= first.pages!; number += pagesAtOnce) {
				const numbers = Array.from({ length: pagesAtOnce }, (_, index) => number + index).filter((one) => one <= first.pages!);
				for (const { rows } of await Promise.all(numbers.map(page))) take(rows);
			}
			// Who became active meanwhile has moved to the front.
			for (let number = 1; number <= first.pages!; number += 1) {
				const { rows } = await page(number);
				if (take(rows) === 0) break;
			}
			const rows = [...all.values()];
			return tells(rows) ? ours(rows) : undefined;
		},
	};
}

/** What of a body a contact does not have yet; empty when nothing has to be written. Whether the bot answers is not shown, so it is always written. */
export function differenceTo(contact: IDataObject, body: IDataObject): IDataObject {
	const customFields = readCustomFields(contact);
	return Object.fromEntries(Object.entries(body).filter(([key, value]) => {
		switch (key) {
			case 'tags': return !isSameJson([...new Set(value as string[])].sort(), [...new Set(Array.isArray(contact.tags) ? contact.tags.map(String) : [])].sort());
			case 'custom_fields': return Object.entries(objectOrEmpty(value)).some(([label, wanted]) => !isSameJson(wanted, customFields[label]));
			case 'assigned_user': return String(value).toLowerCase() !== String(contact.assignedUser ?? '').toLowerCase();
			case 'team_uuid': return value !== objectOrEmpty(contact.team).uuid;
			case 'unassign_user': return Boolean(contact.assignedUser);
			case 'name':
			case 'note': return !isSameJson(value, contact[key] ?? '');
			default: return true;
		}
	}));
}
