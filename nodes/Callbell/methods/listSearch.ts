import type { IDataObject, ILoadOptionsFunctions, INodeListSearchItems, INodeListSearchResult } from 'n8n-workflow';

import { e164OrNull } from '../../shared/contact';
import { path } from '../../shared/http';
import { brazilianSpellings, digitsOnly } from '../../shared/phone';
import { channelTypeName, isRemoved } from '../channel';
import { CallbellClient, contactIn, lastPage } from '../client';

/** Pages of contacts looked through for one list in the editor; a page has about 20. */
const pagesAtOnce = 10;

/** Keeps what holds the text that the person typed; Callbell itself searches nothing. */
function filtered(items: INodeListSearchItems[], filter?: string): INodeListSearchItems[] {
	const text = plain(filter);
	return text ? items.filter(({ name }) => plain(name).includes(text)) : items;
}

// "Joao" finds "João".
function plain(text?: string): string {
	return (text ?? '').normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().trim();
}

const contactItem = (contact: IDataObject): INodeListSearchItems => ({
	name: [contact.name, e164OrNull(contact.phoneNumber) ?? channelTypeName(contact.source)].filter(Boolean).join(' · ') || String(contact.uuid),
	value: String(contact.uuid),
	...(typeof contact.href === 'string' ? { url: contact.href } : {}),
});

/** Contacts, most recent activity first; Callbell has no search, so pages are filtered here, and a phone is looked up. */
export async function searchContacts(this: ILoadOptionsFunctions, filter?: string, paginationToken?: string): Promise<INodeListSearchResult> {
	const callbell = await CallbellClient.connect(this);
	const first = Number(paginationToken ?? 1);
	const byPhone = first === 1 ? await contactWithPhone(callbell, filter) : undefined;
	const answers = [await callbell.get('/contacts', { page: first })];
	const pages = Math.min(Number((answers[0]?.meta as IDataObject | undefined)?.pages ?? first), lastPage);
	const until = filter ? Math.min(pages, first + pagesAtOnce - 1) : first;
	answers.push(...(await Promise.all(Array.from({ length: until - first }, async (_, index) => await callbell.get('/contacts', { page: first + 1 + index })))));
	const contacts = answers.flatMap(({ contacts: rows }) => (Array.isArray(rows) ? (rows as IDataObject[]) : []));
	const text = digitsOnly(filter);
	const found = filtered(contacts.map(contactItem), filter);
	// "85 98888" finds +5585988887777, however it is written.
	const byDigits = /^[\d\s()+.-]+$/.test(filter ?? '') && text ? contacts.filter(({ phoneNumber }) => digitsOnly(phoneNumber).includes(text)).map(contactItem) : [];
	const results = new Map([...(byPhone ? [contactItem(byPhone)] : []), ...found, ...byDigits].map((item) => [item.value, item]));
	return { results: [...results.values()], paginationToken: until < pages ? String(until + 1) : undefined };
}

async function contactWithPhone(callbell: CallbellClient, text?: string): Promise<IDataObject | undefined> {
	if (!text || !/^[\d\s()+.-]{8,}$/.test(text)) return undefined;
	for (const spelling of brazilianSpellings(`+${digitsOnly(text)}`)) {
		const answer = await callbell.find(path`/contacts/phone/${digitsOnly(spelling)}`);
		if (answer) return contactIn(answer);
	}
	return undefined;
}

/** Connected channels; removed ones are left out. */
export async function searchChannels(this: ILoadOptionsFunctions, filter?: string): Promise<INodeListSearchResult> {
	const callbell = await CallbellClient.connect(this);
	const channels = await callbell.list('/channels', 'channels', { active: true });
	return {
		results: filtered(
			channels.filter((channel) => !isRemoved(channel)).map((channel) => ({
				name: [channel.title ?? channel.uuid, channelTypeName(channel.type), channel.main ? 'main' : ''].filter(Boolean).join(' · '),
				value: String(channel.uuid),
			})),
			filter,
		),
	};
}

/** Teams of the account. */
export async function searchTeams(this: ILoadOptionsFunctions, filter?: string): Promise<INodeListSearchResult> {
	const callbell = await CallbellClient.connect(this);
	const teams = await callbell.list('/teams', 'teams');
	return { results: filtered(teams.map(({ name, uuid }) => ({ name: String(name ?? uuid), value: String(uuid) })), filter) };
}
