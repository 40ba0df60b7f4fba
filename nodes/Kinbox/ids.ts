import type { Fields } from '../shared/fields';

/** A number that Kinbox uses as an ID, from a locator; undefined when it is empty. */
export function numericId(fields: Fields, name: string): number | undefined {
	const id = fields.locator(name);
	return id === undefined ? undefined : Number(checked(fields, name, id));
}

/** As {@link numericId}, as text and needed. */
export function requiredNumericId(fields: Fields, name: string): string {
	return checked(fields, name, fields.requiredLocator(name));
}

function checked(fields: Fields, name: string, id: string): string {
	if (!/^\d+$/.test(id)) throw fields.refuse(name, 'is not a number', 'Pick it from the list, or give its number.');
	return id;
}
