import type { IDataObject } from 'n8n-workflow';

/** The rows of a list, whichever of its forms: bare, or below `payload`. */
export function rowsIn(answer: unknown): IDataObject[] {
	const rows = Array.isArray(answer) ? (answer as unknown[]) : (answer as IDataObject | undefined)?.payload;
	return Array.isArray(rows) ? (rows as IDataObject[]) : [];
}

/** Takes away what must not leave the node: tokens and keys that administrators get to see. */
export function withoutSecrets<Value>(value: Value): Value {
	if (Array.isArray(value)) return (value as unknown[]).map(withoutSecrets) as Value;
	if (value === null || typeof value !== 'object') return value;
	return Object.fromEntries(
		Object.entries(value)
			.filter(([key]) => !secretKeys.has(key))
			.map(([key, entry]) => [key, withoutSecrets(entry as unknown)]),
	) as Value;
}

const secretKeys = new Set([
	'access_token', 'api_key_secret', 'auth_token', 'hmac_identifier', 'hmac_token', 'imap_password', 'page_access_token', 'provider_config',
	'pubsub_token', 'secret', 'smtp_password', 'user_access_token',
]);

/** Takes an address apart that may have been copied from the browser: the server, and the account in it. */
export function readAddress(url: string): { baseUrl: string; account?: string } {
	const text = url.trim();
	return {
		baseUrl: text.replace(/\/(app|api|super_admin)(\/.*)?$/, '').replace(/\/+$/, ''),
		account: /\/accounts\/(\d+)/.exec(text)?.[1],
	};
}
