/*
 * Signs off the ends of a text in one pass: a pattern such as /-+$/ would begin anew at each of many signs.
 */

/** Without those of some signs that stand at the end. */
export function withoutEnd(text: string, signs: string): string {
	let end = text.length;
	while (end > 0 && signs.includes(text.charAt(end - 1))) end -= 1;
	return text.slice(0, end);
}

/** Without those of some signs that stand at the beginning or at the end. */
export function withoutEnds(text: string, signs: string): string {
	let start = 0;
	while (start < text.length && signs.includes(text.charAt(start))) start += 1;
	return withoutEnd(text.slice(start), signs);
}
