import { table } from './table';

/**
 * What kind of value stands where: a text of letters, `s` text, `n` number, `b` yes/no, `0` null, `o` object of any keys,
 * `*` anything; `#Name` for a named shape; or an object for what has parts.
 */
export type Shape = string | Parts;

export interface Parts {
	/** Letters as above, besides what the other keys say. */
	k?: string;
	/** Words that a text may be. */
	e?: string[];
	/** Keys of an object that are known by name. */
	p?: Record<string, Shape>;
	/** Those that are always there. */
	r?: string[];
	/** Entries of a list. */
	i?: Shape;
	/** Values of an object whose keys are free. */
	m?: Shape;
	/** One of several. */
	u?: Shape[];
}

export type NamedShapes = Record<string, Shape>;

export interface Differences {
	/** Where a value is not as the shape says, and how, once for each place. */
	wrong: Set<string>;
	/** Keys that the shape does not name, by their place. */
	unknown: Set<string>;
}

const kindNames = table({ s: 'text', n: 'a number', b: 'yes/no', 0: 'null', o: 'an object', i: 'a list' });

/** The shape with its name resolved. */
export function partsOf(shape: Shape, named: NamedShapes): Parts {
	let found = shape;
	while (typeof found === 'string' && found.startsWith('#')) found = named[found.slice(1)] ?? '*';
	return typeof found === 'string' ? { k: found } : found;
}

/** The letter of a value's kind; `i` for a list. */
export function kindOf(value: unknown): string {
	if (value === null) return '0';
	if (Array.isArray(value)) return 'i';
	return { string: 's', number: 'n', boolean: 'b' }[typeof value as string] ?? 'o';
}

const isRecord = (value: unknown): value is Record<string, unknown> => kindOf(value) === 'o';

/** Whether a key looks like one of a service, and not like data. */
export const isPlainKey = (key: string) => /^[a-z_$][\w$-]{0,39}$/i.test(key);

/** Whether an object is a record of the shape, and no map of the account's own keys: then its other keys are names, too. */
export const isRecordOf = (value: object, { p = {} }: Parts) => Object.keys(value).some((key) => Object.hasOwn(p, key));

/** The branch that a value fits best: with the fewest differences. */
export function branchFor(value: unknown, shape: Shape, named: NamedShapes): Parts {
	const parts = partsOf(shape, named);
	if (!parts.u) return parts;
	const kind = kindOf(value);
	const counted = parts.u.map((branch) => {
		const { wrong, unknown } = differences(value, branch, named);
		return { branch, count: wrong.size * 10 + unknown.size, fits: allows(partsOf(branch, named), kind) };
	});
	counted.sort((a, b) => Number(b.fits) - Number(a.fits) || a.count - b.count);
	return counted[0] ? branchFor(value, counted[0].branch, named) : {};
}

function allows({ k = '', e, p, i, m, u }: Parts, kind: string): boolean {
	if (k.includes('*') || u !== undefined) return true;
	if (k.includes(kind)) return true;
	return kind === 's' ? e !== undefined : kind === 'o' ? p !== undefined || m !== undefined : kind === 'i' && i !== undefined;
}

/**
 * How a value differs from its shape. Only places and kinds are told, and words where the shape has words: nothing of the data.
 *
 * @param at place of the value, e.g. `data[].id`
 */
export function differences(value: unknown, shape: Shape, named: NamedShapes, at = '', into: Differences = { wrong: new Set(), unknown: new Set() }): Differences {
	const parts = branchFor(value, shape, named);
	const place = at === '' ? 'the answer' : at;
	const kind = kindOf(value);
	if (!allows(parts, kind)) {
		into.wrong.add(`${place} is ${kindNames[kind]!}, not ${expected(parts)}`);
		return into;
	}
	if (Array.isArray(value)) {
		if (parts.i !== undefined) for (const entry of value) differences(entry, parts.i, named, `${at}[]`, into);
	} else if (isRecord(value)) {
		for (const key of parts.r ?? []) if (!Object.hasOwn(value, key)) into.wrong.add(`${at ? `${at}.` : ''}${key} is missing`);
		const isMap = parts.p === undefined || !isRecordOf(value, parts);
		for (const [key, entry] of Object.entries(value)) {
			const inside = (name: string) => (at ? `${at}.${name}` : name);
			if (parts.p && Object.hasOwn(parts.p, key)) differences(entry, parts.p[key]!, named, inside(key), into);
			else if (parts.m !== undefined) differences(entry, parts.m, named, inside('*'), into);
			else if (parts.p) into.unknown.add(isMap || !isPlainKey(key) ? inside('*') : inside(key));
		}
	} else if (kind === 's' && parts.e && !(parts.k ?? '').includes('s') && !parts.e.includes(value as string)) {
		// Nobody's name is written so.
		const word = /^[a-z]+(?:_[a-z]+)+$/i.test(value as string) ? `'${String(value)}'` : 'another text';
		into.wrong.add(`${place} is ${word}, not one of the known words`);
	}
	return into;
}

function expected({ k = '', e, p, i, m }: Parts): string {
	const letters = [...k, ...(e ? ['s'] : []), ...(p ?? m ? ['o'] : []), ...(i === undefined ? [] : ['i'])].filter((letter) => letter !== '0');
	return [...new Set(letters)].map((letter) => kindNames[letter] ?? 'anything').join(' or ') || 'null';
}
