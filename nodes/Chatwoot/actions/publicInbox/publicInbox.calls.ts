import { createHmac } from 'crypto';
import type { IDataObject, INodeProperties } from 'n8n-workflow';

import type { Call } from '../../../shared/http/httpClient';
import { path } from '../../../shared/http/httpClient';
import type { Item } from '../../../shared/operation/item';
import { apiInboxLocator, conversationLocator, locatorAs } from '../../descriptions/locators';
import { withoutSecrets } from '../../transport/answers';
import type { AccountClient } from '../../transport/client';

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
export const hmacField: INodeProperties = {
	displayName: 'HMAC Token',
	name: 'hmacToken',
	type: 'string',
	typeOptions: { password: true },
	default: '',
	description: 'For inboxes with identity validation: the token under the configuration of the inbox. The hash of the identifier is made with it; the token itself is not sent.',
};

/** The hash that goes with an identifier; undefined without a token. */
export function identifierHash(identifier: string | undefined, token: string | undefined): string | undefined {
	return identifier === undefined || token === undefined ? undefined : createHmac('sha256', token).update(identifier).digest('hex');
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
	return withoutSecrets(await account.http.request<Body>(call));
}
