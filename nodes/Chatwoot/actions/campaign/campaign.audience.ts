import type { IDataObject } from 'n8n-workflow';

import type { Addressed, CheckedList } from '../../../shared/campaign/handOver';
import { path } from '../../../shared/http/httpClient';
import { newRun } from '../../../shared/message/once';
import { objectOrEmpty, textOrNull } from '../../../shared/values/read';
import { changeLabels, labelsOf } from '../../helpers/labels';
import { rowsIn } from '../../transport/answers';
import type { AccountClient } from '../../transport/client';
import { contactIn, contactPage, contactPageSize } from '../contact/contact.calls';

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
	const titles = rowsIn(await account.get('/labels')).filter(({ id }) => labelIds.includes(Number(id))).map(({ title }) => String(title));
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

/** People who are labelled at the same time. */
const atOnce = 10;

/** A label that only the people of a list have, and whom it could not be given to. */
export interface MadeAudience {
	id: number;
	title: string;
	labelled: number;
	failed: CheckedList['skipped'];
}

/**
 * Makes a label for a campaign and gives it to the people of its list; who is no contact yet becomes one. The label is new
 * each time, so that a second try reaches nobody whom the first one had meant.
 *
 * @throws NodeApiError when the label cannot be made, or given to nobody
 */
export async function makeAudience(account: AccountClient, campaign: string, { addressed }: CheckedList): Promise<MadeAudience> {
	const labels = labelsOf(account);
	const mark = newRun().slice(0, 4);
	const title = (await labels.make(`${campaign.slice(0, 60)} ${mark}`)) ?? (await labels.make(`campaign ${mark}`))!;
	const id = Number((await labels.all())?.find((label) => label.title === title)?.id);
	if (!Number.isInteger(id)) throw account.http.error(`The label '${title}' was made for the campaign, but Chatwoot does not list it`, 'Nothing was sent. Look under Settings > Labels.');
	const failed: MadeAudience['failed'] = [];
	const give = async ({ recipient, known }: Addressed) => {
		const { e164, name } = recipient;
		try {
			const contact = known?.id ?? String(contactIn(await account.post('/contacts', { phone_number: e164, ...(name === undefined ? {} : { name }) })).id);
			await changeLabels(account, { path: path`/contacts/${contact}/labels`, record: `contact ${contact}` }, 'add', { names: [title], whenMissing: 'fail', refuse: (what, advice) => account.http.error(`'Audience' ${what}`, advice) });
		} catch (error) {
			failed.push({ phone: e164, name: name ?? null, reason: `The label could not be given: ${error instanceof Error ? error.message : String(error)}` });
		}
	};
	for (let from = 0; from < addressed.length; from += atOnce) await Promise.all(addressed.slice(from, from + atOnce).map(give));
	if (failed.length === addressed.length) throw account.http.error(`The label '${title}' was made for the campaign, and could be given to nobody: ${failed[0]!.reason}`, 'No campaign was made.');
	return { id, title, labelled: addressed.length - failed.length, failed };
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
