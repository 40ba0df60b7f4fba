import type { HttpClient } from '../http/httpClient';

/** Names that one sentence lists; of more, the number is told. */
const namesShown = 10;

const runs = new WeakMap<HttpClient, Map<string, { names: Map<string, number>; sentence?: string }>>();

/**
 * Keeps count of what a run could not hand over, and says it once with the node's output: one sentence for each reason,
 * with the names and how many contacts each concerned.
 *
 * @param reason begins the sentence: "Left out, because Kinbox contacts hold no tags"
 * @param names what was left out of one contact
 * @param what is counted, in the singular
 */
export function noteLeftOut(http: HttpClient, reason: string, names: string[], what = 'contact'): void {
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

function sentence(reason: string, names: Map<string, number>, what: string): string {
	const sorted = [...names].sort(([a, many], [b, more]) => more - many || a.localeCompare(b, 'en'));
	const shown = sorted.slice(0, namesShown).map(([name, count]) => `${name.slice(0, 60)} (${count} ${what}${count === 1 ? '' : 's'})`);
	const rest = sorted.length - shown.length;
	return `${reason}: ${shown.join(', ')}${rest > 0 ? ` and ${rest} more` : ''}.`;
}
