/** A value that cannot stand in an address. The runner tells it with the number of the item. */
export class UnusablePathPart extends Error {
	readonly description = 'Pick a record from the list, or give its ID as the service shows it.';
}

/**
 * Fills values into a path, each encoded: path`/contacts/${id}`. Dots are encoded as well: Chatwoot's public API stops
 * reading at a dot.
 *
 * @throws UnusablePathPart for what would lead to another path: nothing, `.` and `..`, which servers take for
 * directories, whether encoded or not
 */
export function path(parts: TemplateStringsArray, ...values: Array<string | number>): string {
	return parts.reduce((text, part, index) => text + encodedPart(String(values[index - 1])) + part);
}

function encodedPart(value: string): string {
	if (/^\.{0,2}$/.test(value)) throw new UnusablePathPart(value === '' ? 'An ID is empty' : `'${value}' is not an ID`);
	return encoded(value).replaceAll('.', '%2E');
}

/** A text as a part of an address that is shown, not asked; no text makes it throw. */
export function encoded(text: string): string {
	return encodeURIComponent(wellFormed(text));
}

/** Without halves of surrogate pairs, which cannot be encoded. */
export function wellFormed(text: string): string {
	return text.replace(/\p{Surrogate}/gu, '\uFFFD');
}
