import type { IDataObject, INodeProperties } from 'n8n-workflow';

import type { Fields } from '../../../shared/operation/item';
import type { OutputShape } from '../../../shared/operation/output';
import { outputProperties } from '../../../shared/operation/output';
import { objectOrEmpty, textOrNull } from '../../../shared/values/read';
import { forServersSince } from '../../helpers/accountOperation';
import { rowsIn } from '../../transport/answers';
import type { AccountClient, ChatwootClient } from '../../transport/client';
import { table } from '../../../shared/values/table';

/** A webhook of the account (`Webhook`) in short; its signing secret stays out of the output. */
function simplifyWebhook(webhook: IDataObject): IDataObject {
	return {
		id: String(webhook.id ?? ''),
		name: textOrNull(webhook.name),
		url: textOrNull(webhook.url),
		events: Array.isArray(webhook.subscriptions) ? webhook.subscriptions : [],
		inboxId: textOrNull(objectOrEmpty(webhook.inbox).id),
		signed: webhook.signed ?? null,
	};
}

export const webhookOutput: OutputShape<ChatwootClient> = {
	simplify: simplifyWebhook,
	properties: outputProperties(['account_id', 'id', 'inbox', 'name', 'signed', 'subscriptions', 'url']),
};

/** Says whether deliveries are signed, in place of the secret they are signed with. */
export function withoutSigningSecret({ secret, ...webhook }: IDataObject): IDataObject {
	return { ...webhook, signed: typeof secret === 'string' && secret !== '' };
}

/** The webhooks of `listWebhooks`, which are wrapped twice. */
export function webhooksIn(answer: IDataObject): IDataObject[] {
	return rowsIn(objectOrEmpty(answer.payload).webhooks);
}

/** The webhook of `createWebhook` and `updateWebhook`. */
function webhookIn(answer: IDataObject): IDataObject {
	return withoutSigningSecret(objectOrEmpty(objectOrEmpty(answer.payload).webhook));
}

/** The events that came later, with the first release that has them. */
const eventsSince: Record<string, string> = table({ conversation_typing_off: '4.2', conversation_typing_on: '4.2', inbox_created: '3.2', inbox_updated: '3.2' });

/** Sends a webhook to be stored; says so when the server is too old for one of its events, or drops its name. */
export async function sendWebhook(account: AccountClient, body: IDataObject, send: () => Promise<IDataObject>): Promise<IDataObject> {
	let request = send;
	for (const event of Array.isArray(body.subscriptions) ? body.subscriptions.map(String) : []) {
		const since = eventsSince[event];
		const inner = request;
		// One event that the server does not know makes it refuse all of them.
		if (since !== undefined) request = async () => await forServersSince(account.client, since, events.find(({ value }) => value === event)?.name ?? event, inner, ['422']);
	}
	const webhook = webhookIn(await request());
	if (typeof body.name === 'string' && webhook.name !== body.name) account.http.notices.add('This Chatwoot keeps no names of webhooks; they came with version 4.8.');
	return webhook;
}

const events = [
	{ name: 'Contact Created', value: 'contact_created' },
	{ name: 'Contact Updated', value: 'contact_updated' },
	{ name: 'Conversation Created', value: 'conversation_created' },
	{ name: 'Conversation Status Changed', value: 'conversation_status_changed' },
	{ name: 'Conversation Updated', value: 'conversation_updated' },
	{ name: 'Inbox Created', value: 'inbox_created', description: 'Sent only where the server has ENABLE_INBOX_EVENTS' },
	{ name: 'Inbox Updated', value: 'inbox_updated', description: 'Sent only where the server has ENABLE_INBOX_EVENTS' },
	{ name: 'Message Created', value: 'message_created' },
	{ name: 'Message Updated', value: 'message_updated' },
	{ name: 'Typing Started', value: 'conversation_typing_on', description: 'For Chatwoot 4.2 or later' },
	{ name: 'Typing Stopped', value: 'conversation_typing_off', description: 'For Chatwoot 4.2 or later' },
	{ name: 'Website Widget Opened', value: 'webwidget_triggered' },
];

export const eventsField: INodeProperties = {
	displayName: 'Events',
	name: 'events',
	type: 'multiOptions',
	options: events,
	default: [],
	description: 'What Chatwoot sends to the address',
};

/** @throws when an event is unknown: the server would refuse the whole call */
export function readEvents(fields: Fields): string[] | undefined {
	const wanted = fields.list('events');
	if (!wanted?.length) return undefined;
	const unknown = wanted.find((event) => !events.some(({ value }) => value === event));
	if (unknown !== undefined) throw fields.refuse('events', `has an entry that Chatwoot does not know: ${unknown.slice(0, 60)}`, 'Pick the events from the list.');
	return [...new Set(wanted)];
}
