import type { Fields, Item } from '../../shared/operation/item';
import { lengthOf } from '../../shared/values/plain';

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
	if (text !== undefined && lengthOf(text) > max) throw fields.refuse(name, `is longer than ${max} characters`, 'Shorten it.');
	return text;
}

/** As {@link textUpTo}, for a text that has to be there. */
export function requiredUpTo(fields: Fields, name: string, max: number = shortText): string {
	fields.required(name);
	return textUpTo(fields, name, max)!;
}

/** A locator that may be empty, as a number. */
export function optionalId(fields: Fields, name: string): number | undefined {
	const id = fields.numericId(name);
	return id === undefined ? undefined : Number(id);
}

/** The number of a record, as Chatwoot's ids are. */
export function readId(item: Item, name: string): string {
	return item.requiredNumericId(name);
}

/** A message and its conversation, which the message's address names as well. */
export function readMessage(item: Item): { id: string; messageId: string } {
	return { id: checkedId(item, 'conversationId', item.requiredWhole('conversationId', 'messageId')), messageId: readId(item, 'messageId') };
}

function checkedId(item: Item, name: string, id: string): string {
	if (!/^\d+$/.test(id)) throw item.refuse(name, 'is not an ID', 'Pick a record from the list, or give its ID, which has digits only.');
	return id;
}

/** Whole numbers out of a list of ids. */
export function readIds(fields: Fields, name: string): number[] {
	const ids = (fields.list(name) ?? []).map(Number);
	if (ids.length === 0) throw fields.refuse(name, 'is empty', 'Pick at least one record, or give its ID.');
	if (ids.some((id) => !Number.isInteger(id) || id < 1)) throw fields.refuse(name, 'has an entry that is not an ID', 'IDs are whole numbers; pick the records from the list.');
	return [...new Set(ids)];
}

/** A day as filters want it: YYYY-MM-DD. */
export function readDay(fields: Fields, name: string): string | undefined {
	const value = fields.raw(name);
	const day = typeof value === 'string' ? /^\s*(\d{4}-\d\d-\d\d)(?:[T ]00:00(?::00(?:\.0+)?)?)?\s*$/.exec(value)?.[1] : undefined;
	return day ?? fields.date(name)?.slice(0, 10);
}
