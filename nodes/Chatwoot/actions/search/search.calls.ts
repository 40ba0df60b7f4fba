import type { IDataObject } from 'n8n-workflow';
import { NodeApiError } from 'n8n-workflow';

import { path } from '../../../shared/http/httpClient';
import { objectOrEmpty, recordsOf } from '../../../shared/values/read';
import { rowsIn } from '../../transport/answers';
import type { AccountClient } from '../../transport/client';

/** The first page of a kind of records that the search finds. */
export async function firstOf(account: AccountClient, kind: 'articles' | 'contacts' | 'messages', q: string): Promise<IDataObject[]> {
	const found = objectOrEmpty((await account.get(`/search/${kind}`, { q, page: 1 })).payload)[kind];
	return recordsOf(found);
}

/** Contacts whose conversations are looked through when the search stumbles. */
const contactsLookedAt = 15;

/**
 * Finds conversations another way. The server's search stumbles (HTTP 500) over a conversation without messages among
 * the hits; then those of the contacts found are read, and the one with that number. Their first message is not known.
 *
 * @throws the error given, when it is another one
 */
export async function insteadOfStumbling(account: AccountClient, q: string, error: unknown): Promise<IDataObject[]> {
	if (!(error instanceof NodeApiError) || error.httpCode !== '500') throw error;
	const contacts = await firstOf(account, 'contacts', q);
	const found = new Map<string, IDataObject>();
	if (/^\d{1,18}$/.test(q.trim())) {
		const { status, body } = await account.exchange({ method: 'GET', path: path`/conversations/${q.trim()}`, accept: [401, 404] });
		if (status < 300) found.set(q.trim(), body as IDataObject);
	}
	for (const { id } of contacts.slice(0, contactsLookedAt)) {
		for (const conversation of rowsIn(await account.get(path`/contacts/${String(id)}/conversations`))) found.set(String(conversation.id), conversation);
	}
	const inboxes = rowsIn(await account.getOnce('/inboxes'));
	account.http.notices.add("Chatwoot's search stumbles over conversations without a message, so conversations were found by their contacts: those of the first 15 contacts, without their first message. A conversation without a message, which others make it stumble over, gets one with 'Message > Send' (a private note will do).");
	return [...found.values()].sort((one, other) => Number(other.created_at) - Number(one.created_at)).map((conversation) => asFound(conversation, inboxes));
}

/** A conversation in the form in which the search gives it. */
function asFound({ id, account_id: accountId, created_at: createdAt, additional_attributes: additional, meta, inbox_id: inboxId }: IDataObject, inboxes: IDataObject[]): IDataObject {
	const { sender, assignee } = objectOrEmpty(meta);
	const inbox = inboxes.find((one) => one.id === inboxId);
	return {
		id, account_id: accountId, created_at: createdAt, additional_attributes: additional, contact: sender, agent: assignee ?? null, message: null,
		inbox: inbox ? { id: inbox.id, channel_id: inbox.channel_id, name: inbox.name, channel_type: inbox.channel_type } : { id: inboxId },
	};
}
