import { limits } from './limits';

/** Characters without any shape: zero-width spaces, marks of direction, soft hyphens, fillers. */
const invisible = /\u034F|[\u180B-\u180F]|[\u17B4\u17B5]|[\u00AD\u061C\u115F\u1160\u200B\u200E\u200F\u202A-\u202E\u2060-\u2064\u2066-\u206F\u2800\u3164\uFEFF\uFFA0\uFFF9-\uFFFB]/g;
/** Joiners belong between letters of some scripts and inside emoji; elsewhere they are invisible as well. */
const looseJoiner = /(?<![\p{L}\p{M}\p{Extended_Pictographic}\p{Emoji_Modifier}])[\u200C\u200D]|[\u200C\u200D](?![\p{L}\p{M}\p{Extended_Pictographic}])/gu;

/** A text on one line: without invisible characters, each run of white space and control characters one blank. WhatsApp refuses line breaks, tabs and more than four blanks in a template's values. */
export function oneLine(text: string): string {
	return visible(text).replace(/[\s\p{Cc}]+/gu, ' ').trim();
}

/** A text without invisible characters. */
export function visible(text: string): string {
	return text.replace(invisible, '').replace(looseJoiner, '');
}

/** Whether a reader would see nothing at all. */
export function isInvisible(text: string): boolean {
	return oneLine(text) === '';
}

/** Texts that an expression gives when it has found nothing. */
const nothing = new Set(['undefined', 'null', 'NaN', '[undefined]', '[null]', 'Invalid Date', 'Invalid DateTime']);

/**
 * Why a text must not reach a customer: it shows that an expression went wrong. Undefined when it may.
 *
 * @returns the end of a sentence that begins with the name of the field
 */
export function accident(text: string): { what: string; advice: string } | undefined {
	if (text.includes('[object Object]')) return { what: 'has [object Object] in it: an expression gives an object there', advice: 'Pick one field of the object, for example {{ $json.customer.name }}, or join a list with .join(", ").' };
	if (nothing.has(text.trim())) return { what: `is '${text.trim()}': its expression has found nothing`, advice: 'Check the name of the field in the expression, or leave this item out before it reaches the node.' };
	return undefined;
}

/**
 * A value as text: numbers and yes/no as they are written, a list of one as its entry.
 *
 * @returns what is wrong with it otherwise, as the end of a sentence
 */
export function textOfValue(value: unknown): { text: string; wrong?: undefined } | { text?: undefined; wrong: string } {
	if (value === undefined || value === null) return { text: '' };
	if (typeof value === 'string') {
		const found = accident(value);
		return found ? { wrong: found.what } : { text: value };
	}
	if (typeof value === 'bigint' || typeof value === 'boolean') return { text: String(value) };
	if (typeof value === 'number') return Number.isFinite(value) ? { text: Number.isInteger(value) ? BigInt(value).toString() : String(value) } : { wrong: 'is not a number' };
	if (Array.isArray(value)) return value.length === 1 ? textOfValue(value[0]) : value.length === 0 ? { text: '' } : { wrong: `is a list of ${value.length} entries; join them to one text` };
	if (value instanceof Date || (typeof value === 'object' && 'toMillis' in value)) return { wrong: "is a date; write it as people read it, for example with .toFormat('dd/MM/yyyy')" };
	return { wrong: 'is an object, not text; pick one field of it' };
}

/** A placeholder in braces that nobody has filled in: {{1}}, {{ name }}, {name}. */
export function leftPlaceholder(text: string): string | undefined {
	return /\{\{[^{}]{0,100}\}\}|\{%[^{}]{0,100}%\}|\{\{|\{%|\{ {0,5}[\p{L}_][\p{L}\p{M}\p{N}_ .-]{0,60}\}/u.exec(text)?.[0];
}

/**
 * The part of a web address that a button leaves open, so that nothing in it breaks the address.
 *
 * @param value what was given: the part, or the whole address
 * @param address of the button, with its variable, e.g. https://example.com/orders/{{1}}
 * @returns what is wrong with it otherwise, as the end of a sentence
 */
export function addressPart(value: string, address: string): { text: string; wrong?: undefined } | { text?: undefined; wrong: string } {
	const open = address.indexOf('{{');
	const start = open < 0 ? address : address.slice(0, open);
	let part = value;
	if (/^[a-z][a-z\d+.-]{0,20}:\/\//i.test(value) && !/^\s*$/.test(start)) {
		if (!value.startsWith(start)) return { wrong: `is a whole address, but the button's address begins with ${start}; give what comes after it` };
		part = value.slice(start.length);
		if (part === '') return { wrong: `is the beginning of the button's address alone; give what comes after ${start}` };
	}
	const text = encodeAddress(part);
	if (start.length + text.length > limits.address) return { wrong: `makes an address of more than ${limits.address} characters` };
	return { text };
}

/** Encodes what may not stand in an address, and leaves what is encoded already. Chatwoot takes apostrophes away, so they are encoded as well. */
export function encodeAddress(text: string): string {
	return text.replace(/%(?![\da-f]{2})|[^\w.~:/?#[\]@!$&()*+,;=%-]/giu, (character) => (character === "'" ? '%27' : encodeURIComponent(/\p{Cs}/u.test(character) ? '\uFFFD' : character)));
}
