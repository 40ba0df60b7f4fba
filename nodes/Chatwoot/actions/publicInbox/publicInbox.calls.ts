import { createHmac } from 'crypto';
import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { NodeApiError } from 'n8n-workflow';

import { clashSentence, personKeys, recognise } from '../../../shared/contact/samePerson';
import type { Call } from '../../../shared/http/httpClient';
import { path } from '../../../shared/http/httpClient';
import type { Item } from '../../../shared/operation/item';
import { apiInboxLocator, conversationLocator, locatorAs } from '../../descriptions/locators';
import { withoutSecrets } from '../../transport/answers';
import type { AccountClient } from '../../transport/client';
import { conditionsOf, filterContacts, keysOf, nameOf } from '../contact/contact.people';

/** The API inbox, by the identifier that stands in public addresses. */
export const inboxField = apiInboxLocator;

/** Who writes: the contact's address in the inbox. */
export const sourceField: INodeProperties = {
	displayName: 'Source ID',
	name: 'sourceId',
	type: 'string',
	default: '',
	required: true,
	placeholder: 'e.g. customer-1042',
	description: "The contact's address in the inbox, as 'Create Contact' has given it",
};

/** A conversation of the contact. */
export const conversationField = locatorAs(conversationLocator, { description: 'The conversation of the contact' });

/** Proves to inboxes with identity validation that the identifier is genuine. */
export const signField: INodeProperties = {
	displayName: 'Sign Identifier',
	name: 'signIdentifier',
	type: 'boolean',
	default: false,
	description: "Whether to send the hash of the identifier, as inboxes with identity validation ask for. It is made with the credential's HMAC Token.",
};

/**
 * Looks who has the values of a contact. The server takes the first who has one of them for the same person, and merges
 * the two; a couple or a company may share an e-mail address.
 *
 * @param own the contact as it is now
 * @throws NodeApiError when the values belong to two people
 */
export async function refuseTwoPeople(account: AccountClient, body: IDataObject, own: IDataObject = {}): Promise<void> {
	const keys = keysOf({ ...own, ...body });
	if (Object.keys(keysOf(body)).length === 0 || Object.keys(keys).length < 2) return;
	const found = await filterContacts(account, conditionsOf(keys).map((condition) => [condition])).catch((error: unknown) => {
		// Bots may not look.
		if (error instanceof NodeApiError && error.httpCode === '401') return [];
		throw error;
	});
	const { record, matchedBy, clashes: [clash], several } = await recognise(keys, personKeys, keysOf, async () => await Promise.resolve(found));
	if (!clash && !several) return;
	throw account.http.error(
		clash ? clashSentence(clash, nameOf, record, matchedBy) : `Chatwoot has ${several!.length} contacts that fit equally well: ${several!.map(nameOf).join(', ')}`,
		`These look like two people, and Chatwoot would take them for one, so nothing was written. Open it: ${account.link(`contacts/${String((clash?.other ?? several![0]!).id)}`)}. Leave out the value that they share.`,
		409,
	);
}

/** A contact with the hash of its identifier, made with the HMAC Token of the credential. */
export function signed(account: AccountClient, { body, sign }: { body: IDataObject; sign: boolean }): IDataObject {
	if (!sign) return body;
	const { hmacToken } = account.client;
	if (hmacToken === undefined) throw account.http.error("'Sign Identifier' is on, but the credential has no 'HMAC Token'", 'Enter it in the credential: in Chatwoot, Settings > Inboxes > the API inbox > Configuration.');
	return { ...body, identifier_hash: createHmac('sha256', hmacToken).update(String(body.identifier)).digest('hex') };
}

export interface PublicContact {
	inbox: string;
	source: string;
}

export function readContact(item: Item): PublicContact {
	return { inbox: item.requiredLocator('inboxIdentifier'), source: item.required('sourceId') };
}

/** The server takes what stands behind a dot for the format of the answer, so dots are encoded, too. */
export const contactPath = ({ inbox, source }: PublicContact) => path`/public/api/v1/inboxes/${inbox}/contacts/${source}`.replaceAll('.', '%2E');

/** A call of the contact-side API, which lies outside the account. */
export async function publicCall<Body = IDataObject>(account: AccountClient, call: Call): Promise<Body> {
	return withoutSecrets(await account.http.request<Body>(call).catch(async (error: unknown) => {
		throw error instanceof NodeApiError && error.httpCode === '404' ? ((await unknownPart(account, call)) ?? error) : error;
	}));
}

/** Parts of a public address, from the outside in: up to where it reaches, the field that names it, and what to do. */
const parts = [
	[/^\/public\/api\/v1\/inboxes\/[^/]+/, 'Inbox', 'Pick an API inbox from the list, or give the Inbox Identifier from its settings.'],
	[/^.*?\/contacts\/[^/]+/, 'Source ID', "It has to be the contact's address in this inbox, as 'Create Contact' has given it."],
	[/^.*?\/conversations\/[^/]+/, 'Conversation', 'It may be of another contact, or deleted.'],
	[/^.*?\/messages\/[^/]+/, 'Message', 'It may be of another conversation, or deleted.'],
] as const;

/** Which part of a public address is not known: the outermost one that the server answers 404 for. */
async function unknownPart(account: AccountClient, { path: to }: Call): Promise<NodeApiError | undefined> {
	const named = parts.flatMap(([pattern, field, advice]) => {
		const [address] = pattern.exec(to) ?? [];
		return address === undefined ? [] : [{ address, field, advice }];
	});
	for (const [index, { address, field, advice }] of named.entries()) {
		const isLast = index === named.length - 1;
		const probed = isLast ? undefined : await account.http.exchange({ method: 'GET', path: address, accept: [401, 404] }).catch(() => undefined);
		if (isLast || probed?.status === 404) return account.http.error(`'${field}' ${decodeURIComponent(address.slice(address.lastIndexOf('/') + 1))} is not known to Chatwoot`, advice, 404);
	}
	return undefined;
}
