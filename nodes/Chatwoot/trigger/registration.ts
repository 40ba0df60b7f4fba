import type { IDataObject, IHookFunctions, IWebhookFunctions } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';

import { objectOrEmpty } from '../../shared/values/read';
import { isPrivateHost } from '../../shared/http/addresses';
import type { Call } from '../../shared/http/httpClient';
import { path } from '../../shared/http/httpClient';
import { seal, unseal } from '../../shared/trigger/sealed';
import { fingerprint, isTest, nodeKey } from '../../shared/trigger/webhook';
import { accountNamed } from '../helpers/accountNamed';
import type { AccountClient } from '../transport/client';
import { ChatwootClient } from '../transport/client';
import { subscriptionsFor, triggerEvents } from './events';
import { unwatch, watch } from './watch';
import { ours, removeWebhook, webhookIn, webhooksOf } from '../helpers/webhooks';

/** What the node keeps of its webhook in the account. */
export interface Registered {
	id: string;
	account: string;
	url: string;
	/** Sealed with the credential's token, since exports may hold what nodes remember. Null on servers that do not sign. */
	secret: string | null;
	/** Whose token it is, for "ignore what the token's owner sent". */
	ownerId: number | null;
	/** Address of the server. */
	baseUrl?: string;
	/** The n8n that has registered it: a workflow that was copied elsewhere must not touch it. */
	instance?: string;
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

async function keep(context: Context, account: AccountClient, webhook: IDataObject): Promise<void> {
	const profile = await account.client.get('/api/v1/profile');
	const secret = typeof webhook.secret === 'string' && webhook.secret !== '' ? webhook.secret : null;
	remember(context, {
		id: String(webhook.id),
		account: account.id,
		url: String(webhook.url),
		secret: secret === null ? null : seal(secret, (await credentialOf(context)).token),
		ownerId: typeof profile.id === 'number' ? profile.id : null,
		baseUrl: account.http.baseUrl,
		instance: instanceOf(context),
	});
}

const instanceOf = (context: Context) => fingerprint(context.getInstanceId());

async function credentialOf(context: Context): Promise<{ token: string; webhookSecrets: string[] }> {
	const { accessToken, webhookSecret } = await context.getCredentials('chatwootAccessTokenApi');
	return { token: String(accessToken ?? '').trim(), webhookSecrets: String(webhookSecret ?? '').split(/[\s,]+/).filter(Boolean) };
}

/**
 * Whether what the node remembers was registered by it, here. n8n's own address may have changed since; a copy of the
 * workflow in another n8n remembers the same.
 */
function isOwn(context: Context, known: Registered): boolean {
	const pathOf = (url: string) => (URL.canParse(url) ? new URL(url).pathname : url);
	const url = String(context.getNodeWebhookUrl('default'));
	return known.url === url || (known.instance === instanceOf(context) && pathOf(known.url) === pathOf(url));
}

/** Removes the registration of an earlier address or account of this node, if it is still the one that was made. */
async function removeEarlier(context: IHookFunctions, account: AccountClient): Promise<void> {
	const known = registered(context);
	const url = String(context.getNodeWebhookUrl('default'));
	if (!known || (known.account === account.id && known.url === url) || !isOwn(context, known)) return;
	const home = await account.client.account(known.account);
	const webhooks = await webhooksOf(home);
	if (webhooks.some((webhook) => String(webhook.id) === known.id && webhook.url === known.url)) {
		await removeWebhook(home, known.id);
		context.logger.info(`${context.getNode().name}: the webhook of the earlier ${known.url === url ? 'account' : 'address'} was removed from Chatwoot`);
	}
	remember(context, undefined);
}

const sameEvents = (a: unknown, b: string[]) => Array.isArray(a) && [...(a as string[])].sort().join() === b.join();

/** Whether the account sends the chosen events here already. */
export async function isRegistered(context: IHookFunctions): Promise<boolean> {
	if (isByHand(context)) return false;
	const account = await accountOf(context);
	// Another account was picked since, or n8n got another address: customers' messages must not go on going there.
	await removeEarlier(context, account);
	const webhook = ours(await webhooksOf(account), String(context.getNodeWebhookUrl('default')));
	if (!webhook || !sameEvents(webhook.subscriptions, subscriptionsFor(chosenEvents(context)))) return false;
	await keep(context, account, webhook);
	await checkSigned(context);
	if (!isTest(context)) watch(nodeKey(context), account, webhook);
	return true;
}

/** Makes the account send the chosen events here; takes over a registration of the same address. */
export async function register(context: IHookFunctions): Promise<boolean> {
	const events = chosenEvents(context);
	if (events.length === 0) throw refused(context, "'Trigger On' is empty", 'Pick at least one event.');
	if (isByHand(context)) {
		await checkSigned(context);
		return true;
	}
	const account = await accountOf(context);
	await removeEarlier(context, account);
	const url = String(context.getNodeWebhookUrl('default'));
	await checkReachable(context, account, url);
	await checkVersion(context, account, events);

	const subscriptions = subscriptionsFor(events);
	const body = { url, subscriptions, ...((await account.client.serverIsAtLeast('4.8')) ? { name: `n8n: ${String(context.getWorkflow().name ?? 'workflow')}`.slice(0, 255) } : {}) };
	const existing = ours(await webhooksOf(account), url);
	let webhook: IDataObject;
	if (existing) {
		webhook = webhookIn(await account.patch(path`/webhooks/${String(existing.id)}`, { subscriptions }));
	} else {
		const call: Call = { method: 'POST', path: '/webhooks', body, accept: [422] };
		const answer = await account.exchange(call);
		// Registered by another process of n8n since we looked.
		const since = answer.status === 422 ? ours(await webhooksOf(account), url) : undefined;
		if (answer.status === 422 && !since) throw account.refusal(answer, call);
		webhook = since ?? webhookIn(answer.body as IDataObject);
	}
	await keep(context, account, webhook);
	if (await isUnsignedAndUnwanted(context)) {
		await unregister(context);
		await checkSigned(context, await account.client.serverVersion());
	}
	if (!isTest(context)) watch(nodeKey(context), account, webhook);
	return true;
}

/** Takes the node's webhook away, and no other: what it remembers may come from a copy of the workflow. */
export async function unregister(context: IHookFunctions): Promise<boolean> {
	if (isByHand(context)) return true;
	if (!isTest(context)) unwatch(nodeKey(context));
	const known = registered(context);
	const account = known ? await (await ChatwootClient.connect(context)).account(known.account) : await accountOf(context);
	const url = String(context.getNodeWebhookUrl('default'));
	const webhooks = await webhooksOf(account);
	// By address when the ID was lost, so that nothing stays behind.
	const own = webhooks.find((webhook) => known && isOwn(context, known) && String(webhook.id) === known.id && webhook.url === known.url) ?? ours(webhooks, url);
	if (own) await removeWebhook(account, String(own.id));
	remember(context, undefined);
	return true;
}

/** Secrets that were opened, by the sealed text; opening asks n8n for the credential. */
const opened = new Map<string, string | null>();

/** The secrets that events may be signed with; none on servers that do not sign. */
export async function secretsOf(context: Context): Promise<string[]> {
	if (isByHand(context)) return (await credentialOf(context)).webhookSecrets;
	const sealed = registered(context)?.secret ?? null;
	if (sealed === null) return [];
	if (!opened.has(sealed)) {
		// One for each registration; the map does not grow with events.
		if (opened.size > 1000) opened.clear();
		opened.set(sealed, unseal(sealed, (await credentialOf(context)).token));
	}
	const secret = opened.get(sealed);
	// Sealed with another token: it is asked for again.
	return typeof secret === 'string' ? [secret] : [];
}

/** When a node has asked for its secret last, by workflow and node: anybody may send what is not signed with it. */
const askedAt = new Map<string, number>();

/**
 * The secret that Chatwoot has for this address; none when it was asked within a minute or does not tell. n8n stores
 * static data as a whole, so a delivery under way while the workflow is published anew may put the old secret back.
 */
export async function renewedSecrets(context: IWebhookFunctions): Promise<string[]> {
	if (isByHand(context) || isTest(context)) return [];
	const node = nodeKey(context);
	if (Math.abs(Date.now() - (askedAt.get(node) ?? 0)) < 60_000) return [];
	askedAt.set(node, Date.now());
	try {
		const account = await receivingAccount(context);
		const webhook = ours(await webhooksOf(account), String(context.getNodeWebhookUrl('default')));
		if (webhook) await keep(context, account, webhook);
		return await secretsOf(context);
	} catch (error) {
		context.logger.warn(`${context.getNode().name}: the secret of the webhook could not be looked up (${error instanceof Error ? error.message : 'unknown'})`);
		return [];
	}
}

export const acceptsUnsigned = (context: Context) => context.getNodeParameter('acceptUnsigned', false) === true;

/** Whether there is neither a secret nor the wish to do without; a registered one that is sealed with an older token counts. */
async function isUnsignedAndUnwanted(context: Context): Promise<boolean> {
	if (acceptsUnsigned(context)) return false;
	return isByHand(context) ? (await secretsOf(context)).length === 0 : (registered(context)?.secret ?? null) === null;
}

async function checkSigned(context: IHookFunctions, version: number[] = []): Promise<void> {
	if (!(await isUnsignedAndUnwanted(context))) return;
	throw isByHand(context)
		? refused(context, "The credential has no 'Webhook Signing Secret'", "Copy the webhook's secret from Chatwoot into the credential. Servers before 4.12 have none; turn on 'Accept Unsigned Events' for those.")
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
	return !URL.canParse(url) || isPrivateHost(new URL(url).hostname);
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
