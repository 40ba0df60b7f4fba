import type { IDataObject, ILoadOptionsFunctions, INodeListSearchItems, INodeListSearchResult } from 'n8n-workflow';

import { ChatwootClient, rowsIn } from '../client';
import { channelNames } from '../inbox';
import { accountOf, filtered } from './context';

const item = (row: IDataObject, ...parts: unknown[]): INodeListSearchItems => ({
	name: parts.filter((part) => part !== undefined && part !== null && part !== '').map(String).join(' · ') || String(row.id),
	value: String(row.id),
});

/** The accounts of the token's owner. */
export async function searchAccounts(this: ILoadOptionsFunctions, filter?: string): Promise<INodeListSearchResult> {
	const client = await ChatwootClient.connect(this);
	const accounts = await client.ownAccounts();
	return { results: filtered(accounts.map((account) => item(account, account.name, account.role)), filter) };
}

/** Contacts: those whose name, e-mail, phone or identifier holds the text, else all by name. */
export async function searchContacts(this: ILoadOptionsFunctions, filter?: string, paginationToken?: string): Promise<INodeListSearchResult> {
	const account = await accountOf(this);
	const page = Number(paginationToken ?? 1);
	const text = filter?.trim();
	const query = { page, sort: 'name', include_contact_inboxes: 'false' };
	const rows = rowsIn(text ? await account.get('/contacts/search', { ...query, q: text }) : await account.get('/contacts', query));
	return {
		results: rows.map((contact) => item(contact, contact.name, contact.email ?? contact.phone_number ?? contact.identifier)),
		paginationToken: rows.length < 15 ? undefined : String(page + 1),
	};
}

/** Inboxes with the kind of their channel. */
export async function searchInboxes(this: ILoadOptionsFunctions, filter?: string): Promise<INodeListSearchResult> {
	const account = await accountOf(this);
	const inboxes = rowsIn(await account.get('/inboxes'));
	return {
		results: filtered(inboxes.map((inbox) => item(inbox, inbox.name, channelNames[String(inbox.channel_type)], inbox.phone_number)), filter),
	};
}
