import type { Fields } from '../../shared/operation/item';

/** Characters of a name or another short column of Chatwoot. */
export const shortText = 255;
/** Characters of a description or another long column of Chatwoot. */
export const longText = 20_000;

/**
 * Text that fits its column, which Chatwoot would refuse otherwise.
 *
 * @param max characters
 */
export function textUpTo(fields: Fields, name: string, max: number = shortText): string | undefined {
	const text = fields.text(name);
	if (text !== undefined && text.length > max) throw fields.refuse(name, `is longer than ${max} characters`, 'Shorten it.');
	return text;
}

/** As {@link textUpTo}, for a text that has to be there. */
export function requiredUpTo(fields: Fields, name: string, max: number = shortText): string {
	fields.required(name);
	return textUpTo(fields, name, max)!;
}
