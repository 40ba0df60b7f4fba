import type { HttpClient } from '../http/httpClient';
import type { Item } from '../operation/item';
import { beginLeftOut, leftOut, leftOutOf, type LeftOut } from '../operation/leftOut';

/** Names that one sentence lists; of more, the number is told. */
const namesShown = 10;

const runs = new WeakMap<HttpClient, Map<string, { names: Map<string, number>; sentence?: string }>>();

/** A value that is not taken over, and why when that is the value's own fault: [column, value, reason]. */
export type NotTaken = [column: string, value: unknown, reason?: string];

/**
 * Notes what a run could not hand over: in the item's output, as `leftOut`, and once with the node's output, as one
 * sentence for each reason with the names and how many contacts each concerned.
 *
 * @param item that lost the values
 * @param reason begins the sentence: "Left out, because Kinbox contacts hold no tags"
 * @param entries what was left out of one contact
 * @param short the reason in the item, for entries without one of their own: "Kinbox contacts hold no tags"
 */
export function noteLeftOut(http: HttpClient, item: Item, reason: string, entries: NotTaken[], short: string): void {
	if (entries.length === 0) return;
	if (!leftOutOf(item)) beginLeftOut(item);
	leftOutOf(item)?.push(...entries.map(([column, value, own]) => leftOut(column, value, own ?? short)));
	hintLeftOut(http, reason, entries.map(([column]) => column));
}

/** Tells what the reading of the item could not take, beside the output: phones and e-mail addresses in unknown columns first. */
export function noteUnread(http: HttpClient, unread: LeftOut[]): void {
	const loud = unread.filter(({ reason }) => reason.startsWith('holds '));
	hintLeftOut(http, 'These columns hold phone numbers or e-mail addresses that the contacts now LACK, because their names do not say so; rename them or fill in the fields by dragging', loud.map(({ column }) => column));
	hintLeftOut(http, 'These columns could not be taken over; each output item says why under leftOut', unread.filter((entry) => !loud.includes(entry)).map(({ column }) => column));
}

/**
 * One sentence beside the node's output for each reason, with the names and how many contacts each concerned.
 *
 * @param what is counted, in the singular
 */
export function hintLeftOut(http: HttpClient, reason: string, names: string[], what = 'contact'): void {
	if (names.length === 0) return;
	const reasons = runs.get(http) ?? new Map<string, { names: Map<string, number>; sentence?: string }>();
	runs.set(http, reasons);
	const entry: { names: Map<string, number>; sentence?: string } = reasons.get(reason) ?? { names: new Map<string, number>() };
	reasons.set(reason, entry);
	for (const name of new Set(names)) entry.names.set(name, (entry.names.get(name) ?? 0) + 1);
	if (entry.sentence !== undefined) http.notices.delete(entry.sentence);
	entry.sentence = sentence(reason, entry.names, what);
	http.notices.add(entry.sentence);
}

function firstOf<Entry>(entries: Iterable<Entry>, most: number): Entry[] {
	const first: Entry[] = [];
	for (const entry of entries) {
		if (first.length === most) break;
		first.push(entry);
	}
	return first;
}

function sentence(reason: string, names: Map<string, number>, what: string): string {
	// The first hundred are ranked; to rank thousands anew for each item would take ever longer.
	const sorted = firstOf(names, 100).sort(([a, many], [b, more]) => more - many || a.localeCompare(b, 'en'));
	const shown = sorted.slice(0, namesShown).map(([name, count]) => `${name.slice(0, 60)} (${count} ${what}${count === 1 ? '' : 's'})`);
	const rest = names.size - shown.length;
	return `${reason}: ${shown.join(', ')}${rest > 0 ? ` and ${rest} more` : ''}.`;
}
