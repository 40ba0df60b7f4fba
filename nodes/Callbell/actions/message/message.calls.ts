import type { IDataObject } from 'n8n-workflow';

import { path } from '../../../shared/http/httpClient';
import { madeOnce } from '../../../shared/http/lostAnswer';
import type { Delivery } from '../../../shared/message/delivery';
import { failureText, follow } from '../../../shared/message/delivery';
import { sendOnce } from '../../../shared/message/sendOnce';
import { phoneKey } from '../../../shared/phone/compare';
import { ReadOnce } from '../../../shared/values/readOnce';
import { CallbellClaim, checkClaimField } from '../../helpers/claim';
import type { CallbellClient } from '../../transport/client';
import { recordIn } from '../../transport/client';
import { deliveryOf } from './message';

/** What is known of a message before it is sent. */
export interface Outgoing {
	/** As `POST /messages/send` wants it. */
	body: IDataObject;
	/** As the contact's history will show it; undefined for a file without a caption. */
	text: string | undefined;
}

/**
 * `POST /messages/send`; never repeated when it is unsure whether it arrived. When the answer is lost, the message is looked
 * for among the contact's, by its text; a message without one, or to somebody without a phone, cannot be found.
 *
 * @param deadline moment after which it may not leave
 * @throws NodeApiError when the answer has no message in it
 */
export async function sendMessage(callbell: CallbellClient, { body, text }: Outgoing, deadline?: number): Promise<IDataObject> {
	let isAnswered = false;
	const post = async () => {
		const message = recordIn(await callbell.http.request({ method: 'POST', path: '/messages/send', body, leaveBy: deadline }), 'message');
		if (typeof message.uuid !== 'string' || message.uuid === '') throw callbell.http.error('Callbell answered without the ID of a message, so it is not known whether it was sent', 'Look at the conversation in Callbell before you send it again. Does the credential have the right address?');
		isAnswered = true;
		return message;
	};
	if (typeof body.to !== 'string' || !body.to.startsWith('+') || !text?.trim()) return await post();
	const message = await madeOnce(callbell.http, post, {
		what: 'message',
		key: `message ${JSON.stringify(body)}`,
		find: async () => {
			const contact = await callbell.contactByPhone(String(body.to), String(body.channel_uuid));
			const { messages } = contact ? await callbell.get(path`/contacts/${String(contact.uuid)}/messages`) : { messages: [] };
			return Array.isArray(messages) ? (messages as IDataObject[]) : [];
		},
		isIt: (one) => one.status === 'sent' && String(one.text ?? '').trim() === text.trim(),
		madeAt: (one) => Date.parse(String(one.createdAt)),
		idOf: (one) => one.uuid,
	});
	// The history tells neither the contact nor how far it is.
	return isAnswered ? message : { uuid: message.uuid, status: 'enqueued', ...(await messageNow(callbell, String(message.uuid)).catch(() => ({}))) };
}

/** A key of *Send Only Once*, and where claims are kept. */
export interface OnceKey {
	key: string;
	/** Undefined where only the messages tell. */
	claimField?: string;
}

const checked = new WeakMap<CallbellClient, ReadOnce<string>>();

/**
 * {@link sendMessage}, under a key to a person once.
 *
 * @param once undefined when it is to be sent in any case
 * @returns the message, or what is known of one that went out before (`alreadySent`)
 */
export async function sendUnderKey(callbell: CallbellClient, once: OnceKey | undefined, message: Outgoing): Promise<IDataObject> {
	if (once === undefined) return await sendMessage(callbell, message);
	const { to, channel_uuid: channel } = message.body;
	if (typeof to !== 'string' || !to.startsWith('+')) throw callbell.http.error("'Send Only Once' needs a phone, and Callbell shows none for this contact", 'Nothing was sent. Leave it empty for this contact.');
	const { key, claimField } = once;
	const fields = checked.get(callbell) ?? new ReadOnce<string>();
	checked.set(callbell, fields);
	await fields.get(claimField ?? '', async () => await checkClaimField(callbell, claimField));
	const place = new CallbellClaim(callbell, { e164: to, optedIn: true, input: null }, channel, message.text ?? '', key, claimField);
	const answer = await sendOnce(callbell.http, `${phoneKey(to)} ${key}`, {
		claim: claimField === undefined ? undefined : place,
		stamp: () => place.stamp(),
		history: async (entry) => await place.history(entry),
	}, async (deadline) => await sendMessage(callbell, message, deadline));
	if ('sent' in answer) return answer.sent;
	return { uuid: answer.before, status: null, alreadySent: true, contact: place.contact ?? {} };
}

/** A sent message as it is now (`GET /messages/status/{uuid}`). */
export async function messageNow(callbell: CallbellClient, id: string): Promise<IDataObject> {
	return recordIn(await callbell.get(path`/messages/status/${id}`), 'message');
}

/**
 * A message that Callbell has taken, once its fate is known as far as was wanted.
 *
 * @param seconds how long to wait for the channel; undefined waits not
 * @throws NodeApiError when the message has failed meanwhile
 */
export async function withDelivery(callbell: CallbellClient, taken: IDataObject, seconds: number | undefined): Promise<IDataObject> {
	// Of a message that went out before, nothing more was asked.
	if (taken.alreadySent === true) return taken;
	const id = String(taken.uuid);
	const { message, delivery } = await follow(taken, {
		seconds,
		deliveryOf,
		// The status tells neither contact nor conversation.
		look: async () => ({ ...taken, ...(await messageNow(callbell, id)) }),
		signal: callbell.http.signal,
	});
	refuseFailed(callbell, delivery, id);
	return message;
}

/** Nothing when the message has not failed. */
export function refuseFailed(callbell: CallbellClient, { status, reason }: Delivery, messageId: string): void {
	if (status !== 'failed') return;
	const { message, description } = failureText(reason, messageId);
	throw callbell.http.error(message, description);
}
