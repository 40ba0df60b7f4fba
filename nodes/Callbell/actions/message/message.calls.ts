import type { IDataObject } from 'n8n-workflow';

import { path } from '../../../shared/http/httpClient';
import type { Delivery } from '../../../shared/message/delivery';
import { failureText, follow } from '../../../shared/message/delivery';
import type { CallbellClient } from '../../transport/client';
import { recordIn } from '../../transport/client';
import { deliveryOf } from './message';

/**
 * `POST /messages/send`; never repeated when it is unsure whether it arrived.
 *
 * @throws NodeApiError when the answer has no message in it
 */
export async function sendMessage(callbell: CallbellClient, body: IDataObject): Promise<IDataObject> {
	const message = recordIn(await callbell.post('/messages/send', body), 'message');
	if (typeof message.uuid === 'string' && message.uuid !== '') return message;
	throw callbell.http.error('Callbell answered without the ID of a message, so it is not known whether it was sent', 'Look at the conversation in Callbell before you send it again. Does the credential have the right address?');
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
