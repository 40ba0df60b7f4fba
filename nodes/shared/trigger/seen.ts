import type { IWebhookFunctions } from 'n8n-workflow';

import { fingerprint, nodeKey } from './webhook';

/** How many of the last events each node remembers. */
const kept = 500;

interface Lately {
	/** Fingerprints of events that were handed on, oldest first. */
	seen: Set<string>;
	/** Fingerprints of events that are being worked on. */
	underWay: Set<string>;
}

/** By workflow and node: deliveries that overlap do not see each other in the static data. */
const lately = new Map<string, Lately>();

/** The right to work on an event; it counts as seen only once it was handed on. */
export interface Claim {
	handedOn(): void;
	/** Lets a repetition of the event try again. */
	giveBack(): void;
}

/**
 * Claims an event, unless it came before or is under way; senders repeat deliveries. The last ones are kept in memory, and
 * in the node's static data, so that n8n knows them after a crash; another process may not know the newest.
 * While a test listens, everything is new, so that a person may send the same again.
 *
 * @param id what two deliveries of one event have in common; any length, only its fingerprint is kept
 * @param within milliseconds after which the same ID is a new event: for events without an ID, which may come about again
 */
export function claim(context: IWebhookFunctions, id: string, within?: number): Claim | undefined {
	if (context.getMode() === 'manual') return { handedOn: () => undefined, giveBack: () => undefined };
	const staticData = context.getWorkflowStaticData('node');
	const node = nodeKey(context);
	const memory = lately.get(node) ?? { seen: new Set<string>(), underWay: new Set<string>() };
	lately.set(node, memory);
	for (const one of Array.isArray(staticData.seenEvents) ? (staticData.seenEvents as unknown[]) : []) memory.seen.add(String(one));
	const span = within === undefined ? 0 : Math.floor(Date.now() / within);
	const [print, before] = within === undefined ? [fingerprint(id), undefined] : [fingerprint(`${span} ${id}`), fingerprint(`${span - 1} ${id}`)];
	if ([print, before].some((one) => one !== undefined && (memory.seen.has(one) || memory.underWay.has(one)))) return undefined;
	memory.underWay.add(print);
	return {
		handedOn() {
			memory.underWay.delete(print);
			memory.seen.add(print);
			for (const oldest of memory.seen) {
				if (memory.seen.size <= kept) break;
				memory.seen.delete(oldest);
			}
			staticData.seenEvents = [...memory.seen];
		},
		giveBack() {
			memory.underWay.delete(print);
		},
	};
}
