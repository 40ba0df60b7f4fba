import { createHash, createHmac, timingSafeEqual } from 'crypto';
import type { IDataObject, IWebhookFunctions } from 'n8n-workflow';

/** A request whose sender signed `timestamp + "." + raw body` with HMAC-SHA256. */
export interface SignedRequest {
	secret: string;
	/** As sent: Unix seconds. */
	timestamp: string;
	/** Hex digits, without any prefix. */
	signature: string;
	/** The bytes as they came; parsed and written again they would not be the same. */
	rawBody: Buffer;
	/** How old, or how far ahead, a request may be. */
	toleranceSeconds?: number;
	/** Milliseconds; for tests. */
	now?: number;
}

/** Whether a request is signed with the secret and not an old one sent again. Compares in constant time. */
export function isSigned({ secret, timestamp, signature, rawBody, toleranceSeconds = 300, now = Date.now() }: SignedRequest): boolean {
	const seconds = Number(timestamp);
	if (!/^\d+$/.test(timestamp) || Math.abs(now / 1000 - seconds) > toleranceSeconds) return false;
	const expected = createHmac('sha256', secret).update(`${timestamp}.`).update(rawBody).digest();
	const given = /^[0-9a-f]{64}$/i.test(signature) ? Buffer.from(signature, 'hex') : Buffer.alloc(0);
	return given.length === expected.length && timingSafeEqual(given, expected);
}

/** The bytes of a webhook's request; empty when none came. */
export function rawBodyOf(context: IWebhookFunctions): Buffer {
	const { rawBody } = context.getRequestObject() as { rawBody?: unknown };
	return Buffer.isBuffer(rawBody) ? rawBody : Buffer.alloc(0);
}

/** A header's one value; undefined when it did not come. */
export function headerOf(context: IWebhookFunctions, name: string): string | undefined {
	const value = context.getHeaderData()[name.toLowerCase()];
	return typeof value === 'string' ? value : undefined;
}

/** A short name for an address that tells nothing about it. */
export function fingerprint(address: string): string {
	return createHash('sha256').update(address).digest('hex').slice(0, 16);
}

/**
 * Whether an event has not come before; senders repeat deliveries. The last ones are kept in the node's static data.
 *
 * @param staticData the node's
 * @param id what two deliveries of one event have in common
 */
export function isFirstTime(staticData: IDataObject, id: string, kept = 500): boolean {
	const seen = Array.isArray(staticData.seenEvents) ? (staticData.seenEvents as string[]) : [];
	if (seen.includes(id)) return false;
	staticData.seenEvents = [...seen.slice(-(kept - 1)), id];
	return true;
}
