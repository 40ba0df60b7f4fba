import { createHash, createHmac, timingSafeEqual } from 'crypto';
import type { IDataObject, IHookFunctions, IWebhookFunctions } from 'n8n-workflow';

import { keepAsText } from '../values/keepAsText';
import { objectOrEmpty } from '../values/read';

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

/** Whether a request is signed with the secret and not an old one sent again. */
export function isSigned(request: SignedRequest): boolean {
	return faultOfSignature(request) === undefined;
}

/** What is wrong with a signature, for n8n's log; undefined when it is right. Compares in constant time. */
export function faultOfSignature({ secret, timestamp, signature, rawBody, toleranceSeconds = 300, now = Date.now() }: SignedRequest): string | undefined {
	const seconds = Number(timestamp);
	if (!/^\d{1,15}$/.test(timestamp)) return 'it has no time';
	const age = Math.round(now / 1000 - seconds);
	if (Math.abs(age) > toleranceSeconds) return age > 0 ? `it is ${age} seconds old; check the clocks of both servers` : `it is ${-age} seconds ahead of this server's clock`;
	const expected = createHmac('sha256', secret).update(`${timestamp}.`).update(rawBody).digest();
	const given = /^[0-9a-f]{64}$/i.test(signature) ? Buffer.from(signature, 'hex') : Buffer.alloc(0);
	return given.length === expected.length && timingSafeEqual(given, expected) ? undefined : 'it was made with another secret, or the body was changed on its way';
}

/** The bytes of a webhook's request; empty when none came. */
export function rawBodyOf(context: IWebhookFunctions): Buffer {
	const { rawBody } = context.getRequestObject() as { rawBody?: unknown };
	return Buffer.isBuffer(rawBody) ? rawBody : Buffer.alloc(0);
}

/** The data of a webhook's request; empty where none came, or a list or a text. Anybody may have written it. */
export function bodyOf(context: IWebhookFunctions): IDataObject {
	const body = objectOrEmpty(context.getBodyData());
	keepAsText(body);
	return body;
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
 * Whether it is about "Listen for test event", which has an address of its own and stands beside the active workflow.
 * n8n says so by the mode when it begins to listen, but not when it ends that: the address tells then.
 */
export function isTest(context: IHookFunctions | IWebhookFunctions): boolean {
	const isManual = context.getMode() === 'manual';
	if (!('getActivationMode' in context)) return isManual;
	const staticData = context.getWorkflowStaticData('node');
	const url = context.getNodeWebhookUrl('default');
	if (isManual) staticData.testUrl = url;
	return url !== undefined && staticData.testUrl === url;
}

/**
 * Answers the sender at once; what takes time comes afterwards. n8n stores what the node remembers when its answer is due:
 * left to n8n itself that is after the start, by which time n8n (seen in 2.40) takes the static data for unchanged.
 */
export function answer(context: IWebhookFunctions, status = 200, body: object = { message: 'Event received' }): void {
	context.getResponseObject().status(status).json(body);
}

/** A name for the node that is receiving, in what this process remembers of it. */
export function nodeKey(context: IHookFunctions | IWebhookFunctions): string {
	return `${String(context.getWorkflow().id)} ${context.getNode().id}`;
}

/** When was warned of what, by node and subject. */
const warnedAt = new Map<string, number>();

/**
 * Writes a warning into n8n's log, once a minute at most for each node and subject: anybody may send to the address, and
 * could fill the log.
 */
export function warn(context: IWebhookFunctions, subject: string, message: string): void {
	const key = `${nodeKey(context)} ${subject}`;
	const last = warnedAt.get(key);
	if (last !== undefined && Math.abs(Date.now() - last) < 60_000) return;
	warnedAt.set(key, Date.now());
	context.logger.warn(`${context.getNode().name}: ${message}`);
}
