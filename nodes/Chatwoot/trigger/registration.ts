import type { IDataObject, IHookFunctions, IWebhookFunctions } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';

import { messageIn } from '../../shared/http/answers';
import type { Call } from '../../shared/http/httpClient';
import { path } from '../../shared/http/httpClient';
import { isTest } from '../../shared/trigger/webhook';
import { objectOrEmpty } from '../../shared/values/read';
import { accountNamed } from '../helpers/accountNamed';
import type { AccountClient } from '../transport/client';
import { ChatwootClient } from '../transport/client';
import { subscriptionsFor, triggerEvents } from './events';

/** What the node keeps of its webhook in the account. */
export interface Registered {
	id: string;
	account: string;
	url: string;
	/** Null on servers that do not sign. */
	secret: string | null;
	/** Whose token it is, for "ignore what the token's owner sent". */
	ownerId: number | null;
}

type Context = IHookFunctions | IWebhookFunctions;

// The test listener has an address of its own, so both may be registered at once.
const slot = (context: Context) => (isTest(context) ? 'test' : 'production');

/** The webhook that the node has registered, if it has. */
export function registered(context: Context): Registered | undefined {
	const stored = objectOrEmpty(context.getWorkflowStaticData('node')[slot(context)]);
	return typeof stored.id === 'string' ? (stored as unknown as Registered) : undefined;
}

function remember(context: Context, value: Registered | undefined): void {
	const staticData = context.getWorkflowStaticData('node');
	if (value) staticData[slot(context)] = { ...value };
	else delete staticData[slot(context)];
}

export const isByHand = (context: Context) => context.getNodeParameter('registration', 'automatic') === 'manual';

export function chosenEvents(context: Context): string[] {
	const events: unknown = context.getNodeParameter('events', []);
	return Array.isArray(events) ? [...new Set(events.map(String))] : [];
}

async function accountOf(context: Context): Promise<AccountClient> {
	return await accountNamed(await ChatwootClient.connect(context), context.getNodeParameter('account', undefined));
}

/** The account of the trigger, for what it has to ask while it receives. */
export async function receivingAccount(context: IWebhookFunctions): Promise<AccountClient> {
	const client = await ChatwootClient.connect(context);
	return await client.account(registered(context)?.account ?? (await accountOf(context)).id);
}

/** The account's webhooks; says what to do when the token may not see them. */
async function webhooksOf(account: AccountClient): Promise<IDataObject[]> {
	const call: Call = { method: 'GET', path: '/webhooks', accept: [401] };
	const answer = await account.exchange(call);
	if (answer.status === 401) {
		if (!/not authorized to do this action/i.test(messageIn(answer.body) ?? '')) throw account.refusal(answer, call);
		throw account.http.error(
			'Only administrators may register webhooks in Chatwoot',
			"Use the token of an administrator, or choose Registration: By Hand, and let an administrator enter this workflow's address in Chatwoot.",
			401,
		);
	}
	const { webhooks } = objectOrEmpty(objectOrEmpty(answer.body).payload);
	return Array.isArray(webhooks) ? (webhooks as IDataObject[]) : [];
}

const ours = (webhooks: IDataObject[], url: string) => webhooks.find((webhook) => webhook.url === url);

const webhookIn = (answer: IDataObject) => objectOrEmpty(objectOrEmpty(answer.payload).webhook);

async function keep(context: Context, account: AccountClient, webhook: IDataObject): Promise<void> {
	const profile = await account.client.get('/api/v1/profile');
	remember(context, {
		id: String(webhook.id),
		account: account.id,
		url: String(webhook.url),
		secret: typeof webhook.secret === 'string' && webhook.secret !== '' ? webhook.secret : null,
		ownerId: typeof profile.id === 'number' ? profile.id : null,
	});
}

const sameEvents = (a: unknown, b: string[]) => Array.isArray(a) && [...(a as string[])].sort().join() === b.join();

/** Whether the account sends the chosen events here already. */
export async function isRegistered(context: IHookFunctions): Promise<boolean> {
	if (isByHand(context)) return false;
	const known = registered(context);
	const account = await accountOf(context);
	// Another account was picked since: the old registration must not stay behind.
	if (known && known.account !== account.id) await remove(await account.client.account(known.account), known.id);
	const webhook = ours(await webhooksOf(account), String(context.getNodeWebhookUrl('default')));
	if (!webhook || !sameEvents(webhook.subscriptions, subscriptionsFor(chosenEvents(context)))) return false;
	await keep(context, account, webhook);
	checkSigned(context);
	return true;
}

/** Makes the account send the chosen events here; takes over a registration of the same address. */
export async function register(context: IHookFunctions): Promise<boolean> {
	const events = chosenEvents(context);
	if (events.length === 0) throw refused(context, "'Trigger On' is empty", 'Pick at least one event.');
	if (isByHand(context)) {
		checkSigned(context);
		return true;
	}
	const account = await accountOf(context);
	const url = String(context.getNodeWebhookUrl('default'));
	await checkReachable(context, account, url);
	await checkVersion(context, account, events);

	const subscriptions = subscriptionsFor(events);
	const body = { url, subscriptions, ...((await account.client.serverIsAtLeast('4.8')) ? { name: `n8n: ${String(context.getWorkflow().name ?? 'workflow')}`.slice(0, 255) } : {}) };
	const existing = ours(await webhooksOf(account), url);
	if (existing) {
		await keep(context, account, webhookIn(await account.patch(path`/webhooks/${String(existing.id)}`, { subscriptions })));
	} else {
		const call: Call = { method: 'POST', path: '/webhooks', body, accept: [422] };
		const answer = await account.exchange(call);
		// Registered by another process of n8n since we looked.
		const since = answer.status === 422 ? ours(await webhooksOf(account), url) : undefined;
		if (answer.status === 422 && !since) throw account.refusal(answer, call);
		await keep(context, account, since ?? webhookIn(answer.body as IDataObject));
	}
	if (isUnsignedAndUnwanted(context)) {
		await unregister(context);
		checkSigned(context, await account.client.serverVersion());
	}
	return true;
}

