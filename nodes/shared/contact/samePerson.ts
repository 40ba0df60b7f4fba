import type { INodeProperties } from 'n8n-workflow';

import { isSamePhone, phoneKey } from '../phone/compare';

/** What tells people apart. Phones with plus sign and country code; the identifier is the key in another system. */
export interface PersonKeys {
	phone?: string;
	email?: string;
	identifier?: string;
}

export type PersonKey = keyof PersonKeys;

/** In the order in which they count. */
export const personKeys = ['phone', 'email', 'identifier'] as const;

/** How messages call them. */
export const keyLabels: Record<PersonKey, string> = { phone: 'phone', email: 'e-mail address', identifier: 'identifier' };

/** Whether two values of a key are one person's: phones in any of their spellings, e-mails without case, identifiers exactly. */
export function isSameValue(key: PersonKey, a: string, b: string): boolean {
	switch (key) {
		case 'phone': return isSamePhone(a, b);
		case 'email': return a.trim().toLowerCase() === b.trim().toLowerCase();
		case 'identifier': return a === b;
	}
}

/** A value under a name that is equal for equal values, for maps and for the order of items. */
export function valueName(key: PersonKey, value: string): string {
	switch (key) {
		case 'phone': return `phone ${phoneKey(`+${value.replace(/\D/g, '')}`)}`;
		case 'email': return `email ${value.trim().toLowerCase()}`;
		case 'identifier': return `identifier ${value}`;
	}
}

/** The names of all that a person is known by. Items that share one are about the same person, and run one after the other. */
export function personNames(keys: PersonKeys): string[] {
	return personKeys.flatMap((key) => (keys[key] === undefined ? [] : [valueName(key, keys[key])]));
}

/** A value that somebody else has. */
export interface Clash<Found> {
	key: PersonKey;
	other: Found;
	/** What counts more than `key`, and is another one there; undefined when the person was found by what counts more. */
	differs?: PersonKey;
}

export interface Recognised<Found> {
	/** The record of the person; undefined when there is none. */
	record?: Found;
	matchedBy?: PersonKey;
	clashes: Array<Clash<Found>>;
	/** Several records fit equally well, so it is not known which one is meant. */
	several?: Found[];
}

/**
 * Decides which record is a person's. The keys are tried in their order; the first that somebody has tells who it is,
 * unless a key before it is filled in on both sides and differs: then these are two people.
 *
 * @param keys of the person that is looked for
 * @param match keys that may tell, in the order in which they count
 * @param keysOf of a record; keys that are not filled in are left out
 * @param having the records that may have a value; looser than {@link isSameValue} is enough
 */
export async function recognise<Found>(
	keys: PersonKeys,
	match: readonly PersonKey[],
	keysOf: (record: Found) => PersonKeys,
	having: (key: PersonKey, value: string) => Promise<Found[]>,
): Promise<Recognised<Found>> {
	const clashes: Array<Clash<Found>> = [];
	const wanted = match.flatMap((key) => (keys[key] === undefined ? [] : [[key, keys[key]] as const]));
	const has = (record: Found, key: PersonKey, value: string) => {
		const own = keysOf(record)[key];
		return own !== undefined && isSameValue(key, own, value);
	};
	for (const [position, [key, value]] of wanted.entries()) {
		const found = (await having(key, value)).filter((record) => has(record, key, value));
		if (found.length === 0) continue;
		const differing = (record: Found) => wanted.slice(0, position).find(([earlier, own]) => keysOf(record)[earlier] !== undefined && !has(record, earlier, own))?.[0];
		const fitting = found.filter((record) => differing(record) === undefined);
		if (fitting.length === 0) {
			const [other] = found;
			clashes.push({ key, other: other!, differs: differing(other!) });
			continue;
		}
		const best = closest(fitting, keys, keysOf, has);
		if (best.length > 1) return { clashes, several: best };
		const [record] = best;
		// What the record would get from the item may belong to somebody else.
		for (const [later, own] of wanted.slice(position + 1)) {
			if (has(record!, later, own)) continue;
			const other = (await having(later, own)).find((candidate) => candidate !== record && has(candidate, later, own));
			if (other !== undefined) clashes.push({ key: later, other });
		}
		return { record, matchedBy: key, clashes };
	}
	return { clashes };
}

/** Those that agree most: the phone in the very spelling counts most, then each further key. */
function closest<Found>(records: Found[], keys: PersonKeys, keysOf: (record: Found) => PersonKeys, has: (record: Found, key: PersonKey, value: string) => boolean): Found[] {
	const digits = (phone: string | undefined) => phone?.replace(/\D/g, '');
	const points = records.map((record) => personKeys.filter((key) => keys[key] !== undefined && has(record, key, keys[key])).length
		+ (keys.phone !== undefined && digits(keysOf(record).phone) === digits(keys.phone) ? 10 : 0));
	const most = Math.max(...points);
	return records.filter((_, index) => points[index] === most);
}

/** What to do when an item's values belong to two people. */
export type WhenTwoPeople = 'keepApart' | 'refuse';

/** Shown where more than one value may tell who it is. */
export const whenTwoPeopleField: INodeProperties = {
	displayName: 'When Values Belong to Two People',
	name: 'whenTwoPeople',
	type: 'options',
	options: [
		{
			name: 'Keep Them Apart',
			value: 'keepApart',
			description: 'The contact with the phone is created or updated, without what somebody else has. The item tells what was left out.',
		},
		{
			name: 'Refuse the Item',
			value: 'refuse',
			description: 'The item fails and nothing of it is written; the message names both',
		},
	],
	default: 'refuse',
	description: 'What to do when, for example, a contact has the e-mail address of the item, but another phone: a couple or a company may share one. For people who change their number, match by the e-mail address alone.',
};

/** "Contact 7 (Ana) has this e-mail address, but another phone". */
export function clashSentence<Found>({ key, other, differs }: Clash<Found>, nameOf: (record: Found) => string, record?: Found, matchedBy?: PersonKey): string {
	const own = differs !== undefined
		? `, but another ${keyLabels[differs]}`
		: record === undefined || matchedBy === undefined ? '' : `, and ${nameOf(record)} has this ${keyLabels[matchedBy]}`;
	const start = nameOf(other);
	return `${start.charAt(0).toUpperCase()}${start.slice(1)} has this ${keyLabels[key]}${own}`;
}

/** For the end of a run: how many items were refused by "Refuse the Item". */
export const twoPeopleSentence = (count: number): string => `${count} item${count === 1 ? ' belongs' : 's belong'} to two people by their values, and nothing of ${count === 1 ? 'it' : 'them'} was written; each says which two.`;
