import { foldName } from '../../shared/values/names';
import type { CallbellClient } from '../transport/client';
import { accountNames } from './accountNames';

/** What becomes of tags that the account does not have; Callbell's API makes none. */
export type WhenTagMissing = 'fail' | 'skip';

interface Seen {
	recent?: Promise<string[]>;
	asked: Map<string, Promise<string[]>>;
}

const seenIn = new WeakMap<CallbellClient, Seen>();

/**
 * Tags that contacts show: those of the most recent contacts, and those of a contact that has one of the names, which
 * Callbell finds without regard to case. No call lists an account's tags.
 */
export async function tagsLike(callbell: CallbellClient, names: string[]): Promise<string[]> {
	const seen: Seen = seenIn.get(callbell) ?? { asked: new Map() };
	seenIn.set(callbell, seen);
	if (!seen.recent) {
		const reading = accountNames(callbell).then(({ tags }) => tags);
		seen.recent = reading;
		// What failed is asked again for the next item.
		reading.catch(() => delete seen.recent);
	}
	const tags = new Set(await seen.recent);
	for (const name of names) {
		// In one query value commas separate tags.
		if (tags.has(name) || name.includes(',')) continue;
		let asking = seen.asked.get(name);
		if (!asking) {
			asking = callbell.list('/contacts', 'contacts', { tags: name }, { limit: 1 }).then(([found]) => (Array.isArray(found?.tags) ? found.tags.map(String) : []));
			seen.asked.set(name, asking);
			asking.catch(() => seen.asked.delete(name));
		}
		for (const tag of await asking) tags.add(tag);
	}
	return [...tags];
}

/**
 * A tag as Callbell spells it.
 *
 * @param refuse makes the error for a name that means several
 * @returns undefined when no contact shows it
 */
export function spelledTag(tags: string[], name: string, refuse: (what: string, advice: string) => Error): string | undefined {
	if (tags.includes(name)) return name;
	const alike = tags.filter((tag) => foldName(tag) === foldName(name));
	if (alike.length > 1) throw refuse(`has '${name.slice(0, 60)}', which can mean ${alike.join(' or ')}`, 'Write the tag as Callbell shows it.');
	return alike[0];
}
