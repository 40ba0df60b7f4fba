import { foldName } from './names';

/** Names that a sentence lists. */
const shown = 8;

/** Characters of a name that are compared; names that people type are shorter. */
const compared = 60;

/**
 * What a person may have meant by a name that nobody has, for the end of a sentence: near ones if there are, else what there is.
 *
 * @param names empty for what has no name that can be read
 * @returns e.g. "Did you mean cliente-vip?", "There are: novo, vip." or "There are none."
 */
export function suggest(names: string[], wanted: string): string {
	const readable = names.filter((name) => name !== '');
	if (readable.length === 0) return 'There are none.';
	const near = nearNames(readable, wanted);
	if (near.length) return `Did you mean ${near.join(' or ')}?`;
	return `There are: ${listed(readable)}.`;
}

/** The first of many names, and how many more there are. */
export function listed(names: string[]): string {
	const rest = names.length - shown;
	return `${names.slice(0, shown).map((name) => name.slice(0, compared)).join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
}

/** Names that differ by a slip or two, or that hold the other. */
export function nearNames(names: string[], wanted: string): string[] {
	const folded = foldName(wanted).slice(0, compared);
	const allowed = folded.length > 7 ? 2 : 1;
	return names
		.filter((name) => {
			const other = foldName(name).slice(0, compared);
			const holds = Math.min(folded.length, other.length) > 2 && (other.includes(folded) || folded.includes(other));
			return holds || (Math.abs(other.length - folded.length) <= allowed && slips(other, folded) <= allowed);
		})
		.slice(0, 3);
}

/** How many letters have to be put in, taken out or changed (Levenshtein). */
function slips(a: string, b: string): number {
	let before = Array.from({ length: b.length + 1 }, (_, index) => index);
	for (let row = 1; row <= a.length; row += 1) {
		const now = [row];
		for (let column = 1; column <= b.length; column += 1) {
			now.push(Math.min(before[column]! + 1, now[column - 1]! + 1, before[column - 1]! + (a[row - 1] === b[column - 1] ? 0 : 1)));
		}
		before = now;
	}
	return before[b.length]!;
}