/** Takes the node's webhook away. */
export async function unregister(context: IHookFunctions): Promise<boolean> {
	if (isByHand(context)) return true;
	const known = registered(context);
	const account = known ? await (await ChatwootClient.connect(context)).account(known.account) : await accountOf(context);
	// By address when the ID was lost, so that nothing stays behind.
	const id = known?.id ?? ours(await webhooksOf(account), String(context.getNodeWebhookUrl('default')))?.id;
	if (id !== undefined) await remove(account, String(id));
	remember(context, undefined);
	return true;
}

async function remove(account: AccountClient, id: string): Promise<void> {
	// Gone already is as good as removed.
	await account.tell({ method: 'DELETE', path: path`/webhooks/${id}`, accept: [404] });
}

/** The secret that events are signed with; null when there is none. */
export function secretOf(context: Context): string | null {
	if (!isByHand(context)) return registered(context)?.secret ?? null;
	const secret: unknown = context.getNodeParameter('signingSecret', '');
	return typeof secret === 'string' && secret.trim() ? secret.trim() : null;
}

/** When a node has asked for its secret last, by workflow and node: anybody may send what is not signed with it. */
const askedAt = new Map<string, number>();

/**
 * The secret that Chatwoot has for this address; null when it was asked within a minute or does not tell. n8n stores
 * static data as a whole, so a delivery under way while the workflow is published anew may put the old secret back.
 */
export async function renewedSecret(context: IWebhookFunctions): Promise<string | null> {
	if (isByHand(context) || isTest(context)) return null;
	const node = `${String(context.getWorkflow().id)} ${context.getNode().id}`;
	if (Date.now() - (askedAt.get(node) ?? 0) < 60_000) return null;
	askedAt.set(node, Date.now());
	try {
		const account = await receivingAccount(context);
		const webhook = ours(await webhooksOf(account), String(context.getNodeWebhookUrl('default')));
		if (webhook) await keep(context, account, webhook);
		return secretOf(context);
	} catch (error) {
		context.logger.warn(`Chatwoot Trigger: the secret of the webhook could not be looked up (${error instanceof Error ? error.message : 'unknown'})`);
		return null;
	}
}

export const acceptsUnsigned = (context: Context) => context.getNodeParameter('acceptUnsigned', false) === true;

const isUnsignedAndUnwanted = (context: Context) => secretOf(context) === null && !acceptsUnsigned(context);

function checkSigned(context: IHookFunctions, version: number[] = []): void {
	if (!isUnsignedAndUnwanted(context)) return;
	throw isByHand(context)
		? refused(context, "'Signing Secret' is empty", "Copy the webhook's secret from Chatwoot. Servers before 4.12 have none; turn on 'Accept Unsigned Events' for those.")
		: refused(
			context,
			`Chatwoot ${version.join('.')} does not sign its events`.replace('  ', ' '),
			"Anybody who knows the address could send events. Update Chatwoot to 4.12 or newer, or turn on 'Accept Unsigned Events'.",
		);
}

async function checkVersion(context: IHookFunctions, account: AccountClient, events: string[]): Promise<void> {
	for (const event of events) {
		const { since, name } = triggerEvents[event] ?? {};
		// One event that the server does not know makes it refuse all of them.
		if (since && !(await account.client.serverIsAtLeast(since))) {
			throw refused(context, `This Chatwoot does not know the event '${name}'`, `It came with version ${since}; the server has ${(await account.client.serverVersion()).join('.')}. Update Chatwoot, or take the event away.`);
		}
	}
}

/** An address that only the own network knows. */
export function isPrivateAddress(url: string): boolean {
	const host = URL.canParse(url) ? new URL(url).hostname.replace(/^\[|\]$/g, '') : '';
	if (host.includes(':')) return /^(::1$|f[cd]|fe80)/i.test(host);
	if (/^[\d.]+$/.test(host)) return /^(127\.|10\.|192\.168\.|169\.254\.|172\.(1[6-9]|2\d|3[01])\.|0\.)/.test(host);
	return !host.includes('.') || /\.(local|internal|lan|home|localhost)$/i.test(host);
}

async function checkReachable(context: IHookFunctions, account: AccountClient, url: string): Promise<void> {
	if (!isPrivateAddress(url)) return;
	const advice = "Chatwoot drops events to such addresses without a word. Set n8n's WEBHOOK_URL to an address that Chatwoot can reach.";
	if (!isPrivateAddress(account.http.baseUrl)) throw refused(context, `Chatwoot cannot send events to ${new URL(url).host}, which is a private address`, advice);
	if (await account.client.serverIsAtLeast('4.14')) {
		context.logger.warn(`Chatwoot Trigger: ${new URL(url).host} is a private address. From 4.14 on, Chatwoot sends no events there unless its server has SAFE_FETCH_ALLOW_PRIVATE_NETWORK=true (4.14.1).`);
	}
}

function refused(context: IHookFunctions, message: string, description: string): NodeOperationError {
	return new NodeOperationError(context.getNode(), message, { description });
}
