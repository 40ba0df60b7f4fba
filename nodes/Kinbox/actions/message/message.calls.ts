import type { IDataObject } from 'n8n-workflow';

import { path } from '../../../shared/http/httpClient';
import { pause } from '../../../shared/http/pause';
import type { Delivery } from '../../../shared/message/delivery';
import { failureText, follow } from '../../../shared/message/delivery';
import type { Item } from '../../../shared/operation/item';
import { isSamePhone, phoneSpellings } from '../../../shared/phone/compare';
import { objectOrEmpty } from '../../../shared/values/read';
import { fillTemplate } from '../../descriptions/template';
import type { KinboxClient } from '../../transport/client';
import { deliveryOf } from './message';
import type { MessageInput } from './message.fields';

/** `POST /v1/messages/send`. */
export async function sendMessage({ body: fields, e164, template, skipRepeated }: MessageInput, kinbox: KinboxClient, item: Item): Promise<IDataObject> {
	const body = template ? { ...fields, template: await fillTemplate(kinbox, String(fields.channelId), template, item) } : fields;
	const about = { to: e164, channelId: String(body.channelId), externalId: body.externalId ?? null, executeAt: body.executeAt ?? null };
	// With a key that is taken once only, sending again after a failure cannot send twice.
	const { status, body: answer } = await kinbox.exchange({ method: 'POST', path: '/messages/send', body, idempotent: skipRepeated, accept: skipRepeated ? [409] : undefined });
	if (status === 409) return { id: null, queued: false, alreadySent: true, status: null, messageId: null, ...about };
	const { id, queued } = objectOrEmpty(answer);
	if (id === undefined || id === null || id === '') throw kinbox.http.error('Kinbox answered without the ID of a message, so it is not known whether it was sent', 'Look at the conversation in Kinbox before you send it again. Does the credential have the right address?');
	return { id: String(id), queued: queued === true, alreadySent: false, status: 'queued', messageId: null, ...about };
}

/** What is known of a message that was handed in. */
interface Fate {
	delivery: Delivery;
	/** ID of the message in its conversation, once it is there. */
	messageId: string | null;
}

/** Looks what has become of a message: first in the queue, then in its conversation. */
export class FateOfMessage {
	private conversations: string[] = [];

	/** @param since when it was handed in, in milliseconds */
	constructor(private readonly kinbox: KinboxClient, private readonly queueId: string, private readonly input: Pick<MessageInput, 'body' | 'e164'>, private readonly since: number) {}

	/** @throws NodeApiError when the queue cannot be read, for example without the scope read */
	async look(): Promise<Fate> {
		const { queue_status: status } = await this.kinbox.get(path`/messages/queue/${this.queueId}`);
		if (status !== 'executed' && status !== 'error') return { delivery: { status: 'queued' }, messageId: null };
		// The queue ends before WhatsApp has the message, and gives no reasons.
		let record = await this.ownMessage().catch(() => undefined);
		if (status === 'error' && !(record && deliveryOf(record)?.reason)) {
			// The reason comes a moment after the queue has ended.
			await pause(1000, this.kinbox.http.signal);
			record = await this.ownMessage().catch(() => record);
		}
		const messageId = record ? String(record.id) : null;
		const told = record && deliveryOf(record);
		if (status === 'error') return { delivery: { status: 'failed', reason: told?.reason }, messageId };
		// A message that cannot be found may have failed.
		return { delivery: told ?? { status: 'queued' }, messageId };
	}

	/** The message in its conversation; undefined when none, or more than one, can be it. */
	private async ownMessage(): Promise<IDataObject | undefined> {
		const { e164, body } = this.input;
		if (this.conversations.length === 0) this.conversations = await conversationsOf(e164, String(body.channelId), this.kinbox);
		// Clocks differ.
		const since = this.since - 60_000;
		const messages = (await messagesIn(this.conversations, since, this.kinbox)).filter(({ sender }) => sender === 'operator' || sender === 'bot');
		if (body.isMedia === true) return only(messages.filter(({ isMedia, media }) => isMedia === true || (Array.isArray(media) && media.length > 0)));
		if (typeof body.message !== 'string') return only(messages);
		const text = folded(body.message);
		return messages.filter((message) => folded(String(message.text ?? '')) === text).pop();
	}
}

const only = (messages: IDataObject[]) => (messages.length === 1 ? messages[0] : undefined);
const folded = (text: string) => text.replace(/\s+/g, ' ').trim();

/** The conversations of a phone on a channel, in any spelling of it. */
export async function conversationsOf(e164: string, channelId: string, kinbox: KinboxClient): Promise<string[]> {
	const found = new Set<string>();
	for (const spelling of phoneSpellings(e164)) {
		// The search may be looser than asked, and several contacts may have the phone.
		const contacts = (await kinbox.list('/contacts', { phone: spelling.slice(1) }, { limit: 10 })).rows.filter(({ phone }) => isSamePhone(phone, e164));
		for (const { id } of contacts) {
			const sessions = (await kinbox.list('/sessions', { contact_id: String(id) }, { limit: 20 })).rows;
			for (const call of sessions.map((session) => objectOrEmpty(session.call))) if (String(call.workspacePlatformId) === channelId) found.add(String(call.customerPlatformId));
		}
	}
	return [...found];
}

/** The messages of conversations since a moment, oldest first. */
export async function messagesIn(conversations: string[], since: number, kinbox: KinboxClient): Promise<IDataObject[]> {
	const lists = await Promise.all(conversations.map(async (id) => await kinbox.list(path`/conversations/${id}/messages`, { order: 'asc', created_at_from: new Date(since).toISOString() }, {})));
	return lists.flatMap(({ rows }) => rows);
}

/**
 * What {@link sendMessage} gave, once the fate of the message is known as far as was wanted.
 *
 * @throws NodeApiError when the message has failed meanwhile
 */
export async function withDelivery(kinbox: KinboxClient, sent: IDataObject, input: MessageInput, since: number): Promise<IDataObject> {
	const { seconds, body } = input;
	// A message for later waits in the queue until then.
	if (seconds === undefined || sent.id === null || body.executeAt !== undefined) return sent;
	const fate = new FateOfMessage(kinbox, String(sent.id), input, since);
	const first: Fate = { delivery: { status: 'queued' }, messageId: null };
	const { message, delivery } = await follow(first, { seconds, deliveryOf: (one) => one.delivery, look: async () => await fate.look(), signal: kinbox.http.signal });
	refuseFailed(kinbox, delivery, message.messageId ?? `${String(sent.id)} of the queue`);
	return { ...sent, status: delivery.status, messageId: message.messageId };
}

/** Nothing when the message has not failed. */
export function refuseFailed(kinbox: KinboxClient, { status, reason }: Delivery, messageId: string): void {
	if (status !== 'failed') return;
	const { message, description } = failureText(reason, messageId);
	throw kinbox.http.error(message, description);
}
