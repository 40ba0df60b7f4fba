import type { IDataObject } from 'n8n-workflow';

import { objectOrEmpty, recordsOf } from '../../shared/values/read';
import type { Call } from '../../shared/http/httpClient';
import { messageIn } from '../../shared/http/answers';
import { path } from '../../shared/http/httpClient';
import type { AccountClient } from '../transport/client';

const byHand = "Use the token of an administrator, or choose Registration: By Hand, and let an administrator enter this workflow's address in Chatwoot.";

/** The account's webhooks; says what to do when the token may not see them. */
export async function webhooksOf(account: AccountClient, advice = byHand): Promise<IDataObject[]> {
	const call: Call = { method: 'GET', path: '/webhooks', accept: [401] };
	const answer = await account.exchange(call);
	if (answer.status === 401) {
		if (!/not authorized to do this action/i.test(messageIn(answer.body) ?? '')) throw account.refusal(answer, call);
		throw account.http.error(
			'Only administrators may register webhooks in Chatwoot',
			advice,
			401,
		);
	}
	const { webhooks } = objectOrEmpty(objectOrEmpty(answer.body).payload);
	return recordsOf(webhooks);
}

/** The webhook of an address. */
export const ours = (webhooks: IDataObject[], url: string) => webhooks.find((webhook) => webhook.url === url);

/** The webhook of an answer, which is wrapped twice. */
export const webhookIn = (answer: IDataObject) => objectOrEmpty(objectOrEmpty(answer.payload).webhook);

/** Takes a webhook away; gone already is as good as removed. */
export async function removeWebhook(account: AccountClient, id: string): Promise<void> {
	await account.tell({ method: 'DELETE', path: path`/webhooks/${id}`, accept: [404] });
}
