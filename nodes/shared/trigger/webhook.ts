import { createHash, createHmac, timingSafeEqual } from 'crypto';
import type { IHookFunctions, INodeExecutionData, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

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
 * Answers the sender, then starts the workflow. n8n stores what the node remembers when its answer is due: left to n8n
 * itself that is after the start, by which time n8n (seen in 2.40) takes the static data for unchanged.
 *
 * @param workflowData items of each output
 */
export function answerAndStart(context: IWebhookFunctions, workflowData: INodeExecutionData[][]): IWebhookResponseData {
	context.getResponseObject().status(200).json({ message: 'Workflow was started' });
	return { noWebhookResponse: true, workflowData };
}

/** IDs that came in lately, by workflow and node: deliveries that overlap do not see each other in the static data. */
const seenLately = new Map<string, string[]>();

/**
 * Whether an event has not come before; senders repeat deliveries. The last ones are kept in the node's static data.
 * While a test listens, everything is new, so that a person may send the same again.
 *
 * @param id what two deliveries of one event have in common
 */
export function isFirstTime(context: IWebhookFunctions, id: string, kept = 500): boolean {
	if (context.getMode() === 'manual') return true;
	const staticData = context.getWorkflowStaticData('node');
	const stored = Array.isArray(staticData.seenEvents) ? (staticData.seenEvents as string[]) : [];
	const node = `${String(context.getWorkflow().id)} ${context.getNode().id}`;
	const seen = new Set([...stored, ...(seenLately.get(node) ?? [])]);
	if (seen.has(id)) return false;
	const list = [...seen, id].slice(-kept);
	seenLately.set(node, list);
	staticData.seenEvents = list;
	return true;
}
