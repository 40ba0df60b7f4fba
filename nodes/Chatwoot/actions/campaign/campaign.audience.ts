import type { IDataObject } from 'n8n-workflow';

import { objectOrEmpty, textOrNull } from '../../../shared/values/read';
import { rowsIn } from '../../transport/answers';
import type { AccountClient } from '../../transport/client';
import { contactPage, contactPageSize } from '../contact/contact.calls';

/** Who a campaign would go to. */
export interface AudienceCounts {
	contacts: number;
	/** Whether there are more contacts than were looked at. */
	more: boolean;
	withoutPhone: number;
	/** Chatwoot writes to them all the same. */
	blocked: number;
	/** By placeholder, how many lack a value for it. */
	blank: Record<string, number>;
}

/** A list of tens of thousands would take longer to count than to send to. */
const mostLookedAt = 3000;

/**
 * Counts the contacts with any of the labels, and what some of them lack.
 *
 * @param texts message and values, in which placeholders without a default may stand
 */
export async function countAudience(account: AccountClient, labelIds: number[], texts: string[]): Promise<AudienceCounts> {
	const titles = rowsIn(await account.getOnce('/labels')).filter(({ id }) => labelIds.includes(Number(id))).map(({ title }) => String(title));
	const people = new Map<unknown, IDataObject>();
	let more = false;
	for (const title of titles) {
		const { rows } = await account.collect(async (page) => contactPage(await account.get('/contacts', { sort: 'created_at', labels: [title], page, include_contact_inboxes: 'false' })), contactPageSize, mostLookedAt);
		more ||= rows.length >= mostLookedAt;
		for (const row of rows) people.set(row.id, row);
	}
	const contacts = [...people.values()];
	const blank: AudienceCounts['blank'] = {};
	for (const placeholder of openPlaceholders(texts)) {
		const count = contacts.filter((contact) => isBlank(contact, placeholder)).length;
		if (count > 0) blank[placeholder] = count;
	}
	return { contacts: contacts.length, more, withoutPhone: contacts.filter(({ phone_number: phone }) => textOrNull(phone) === null).length, blocked: contacts.filter(({ blocked }) => blocked === true).length, blank };
}

/** What Chatwoot fills in out of the contact, where nothing is given for those who lack it. */
function openPlaceholders(texts: string[]): string[] {
	const found = texts.flatMap((text) => [...text.matchAll(/\{\{\s{0,10}(contact\.[a-z\d_.]{1,120})\s{0,10}(?:\|([^{}]{0,200}))?\}\}/g)]);
	return [...new Set(found.filter(([, , filters]) => !/\bdefault:/.test(filters ?? '')).map(([, name]) => name as string))];
}

function isBlank(contact: IDataObject, placeholder: string): boolean {
	const [, field = '', key = ''] = placeholder.split('.');
	const value = field === 'custom_attribute' ? objectOrEmpty(contact.custom_attributes)[key] : field === 'first_name' || field === 'last_name' ? contact.name : contact[field];
	const text = typeof value === 'boolean' ? 'yes' : textOrNull(value)?.trim() ?? '';
	// Chatwoot takes the last name from the second word on.
	return text === '' || (field === 'last_name' && !/\s/.test(text));
}

/** What a person should know of an audience before the campaign goes out; undefined when all is well. */
export function audienceWarning({ contacts, more, withoutPhone, blocked, blank }: AudienceCounts, isWhatsapp: boolean): string | undefined {
	if (contacts === 0) return 'No contact has any of these labels; nobody will get it.';
	const parts: string[] = [];
	const of = more ? `at least ${contacts}` : String(contacts);
	if (blocked > 0) parts.push(`${blocked} of ${of} contacts are blocked, and Chatwoot writes to them all the same`);
	if (withoutPhone > 0) parts.push(`${withoutPhone} of ${of} have no phone and get nothing`);
	for (const [placeholder, count] of Object.entries(blank)) {
		parts.push(`${count} of ${of} have nothing for {{${placeholder}}}, ${isWhatsapp ? 'so they get nothing, or a text with a gap' : 'so their text has a gap'}; a default helps: {{${placeholder} | default: 'customer'}}`);
	}
	return parts.length ? `${parts.join('; ')}.` : undefined;
}
