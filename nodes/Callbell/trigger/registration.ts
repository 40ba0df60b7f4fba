import type { IDataObject, IHookFunctions, IWebhookFunctions } from 'n8n-workflow';

import { fingerprint, isTest } from '../../shared/trigger/webhook';
import { objectOrEmpty } from '../../shared/values/read';
import { CallbellClient, recordIn } from '../transport/client';

/** How far back the delivery log tells who has the webhook; milliseconds. */
const recently = 7 * 24 * 3_600_000;

/** Who answers the account's webhook at the moment, as far as the delivery log tells. */
export type Holder = 'nobody' | 'other' | 'ours' | 'unknown';

/** What the node keeps of a registration of the active workflow. */
interface Registered {
	url: string;
	events: string[];
}

/**
 * Our answers carry the fingerprint of the address, and Callbell's log keeps the answers: so the log tells whether
 * the last event reached this node or somebody else.
 */
export function receiverOf(url: string): string {
	return fingerprint(url);
}

export async function holderOf(callbell: CallbellClient, url: string, now: number = Date.now()): Promise<Holder> {
	const log = await callbell.get('/webhooks/events', { page: 1 });
	const entries = (Array.isArray(log.webhook_events) ? (log.webhook_events as IDataObject[]) : [])
		.filter(({ createdAt }) => now - Date.parse(String(createdAt)) < recently)
		.sort((a, b) => Date.parse(String(b.createdAt)) - Date.parse(String(a.createdAt)));
	const [newest] = entries;
	if (!newest) return 'nobody';
	// An answer that is no success may be a proxy's, in front of anybody.
	if (newest.success !== true) return 'unknown';
	return answeredBy(newest) === receiverOf(url) ? 'ours' : 'other';
}

function answeredBy(delivery: IDataObject): unknown {
	const { body } = objectOrEmpty(delivery.response);
	if (typeof body !== 'string') return objectOrEmpty(body).receiver;
	try {
		return objectOrEmpty(JSON.parse(body)).receiver;
	} catch {
		return undefined;
	}
}

function chosenEvents(context: IHookFunctions): string[] {
	const events = context.getNodeParameter('events', []) as string[];
	return [...new Set(events)];
}

/** What the active workflow has registered. Tests do not see it: n8n gives them static data of their own. */
export function production(context: IHookFunctions | IWebhookFunctions): Registered | undefined {
	const stored = objectOrEmpty(context.getWorkflowStaticData('node').registered);
	return typeof stored.url === 'string' && Array.isArray(stored.events) ? (stored as unknown as Registered) : undefined;
}

const isManual = (context: IHookFunctions) => context.getNodeParameter('registration', 'automatic') === 'manual';

async function subscribe(callbell: CallbellClient, { url, events }: Registered): Promise<void> {
	recordIn(await callbell.http.request({ method: 'POST', path: '/webhooks/subscribe', body: { url, subscriptions: events }, idempotent: true }), 'webhook', 'contact');
}

/** Whether Callbell already sends the chosen events here, and nobody else has taken the webhook since. */
export async function isRegistered(context: IHookFunctions): Promise<boolean> {
	if (isManual(context)) return true;
	const url = String(context.getNodeWebhookUrl('default'));
	const known = production(context);
	if (isTest(context) || !known || known.url !== url || !sameEvents(known.events, chosenEvents(context))) return false;
	const callbell = await CallbellClient.connect(context);
	return (await holderOf(callbell, url)) === 'ours';
}

const sameEvents = (a: string[], b: string[]) => a.length === b.length && a.every((event) => b.includes(event));

/** Makes Callbell send here; says so first when that takes the webhook from somebody. */
export async function register(context: IHookFunctions): Promise<boolean> {
	const url = String(context.getNodeWebhookUrl('default'));
	const callbell = await CallbellClient.connect(context);
	const events = chosenEvents(context);
	if (events.length === 0) throw callbell.http.error("'Trigger On' is empty", 'Choose at least one event.');
	if (isTest(context)) {
		if (context.getNodeParameter('testTakesOver', false) !== true) {
			throw callbell.http.error(
				'Listening for a test event would take the one webhook of the Callbell account',
				"While the test listens, active workflows and other programs get no events. Turn on 'Let Tests Take the Webhook' if that is fine: afterwards this workflow's own address is put back. Or build with data of 'Webhook: Get Events' of the Callbell node.",
			);
		}
	} else {
		const holder = await holderOf(callbell, url);
		const known = production(context);
		if (holder === 'other') {
			if (known?.url === url) context.logger.warn('Callbell: somebody else has taken the webhook of the account since this workflow was activated; events sent meanwhile did not come here');
			if (context.getNodeParameter('ifTaken', 'stop') !== 'takeOver') {
				throw callbell.http.error(
					'Another webhook is in use in this Callbell account',
					"An account has one webhook, and its log shows that another address answers it: another workflow, a test, or a program such as Zapier. Set 'If Another Webhook Is in Use' to 'Take Over', which ends it there, or choose one trigger with all events.",
				);
			}
		}
	}
	await subscribe(callbell, { url, events });
	const staticData = context.getWorkflowStaticData('node');
	if (isTest(context)) staticData.takenForTest = true;
	else staticData.registered = { url, events };
	return true;
}

/** Gives the webhook up, if it is ours; after a test, the address of the active workflow is put back. */
export async function unregister(context: IHookFunctions): Promise<boolean> {
	if (isManual(context)) return true;
	const staticData = context.getWorkflowStaticData('node');
	if (isTest(context)) {
		if (staticData.takenForTest !== true) return true;
		delete staticData.takenForTest;
		const callbell = await CallbellClient.connect(context);
		const active = await activeWorkflow(context);
		await (active ? subscribe(callbell, active) : unsubscribe(callbell));
		return true;
	}
	const known = production(context);
	delete staticData.registered;
	const callbell = await CallbellClient.connect(context);
	const holder = await holderOf(callbell, String(context.getNodeWebhookUrl('default')));
	if (holder === 'other') context.logger.warn('Callbell: the webhook of the account was left as it is, because somebody else answers it now');
	// n8n tidies up also after an activation that has failed: the webhook is then still somebody else's.
	else if (known || holder === 'ours') await unsubscribe(callbell);
	return true;
}

/**
 * Address and events of this workflow if it is active. n8n does not tell a test, so the address is asked, as Callbell
 * does it; n8n answers 404 for a workflow that is not active.
 */
async function activeWorkflow(context: IHookFunctions): Promise<Registered | undefined> {
	const url = String(context.getNodeWebhookUrl('default')).replace('/webhook-test/', '/webhook/');
	const answer = (await context.helpers.httpRequest({ url, json: true, timeout: 10_000, returnFullResponse: true, ignoreHttpStatusErrors: true }).catch((error: Error) => {
		context.logger.warn(`Callbell: whether the workflow is active could not be found out (${error.message}). If it is, activate it again: the test has ended its webhook.`);
		return {};
	})) as { body?: unknown };
	const { receiver, events } = objectOrEmpty(answer.body);
	if (receiver !== receiverOf(url)) return undefined;
	return { url, events: Array.isArray(events) ? events.map(String) : chosenEvents(context) };
}

async function unsubscribe(callbell: CallbellClient): Promise<void> {
	// 404: there is none any more.
	await callbell.http.exchange({ method: 'DELETE', path: '/webhooks/unsubscribe', expect: 'anything', accept: [404] });
}
