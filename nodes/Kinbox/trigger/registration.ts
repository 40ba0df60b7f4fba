import { createHash, randomBytes } from 'crypto';
import type { IDataObject, IHookFunctions, IWebhookFunctions } from 'n8n-workflow';
import { NodeApiError, NodeOperationError } from 'n8n-workflow';

import { path } from '../../shared/http/httpClient';
import { isTest } from '../../shared/trigger/webhook';
import { objectOrEmpty } from '../../shared/values/read';
import { KinboxClient } from '../transport/client';

/**
 * Registration of the node's address by v3's webhook calls. The vendor does not document them; their body is the one
 * that a public connector sends: `{url, secret, events}`.
 */

/** "Listen for test event" has a registration of its own, so that it does not touch the one of the active workflow. */
const place = (context: IHookFunctions | IWebhookFunctions) => (isTest(context) ? 'testRegistration' : 'registration');

/**
 * What was registered; empty when nothing is. Of the key only the hash is kept, since exports may hold what nodes remember:
 * whoever has one could start the workflow.
 */
export function registrationOf(context: IHookFunctions | IWebhookFunctions): { webhookId?: unknown; keyHash?: unknown } {
	return objectOrEmpty(context.getWorkflowStaticData('node')[place(context)]);
}

/** The events that the person chose and typed in, each once. */
export function subscribedEvents(context: IHookFunctions): string[] {
	const chosen = context.getNodeParameter('events', []) as string[];
	const typed = String(context.getNodeParameter('moreEvents', '') ?? '').split(/[,\s]+/).filter(Boolean);
	const events = [...new Set([...chosen, ...typed])];
	if (events.length === 0) throw new NodeOperationError(context.getNode(), "'Events' is empty", { description: "Choose an event, or type its name under 'More Events'." });
	return events;
}

/** The key in the address proves that a caller was told the address by us: how Kinbox signs these calls is not known. */
const addressWith = (context: IHookFunctions, key: string) => `${String(context.getNodeWebhookUrl('default'))}?key=${key}`;

/** What is kept of a key. */
export const hashOf = (key: string) => createHash('sha256').update(key).digest('hex');

/** Whether a webhook of Kinbox is the one that was registered: its address is ours, with our key. */
function isOwn(context: IHookFunctions, { url }: IDataObject): boolean {
	const start = addressWith(context, '');
	return typeof url === 'string' && url.startsWith(start) && hashOf(url.slice(start.length)) === registrationOf(context).keyHash;
}

const sameEvents = (events: unknown, wanted: string[]) => Array.isArray(events) && [...events].map(String).sort().join(' ') === [...wanted].sort().join(' ');

export async function isRegistered(context: IHookFunctions): Promise<boolean> {
	const { webhookId, keyHash } = registrationOf(context);
	if (typeof webhookId !== 'string' || typeof keyHash !== 'string') return false;
	const kinbox = await KinboxClient.connect(context);
	const { status, body } = await kinbox.exchange({ method: 'GET', path: path`/webhooks/${webhookId}`, accept: [404] });
	const webhook = status === 404 ? {} : objectOrEmpty(body);
	return isOwn(context, webhook) && sameEvents(webhook.events, subscribedEvents(context));
}

export async function register(context: IHookFunctions): Promise<boolean> {
	const events = subscribedEvents(context);
	const kinbox = await KinboxClient.connect(context);
	kinbox.needs('v3', 'The automatic registration of a webhook');
	// One that is left over, with other events or a key that nobody knows, would send everything twice.
	await unregister(context);
	await removeLeftovers(context, kinbox);
	const key = randomBytes(24).toString('hex');
	const webhook = await kinbox.post('/webhooks', { url: addressWith(context, key), secret: randomBytes(24).toString('hex'), events });
	if (webhook.id === undefined || webhook.id === null) {
		throw new NodeApiError(context.getNode(), {}, { message: 'Kinbox has answered without the ID of the webhook', description: 'Look in Kinbox whether it was made. Webhooks by API are not documented; the settings screen is the other way.' });
	}
	context.getWorkflowStaticData('node')[place(context)] = { webhookId: String(webhook.id), keyHash: hashOf(key) };
	return true;
}

export async function unregister(context: IHookFunctions): Promise<boolean> {
	const { webhookId } = registrationOf(context);
	if (typeof webhookId === 'string') {
		const kinbox = await KinboxClient.connect(context);
		const { status, body } = await kinbox.exchange({ method: 'GET', path: path`/webhooks/${webhookId}`, accept: [404] });
		// What the node remembers may come from a copy of the workflow; another one's webhook stays.
		if (status !== 404 && isOwn(context, objectOrEmpty(body))) await remove(kinbox, webhookId);
	}
	delete context.getWorkflowStaticData('node')[place(context)];
	return true;
}

/** Webhooks of this address that the node does not know: the answer to their registration was lost. */
async function removeLeftovers(context: IHookFunctions, kinbox: KinboxClient): Promise<void> {
	const webhooks = await kinbox.listAtOnce('/webhooks');
	const leftover = webhooks.filter(({ url }) => typeof url === 'string' && url.startsWith(addressWith(context, '')));
	for (const { id } of leftover) await remove(kinbox, String(id));
}

async function remove(kinbox: KinboxClient, id: string): Promise<void> {
	// Gone already is as good as removed.
	await kinbox.exchange({ method: 'DELETE', path: path`/webhooks/${id}`, accept: [404], expect: 'anything' });
}
