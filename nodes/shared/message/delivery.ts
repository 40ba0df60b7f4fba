import type { INodeProperties } from 'n8n-workflow';

import { pause } from '../http/pause';
import type { Fields } from '../operation/item';
import { explainFailure } from '../whatsapp/failures';

/** How far a message is. `queued`: the vendor has it, the channel not yet as far as is known. */
export type DeliveryStatus = 'delivered' | 'failed' | 'queued' | 'read' | 'sent';

export interface Delivery {
	status: DeliveryStatus;
	/** Why it failed, as the vendor tells. */
	reason?: string | null;
}

/** An option of the operations that send. */
export const deliveryField: INodeProperties = {
	displayName: 'Wait for Delivery',
	name: 'waitForDelivery',
	type: 'number',
	typeOptions: { minValue: 0, maxValue: 3600 },
	default: 30,
	description: 'Seconds to wait until the channel (WhatsApp, for example) has the message. A message that fails meanwhile is an error with its reason; one that is still on its way has the status queued. Without it, the node does not wait.',
};

/** Reads {@link deliveryField}; undefined when it is not to be waited. */
export function readDelivery(fields: Fields): number | undefined {
	return fields.number('waitForDelivery', { min: 0, max: 3600 }) || undefined;
}

/** Milliseconds between two looks; they get longer. */
const looks = { first: 500, last: 5000 };

/**
 * Looks at a sent message until the channel has it, it has failed, or time is over. A look that fails is no reason to lose
 * that the message is out.
 *
 * @param look how far the message is now
 * @param seconds how long to wait at most
 */
export async function waitForDelivery(look: () => Promise<Delivery>, seconds: number, signal?: AbortSignal): Promise<Delivery & { secondsWaited: number }> {
	const started = Date.now();
	const left = () => Math.max(0, seconds * 1000 - (Date.now() - started));
	let seen: Delivery = { status: 'queued' };
	for (let interval = looks.first; seen.status === 'queued' && left() > 0 && !signal?.aborted; interval = Math.min(looks.last, interval * 1.5)) {
		await pause(Math.min(interval, left()), signal);
		if (signal?.aborted) break;
		seen = await look().catch(() => seen);
	}
	return { ...seen, secondsWaited: Math.round((Date.now() - started) / 100) / 10 };
}

const order: DeliveryStatus[] = ['queued', 'sent', 'delivered', 'read', 'failed'];

/** The later of two statuses: vendors tell old ones again. A failure stays. */
export function further(before: Delivery, now: Delivery): Delivery {
	return order.indexOf(now.status) >= order.indexOf(before.status) ? now : before;
}

/** How a vendor tells what became of a message. */
export interface DeliveryWatch<Message> {
	/** Seconds to wait for the channel; undefined waits not. */
	seconds: number | undefined;
	deliveryOf(message: Message): Delivery;
	/** The message as it is now; undefined when it cannot be seen. */
	look(): Promise<Message | undefined>;
	signal?: AbortSignal;
}

/** Follows a message that the vendor has taken until the channel has it, it has failed, or time is over. */
export async function follow<Message>(taken: Message, { seconds, deliveryOf, look, signal }: DeliveryWatch<Message>): Promise<{ message: Message; delivery: Delivery }> {
	let message = taken;
	const first = deliveryOf(taken);
	if (seconds === undefined || first.status !== 'queued') return { message, delivery: first };
	const delivery = await waitForDelivery(async () => {
		message = (await look()) ?? message;
		return deliveryOf(message);
	}, seconds, signal);
	return { message, delivery };
}

/** Why a message has failed, in one sentence for a row; the vendor's own words stand behind it. */
export function failureReasonText(reason: string | null | undefined): string {
	const said = reason?.trim() ?? '';
	const failure = explainFailure(said);
	return said === '' || said === failure.reason ? failure.reason : `${failure.reason} (${said.slice(0, 300)})`;
}

/** What to tell of a message that has failed. */
export function failureText(reason: string | null | undefined, messageId: string): { message: string; description: string } {
	const failure = explainFailure(reason);
	const said = reason?.trim();
	return {
		message: `The message was not delivered: ${failure.reason}`,
		description: `${failure.advice} (Message ${messageId}${said && said !== failure.reason ? `; the channel said: ${said.slice(0, 300)}` : ''})`,
	};
}
