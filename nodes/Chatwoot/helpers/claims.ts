import type { IDataObject } from 'n8n-workflow';

import { path } from '../../shared/http/httpClient';
import { objectOrEmpty } from '../../shared/values/read';
import { rowsIn } from '../transport/answers';
import type { AccountClient } from '../transport/client';

/** How the custom attributes begin in which campaigns keep who was written to; see docs/once.md. */
export const claimPrefix = 'n8n_campaign_';

/** Under which content attribute a message says what it was sent for. */
export const messageMark = 'n8n_once';
/** Pages of a conversation that are looked through for a mark, and messages on each. */
const pages = 25;
const pageSize = 20;
/** How far the times of two answers may lie apart. */
const tolerance = 5 * 60_000;

/** The moment of a claim, which becomes part of it. */
export const stampOf = (account: AccountClient) => Math.floor(account.http.serverNow() / 1000).toString(36);

/** When a claim was made, in milliseconds by the server's clock; undefined for one that does not tell. */
function claimedAt(entry: string | undefined): number | undefined {
	const seconds = parseInt(entry?.split(' ')[2] ?? '', 36);
	return Number.isFinite(seconds) ? seconds * 1000 - tolerance : undefined;
}

/**
 * The messages of a conversation with marks: those since a claim was made, or the newest where nothing is known of one.
 *
 * @returns undefined when more have come since than can be looked through
 */
export async function markedMessages(account: AccountClient, conversationId: string, isOurs: (mark: unknown) => boolean, entry: string | undefined): Promise<IDataObject[] | undefined> {
	const since = claimedAt(entry);
	const found: IDataObject[] = [];
	let before: number | undefined;
	for (let page = 0; page < pages; page += 1) {
		const rows = rowsIn(await account.get(path`/conversations/${conversationId}/messages`, { before }));
		found.push(...rows.filter((message) => isOurs(objectOrEmpty(message.content_attributes)[messageMark])));
		if (since === undefined || rows.length < pageSize || rows.some(({ created_at: at }) => Number(at) * 1000 < since)) return found;
		before = Math.min(...rows.map(({ id }) => Number(id)));
	}
	return found.length > 0 ? found : undefined;
}

/** The custom attributes that people gave a contact: the claims of campaigns are ours, and must not be carried to another contact. */
export function withoutClaims(attributes: unknown): IDataObject {
	const all = objectOrEmpty(attributes);
	return Object.keys(all).some((key) => key.startsWith(claimPrefix)) ? Object.fromEntries(Object.entries(all).filter(([key]) => !key.startsWith(claimPrefix))) : all;
}

/** Whether nobody but a campaign has made a contact: all that it has is a phone, a name and claims. */
export function isMadeByClaim({ custom_attributes: attributes, email, identifier }: IDataObject): boolean {
	const keys = Object.keys(objectOrEmpty(attributes));
	return keys.length > 0 && keys.every((key) => key.startsWith(claimPrefix)) && !email && !identifier;
}
