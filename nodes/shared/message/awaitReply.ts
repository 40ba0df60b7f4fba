import type { INodeProperties } from 'n8n-workflow';

import type { Item } from '../operation/item';
import { pause } from '../http/pause';

/** How long to wait for a reply; milliseconds. */
export interface ReplyWait {
	timeout: number;
	/** Between two looks. */
	interval: number;
}

/** The fields that {@link readReplyWait} reads. */
export const replyWaitFields: INodeProperties[] = [
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
];

export function readReplyWait(item: Item): ReplyWait {
	return {
		timeout: (item.number('timeout', { min: 0.01, max: 1440 }) ?? 10) * 60_000,
		interval: (item.number('interval', { min: 1, max: 300 }) ?? 5) * 1000,
	};
}

/**
 * Looks again and again, at least once, until somebody has replied to what was sent. The message is out: a look that fails
 * is no reason to lose that, the next one may succeed.
 *
 * @param look gives the reply when there is one, and whether none is to be expected any more
 * @param signal ends the waiting when the execution is cancelled
 */
export async function awaitReply<Reply>(look: () => Promise<{ reply?: Reply; over?: boolean }>, { timeout, interval }: ReplyWait, signal?: AbortSignal): Promise<{ reply?: Reply; secondsWaited: number }> {
	const started = Date.now();
	const left = () => Math.max(0, timeout - (Date.now() - started));
	let seen: { reply?: Reply; over?: boolean } = {};
	do {
		await pause(Math.min(interval, left()), signal);
		if (signal?.aborted) break;
		seen = await look().catch(() => ({}));
	} while (seen.reply === undefined && !seen.over && left() > 0);
	return { reply: seen.reply, secondsWaited: Math.round((Date.now() - started) / 100) / 10 };
}
