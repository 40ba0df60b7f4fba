import type { IDataObject } from 'n8n-workflow';

import { path } from '../../../shared/http';
import { operation } from '../../../shared/operation';
import { pause } from '../../../shared/pause';
import type { CallbellClient } from '../../client';
import { recordIn } from '../../client';
import { hasFailed, simplifyMessage, simplifySent } from '../../message';
import { addressOf, recipientKey, sendMessage } from './message.fields';
import type { SendInput } from './send.operation';
import { readSend, sendFields } from './send.operation';

interface Input extends SendInput {
	/** Milliseconds. */
	timeout: number;
	interval: number;
}

/**
 * `POST /messages/send`, then `GET /contacts/{uuid}/messages` until the person has answered. A webhook cannot resume
 * one execution: an account has a single one for all conversations.
 */
export const sendAndAwaitReply = operation<CallbellClient, Input>({
	option: {
		name: 'Send and Wait for Reply',
		value: 'sendAndAwaitReply',
		action: 'Send message and wait for reply',
		description: 'Send a text or a file and wait until the person answers; the execution keeps running meanwhile. For long waits use the Callbell Trigger.',
	},
	properties: [
		...sendFields,
		{
			displayName: 'Wait at Most',
			name: 'timeout',
			type: 'number',
			typeOptions: { minValue: 1, maxValue: 1440 },
			default: 10,
			description: 'Minutes after which the node goes on without a reply',
		},
		{
			displayName: 'Look Every',
			name: 'interval',
			type: 'number',
			typeOptions: { minValue: 1, maxValue: 300 },
			default: 5,
			description: 'Seconds between two looks at the conversation',
		},
	],
	read: (item) => ({
		...readSend(item),
		timeout: (item.number('timeout', { min: 0.01, max: 1440 }) ?? 10) * 60_000,
		interval: (item.number('interval', { min: 1, max: 300 }) ?? 5) * 1000,
	}),
	orderingKey: ({ recipient }) => recipientKey(recipient),
	async run({ recipient, body, timeout, interval }, callbell, { item }) {
		const { signal } = callbell.http;
		const started = Date.now();
		const sent = simplifySent(await sendMessage(callbell, { ...(await addressOf(recipient, callbell, item)), ...body }));
		let reply: IDataObject | undefined;
		let status: IDataObject = sent;
		while (!reply && !hasFailed(status.status) && Date.now() - started < timeout && !signal?.aborted) {
			await pause(Math.min(interval, timeout - (Date.now() - started)), signal);
			if (signal?.aborted) break;
			// The message is out: a look that fails is no reason to lose that, the next one may succeed.
			reply = await replyTo(callbell, String(sent.id), String(sent.contactId), started).catch(() => undefined);
			// Nobody answers what has not arrived.
			if (!reply) status = await statusOf(callbell, String(sent.id)).catch(() => status);
		}
		return {
			replied: reply !== undefined,
			text: reply?.text ?? null,
			replyId: reply?.id ?? null,
			repliedAt: reply?.createdAt ?? null,
			messageId: sent.id,
			status: status.status,
			reason: status.reason,
			contactId: sent.contactId,
			contactName: sent.contactName,
			secondsWaited: Math.round((Date.now() - started) / 100) / 10,
		};
	},
});

async function statusOf(callbell: CallbellClient, messageId: string): Promise<IDataObject> {
	return simplifySent(recordIn(await callbell.get(path`/messages/status/${messageId}`), 'message'));
}

/** The first message that came in after ours. */
async function replyTo(callbell: CallbellClient, messageId: string, contactId: string, sentAt: number): Promise<IDataObject | undefined> {
	const { messages } = await callbell.get(path`/contacts/${contactId}/messages`, { page: 1 });
	const newestFirst = Array.isArray(messages) ? (messages as IDataObject[]) : [];
	const ours = newestFirst.findIndex(({ uuid }) => uuid === messageId);
	// Without our message on the page, the time decides; Callbell gives it in whole seconds.
	const since = ours >= 0 ? newestFirst.slice(0, ours) : newestFirst.filter(({ createdAt }) => Date.parse(String(createdAt)) >= Math.floor(sentAt / 1000) * 1000);
	const received = since.filter(({ status }) => status === 'received').pop();
	return received && simplifyMessage(received);
}
