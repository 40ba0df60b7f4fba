import type { IDataObject, IHookFunctions, IWebhookFunctions } from 'n8n-workflow';

import { fingerprint, isTest } from '../../shared/trigger/webhook';
import { objectOrEmpty } from '../../shared/values/read';
import { CallbellClient, recordIn } from '../transport/client';
import { subscriptionsFor } from '../helpers/events';

/** How far back the delivery log tells who has the webhook; milliseconds. */
const recently = 7 * 24 * 3_600_000;

/** Who answers the account's webhook at the moment, as far as the delivery log tells. */
export type Holder = 'other' | 'ours' | 'unknown';

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
	const [newest] = (Array.isArray(log.webhook_events) ? (log.webhook_events as unknown[]).map(objectOrEmpty) : [])
		.filter(({ createdAt }) => now - Date.parse(String(createdAt)) < recently)
		.sort((a, b) => Date.parse(String(b.createdAt)) - Date.parse(String(a.createdAt)));
	if (!newest) return 'unknown';
	const receiver = answeredBy(newest);
	if (receiver === receiverOf(url)) return 'ours';
	// An answer that is no success may be a proxy's, in front of anybody.
	return newest.success === true ? 'other' : 'unknown';
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

const chosenEvents = (context: IHookFunctions) => subscriptionsFor(context.getNodeParameter('events', []) as string[]);

/** Whether the workflow is called by a bot's step, not by the account's webhook. */
export const isBotStep = (context: IHookFunctions | IWebhookFunctions) => context.getNodeParameter('calledBy', 'events') === 'bot';

/** What the active workflow has registered. Tests do not see it: n8n gives them static data of their own. */
export function production(context: IHookFunctions | IWebhookFunctions): Registered | undefined {
	const stored = objectOrEmpty(context.getWorkflowStaticData('node').registered);
	return typeof stored.url === 'string' && Array.isArray(stored.events) ? (stored as unknown as Registered) : undefined;
}

const isManual = (context: IHookFunctions) => isBotStep(context) || context.getNodeParameter('registration', 'automatic') === 'manual';

/** Which address has an account's webhook, as far as this process has set or seen it; by server and token. */
const holders = new Map<string, string | undefined>();

async function accountOf(context: IHookFunctions): Promise<string> {
	const { token, baseUrl } = await context.getCredentials('callbellApi');
	return fingerprint(`${String(baseUrl)} ${String(token)}`);
}

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
	if ((await holderOf(callbell, url)) !== 'ours') return false;
	const account = await accountOf(context);
	if (!holders.has(account)) holders.set(account, url);
	return holders.get(account) === url;
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
		const before = holders.get(await accountOf(context));
		// What this node, or this process, has set or given up itself is no secret to it.
		const isOurs = holder === 'ours' ? before === undefined || before === url : holder === 'unknown' && (known?.url === url ? before === undefined || before === url : context.getWorkflowStaticData('node').gaveUp === true && before === undefined);
		if (holder === 'other' && known?.url === url) context.logger.warn('Callbell: somebody else has taken the webhook of the account since this workflow was activated; events sent meanwhile did not come here');
		if (!isOurs && context.getNodeParameter('ifTaken', 'stop') !== 'takeOver') {
			throw holder === 'unknown' && before === undefined
				? callbell.http.error(
					'Whether another webhook is in use in this Callbell account cannot be told',
					"An account has one webhook, and its log shows no event of the last seven days that reached somebody. If no other workflow or program such as Zapier gets Callbell's events, set 'If Another Webhook Is in Use' to 'Take Over'.",
				)
				: callbell.http.error(
					'Another webhook is in use in this Callbell account',
					"An account has one webhook, and another address has it: another workflow, a test, or a program such as Zapier. Set 'If Another Webhook Is in Use' to 'Take Over', which ends it there, or choose one trigger with all events.",
				);
		}
	}
	await subscribe(callbell, { url, events });
	holders.set(await accountOf(context), url);
	const staticData = context.getWorkflowStaticData('node');
	if (isTest(context)) staticData.takenForTest = true;
	else {
		staticData.registered = { url, events };
		delete staticData.gaveUp;
	}
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
		holders.set(await accountOf(context), active?.url);
		return true;
	}
	const known = production(context);
	delete staticData.registered;
	const callbell = await CallbellClient.connect(context);
	// n8n tidies up also after an activation that has failed: the webhook is then still somebody else's.
	if (!known) return true;
	const url = String(context.getNodeWebhookUrl('default'));
	const account = await accountOf(context);
	const holder = await holderOf(callbell, url);
	// Another workflow may have taken it since, and no event come that would tell.
	const isOurs = holder !== 'other' && (holders.has(account) ? holders.get(account) === url : holder === 'ours');
	if (!isOurs) {
		context.logger.warn(`Callbell: the webhook of the account was left as it is, because somebody else ${holder === 'other' ? 'answers it now' : 'has it now, or may have'}`);
		return true;
	}
	await unsubscribe(callbell);
	holders.set(account, undefined);
	staticData.gaveUp = true;
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
