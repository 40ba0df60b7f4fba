import type { IDataObject } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';

import { phoneKey } from '../../../shared/phone/compare';
import type { ReplyWait } from '../../../shared/message/awaitReply';
import { awaitReply } from '../../../shared/message/awaitReply';
import type { Delivery } from '../../../shared/message/delivery';
import { further } from '../../../shared/message/delivery';
import { operation } from '../../../shared/operation/operation';
import type { KinboxClient } from '../../transport/client';
import { simplifyMessage } from './message';
import { conversationsOf, FateOfMessage, messagesIn, refuseFailed, sendMessage } from './message.calls';
import { askFields, readMessage, type MessageInput } from './message.fields';

interface Input extends MessageInput {
	wait: ReplyWait;
	failLate: boolean;
}

/** Messages that are looked at before sending may be this old; clocks differ. */
const lookBack = 15 * 60_000;

/**
 * `POST /v1/messages/send`, then looks through the contact's messages on the channel (`GET /v1/conversations/{id}/messages`)
 * until one is there that was not before. Kinbox has no call that tells of a reply.
 */
export const sendAndAwaitReply = operation<KinboxClient, Input>({
	option: {
		name: 'Send and Wait for Reply',
		value: 'sendAndAwaitReply',
		action: 'Send message and wait for reply',
		description: 'Send a message and wait until the contact has written back. Needs an API Token with the scopes send and read.',
	},
	properties: [
		...askFields,
		{
			displayName: 'Ask Every (Seconds)',
			name: 'interval',
			type: 'number',
			typeOptions: { minValue: 1 },
			default: 15,
			description: 'How often to look for a reply',
		},
		{
			displayName: 'Wait at Most (Minutes)',
			name: 'patience',
			type: 'number',
			typeOptions: { minValue: 0 },
			default: 30,
			description: 'When to stop waiting. The execution stays active meanwhile; for longer times, use the Kinbox Trigger instead.',
		},
		{
			displayName: 'When Time Is Over',
			name: 'whenLate',
			type: 'options',
			options: [
				{ name: 'Fail', value: 'fail', description: 'End with an error' },
				{ name: 'Output Without Reply', value: 'output', description: 'Output replied: false' },
			],
			default: 'output',
			description: 'What to do when the contact has not written back',
		},
	],
	read: (item) => ({
		...readMessage(item),
		wait: { interval: (item.number('interval', { min: 1 }) ?? 15) * 1000, timeout: (item.number('patience', { min: 0 }) ?? 30) * 60_000 },
		failLate: item.choice('whenLate', ['fail', 'output'] as const) === 'fail',
	}),
	orderingKey: ({ e164 }) => phoneKey(e164),
	async run({ wait, failLate, ...message }, kinbox, { item, itemIndex }) {
		kinbox.needs('v1', 'Sending messages');
		const { context, signal } = kinbox.http;
		const started = Date.now();
		const from = started - lookBack;
		const received = async () => await messagesFrom(message.e164, String(message.body.channelId), from, kinbox);
		const before = new Set((await received()).map(({ id }) => String(id)));
		const sent = await sendMessage(message, kinbox, item);
		let own: Delivery = { status: 'queued' };
		let messageId: string | null = null;
		const fate = new FateOfMessage(kinbox, String(sent.id), message, started);
		const { reply } = await awaitReply(async () => {
			const found = (await received()).find(({ id }) => !before.has(String(id)));
			if (!found && sent.id !== null) {
				const seen = await fate.look();
				own = further(own, seen.delivery);
				messageId = seen.messageId;
			}
			// Nobody answers what has not arrived.
			return { reply: found, over: own.status === 'failed' };
		}, wait, signal);
		const known = { ...sent, status: sent.id === null ? null : own.status, messageId };
		if (reply) return { ...known, replied: true, reply: simplifyMessage(reply) };
		refuseFailed(kinbox, own, messageId ?? `${String(sent.id)} of the queue`);
		if (!failLate) return { ...known, replied: false, reply: null };
		throw new NodeOperationError(context.getNode(), `Nobody has replied within ${wait.timeout / 60_000} minutes`, {
			itemIndex,
			description: "The message was sent. Raise 'Wait at Most', or choose to output without reply when time is over.",
		});
	},
});

/** What a phone has written on a channel since a moment, oldest first. */
async function messagesFrom(e164: string, channelId: string, from: number, kinbox: KinboxClient): Promise<IDataObject[]> {
	const messages = await messagesIn(await conversationsOf(e164, channelId, kinbox), from, kinbox);
	return messages.filter(({ sender }) => sender === 'contact');
}
