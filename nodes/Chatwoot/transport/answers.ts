import type { IDataObject } from 'n8n-workflow';

import { baseAddress } from '../../shared/http/address';
import { recordsOf } from '../../shared/values/read';

/** The rows of a list, whichever of its forms: bare, or below `payload`. */
export const rowsIn = (answer: unknown): IDataObject[] => recordsOf(listIn(answer));

/** As {@link rowsIn}, for lists of labels. */
export const textsIn = (answer: unknown): string[] => listIn(answer).filter((entry) => typeof entry === 'string');

function listIn(answer: unknown): unknown[] {
	const list = Array.isArray(answer) ? (answer as unknown[]) : (answer as IDataObject | undefined | null)?.payload;
	return Array.isArray(list) ? list : [];
}

/** Takes away what must not leave the node: tokens and keys that administrators get to see. */
export function withoutSecrets<Value>(value: Value): Value {
	if (Array.isArray(value)) return (value as unknown[]).map(withoutSecrets) as Value;
	if (value === null || typeof value !== 'object') return value;
	// A copy, with what was remarked on the record.
	const copy = { ...value } as IDataObject;
	for (const key of Object.keys(copy)) {
		if (secretKeys.has(key)) delete copy[key];
		else copy[key] = withoutSecrets(copy[key]);
	}
	return copy as Value;
}

/** Keys of what must not leave the node. */
export const secretKeys = new Set([
	'access_token', 'api_key_secret', 'auth_token', 'hmac_identifier', 'hmac_token', 'imap_password', 'page_access_token', 'provider_config',
	'pubsub_token', 'secret', 'smtp_password', 'user_access_token',
]);

/** Takes an address apart that may have been copied from the browser: the server, and the account in it. */
export function readAddress(url: unknown): { baseUrl: string; account?: string } {
	const address = baseAddress(url, 'https://app.chatwoot.com');
	const parts = address.split('/');
	// Behind scheme and host; a server of one's own may lie below a path.
	const page = parts.findIndex((part, index) => index > 2 && ['app', 'api', 'super_admin'].includes(part));
	return {
		baseUrl: baseAddress(page < 0 ? address : parts.slice(0, page).join('/'), address),
		account: /\/accounts\/(\d{1,18})(?!\d)/.exec(address)?.[1],
	};
}
