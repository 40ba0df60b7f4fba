import type { IDataObject, IWebhookFunctions } from 'n8n-workflow';

import { ChatwootClient } from '../transport/client';
import type { AccountClient } from '../transport/client';
import { ours, webhooksOf } from '../helpers/webhooks';

/** A webhook that a node of this process has registered, as it would be made again. */
interface Watched {
	baseUrl: string;
	account: string;
	webhook: { url: string; subscriptions: string[]; name?: string };
}

/** By workflow and node. n8n asks each active trigger when it starts, so all of them are here. */
const watched = new Map<string, Watched>();

/** How often an account is asked at most; milliseconds. */
const every = 3_600_000;

/** When an account was asked last, by server and account. */
const lookedAt = new Map<string, number>();

const placeOf = ({ baseUrl, account }: { baseUrl: string; account: string }) => `${baseUrl} ${account}`;

/** Remembers a webhook that exists now. */
export function watch(node: string, account: AccountClient, { url, subscriptions, name }: IDataObject): void {
	const one: Watched = {
		baseUrl: account.http.baseUrl,
		account: account.id,
		webhook: { url: String(url), subscriptions: Array.isArray(subscriptions) ? subscriptions.map(String) : [], ...(typeof name === 'string' && name !== '' ? { name } : {}) },
	};
	watched.set(node, one);
	lookedAt.set(placeOf(one), Date.now());
}

export function unwatch(node: string): void {
	watched.delete(node);
}

/**
 * A webhook that somebody has deleted in Chatwoot brings no event, so its workflow cannot notice. Events of the other
 * workflows do: once an hour at most the account's webhooks are looked at, and what is missing is registered again. The
 * secret of a new one is learned with its first event.
 */
export async function restoreMissing(context: IWebhookFunctions, baseUrl: string, accountId: string, now: number = Date.now()): Promise<void> {
	const place = placeOf({ baseUrl, account: accountId });
	const ofAccount = [...watched.values()].filter((one) => placeOf(one) === place);
	if (ofAccount.length === 0 || now - (lookedAt.get(place) ?? 0) < every) return;
	lookedAt.set(place, now);
	try {
		const account = await (await ChatwootClient.connect(context)).account(accountId);
		const webhooks = await webhooksOf(account);
		for (const { webhook } of ofAccount) {
			if (ours(webhooks, webhook.url)) continue;
			await account.exchange({ method: 'POST', path: '/webhooks', body: webhook });
			context.logger.warn(`${context.getNode().name}: the webhook ${new URL(webhook.url).pathname} was gone from Chatwoot's account ${accountId}; it was registered again. Events meanwhile did not come here.`);
		}
	} catch (error) {
		context.logger.warn(`${context.getNode().name}: the webhooks of account ${accountId} could not be looked at (${error instanceof Error ? error.message : 'unknown'})`);
	}
}
