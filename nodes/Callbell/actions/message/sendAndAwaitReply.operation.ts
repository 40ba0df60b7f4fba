import type { IDataObject } from 'n8n-workflow';

import { path } from '../../../shared/http/httpClient';
import { operation } from '../../../shared/operation/operation';
import type { ReplyWait } from '../../../shared/message/awaitReply';
import { further } from '../../../shared/message/delivery';
import { awaitReply, readReplyWait, replyWaitFields } from '../../../shared/message/awaitReply';
import type { CallbellClient } from '../../transport/client';
import { deliveryOf, simplifyMessage, simplifySent } from './message';
import { messageNow, refuseFailed, sendMessage } from './message.calls';
import { addressOf, askFields, checkInputFile, readSend, recipientKey, refuseTooLong } from './message.fields';
import type { SendInput } from './message.fields';
import { recordsOf } from '../../../shared/values/read';

interface Input extends SendInput {
	wait: ReplyWait;
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
		...askFields,
		...replyWaitFields,
	],
	read: (item) => ({ ...readSend(item), wait: readReplyWait(item) }),
	orderingKey: ({ recipient }) => recipientKey(recipient),
	async run(input, callbell, { item }) {
		const { recipient, body, text, wait } = input;
		await refuseTooLong(input, callbell, item);
		await checkInputFile(item, input.fileKind);
		const started = Date.now();
		const taken = await sendMessage(callbell, { body: { ...(await addressOf(recipient, callbell, item)), ...body }, text });
		const sent = simplifySent(taken);
		let own = deliveryOf(taken);
		const { reply, secondsWaited } = await awaitReply(async () => {
			const found = await replyTo(callbell, String(sent.id), String(sent.contactId), started).catch(() => undefined);
			if (!found) own = further(own, deliveryOf(await messageNow(callbell, String(sent.id))));
			// Nobody answers what has not arrived.
			return { reply: found, over: own.status === 'failed' };
		}, wait, callbell.http.signal);
		if (!reply) refuseFailed(callbell, own, String(sent.id));
		return {
			replied: reply !== undefined,
			text: reply?.text ?? null,
			replyId: reply?.id ?? null,
			repliedAt: reply?.createdAt ?? null,
			messageId: sent.id,
			status: own.status,
			reason: own.reason ?? null,
			contactId: sent.contactId,
			contactName: sent.contactName,
			secondsWaited,
		};
	},
});

/** The first message that came in after ours. */
async function replyTo(callbell: CallbellClient, messageId: string, contactId: string, sentAt: number): Promise<IDataObject | undefined> {
	const { messages } = await callbell.get(path`/contacts/${contactId}/messages`, { page: 1 });
	const newestFirst = recordsOf(messages);
	const ours = newestFirst.findIndex(({ uuid }) => uuid === messageId);
	// Without our message on the page, the time decides; Callbell gives it in whole seconds.
	const since = ours >= 0 ? newestFirst.slice(0, ours) : newestFirst.filter(({ createdAt }) => Date.parse(String(createdAt)) >= Math.floor(sentAt / 1000) * 1000);
	const received = since.filter(({ status }) => status === 'received').pop();
	return received && simplifyMessage(received);
}
