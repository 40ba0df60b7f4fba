import type { IDataObject } from 'n8n-workflow';

/** Text or null: vendors mix missing keys, null, empty text and numbers. */
export function textOrNull(value: unknown): string | null {
	if (typeof value === 'number') return String(value);
	return typeof value === 'string' && value !== '' ? value : null;
}

/**
 * A vendor's time as ISO 8601 in UTC.
 *
 * @param value ISO text, text like "2026-01-05 09:00:00 +0100", Unix seconds or milliseconds
 */
export function isoOrNull(value: unknown): string | null {
	if (value === null || value === undefined || value === '' || typeof value === 'boolean') return null;
	let time: number;
	if (typeof value === 'number') time = value < 1e11 ? value * 1000 : value;
	else if (typeof value === 'string') {
		const spaced = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d(?:\.\d+)?) ?([+-]\d\d):?(\d\d)$/.exec(value);
		time = Date.parse(spaced ? `${spaced[1]}T${spaced[2]}${spaced[3]}:${spaced[4]}` : value);
	} else return null;
	return Number.isFinite(time) && Math.abs(time) <= 8.64e15 ? new Date(time).toISOString() : null;
}

/** A plain object, or an empty one: vendors answer null, arrays or text where objects belong. */
export function objectOrEmpty(value: unknown): IDataObject {
	return value !== null && typeof value === 'object' && !Array.isArray(value) ? (value as IDataObject) : {};
}

/** The records in a list; none where there is no list. Vendors put null and other things between them. */
export function recordsOf(value: unknown): IDataObject[] {
	return Array.isArray(value) ? (value as unknown[]).filter((entry): entry is IDataObject => entry !== null && typeof entry === 'object' && !Array.isArray(entry)) : [];
}

/** Leaves out what is not filled in. */
export function withoutUndefined(body: Record<string, unknown>): IDataObject {
	return Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined)) as IDataObject;
}

/** As {@link withoutUndefined}; undefined when nothing is left. */
export function filledIn(body: Record<string, unknown>): IDataObject | undefined {
	const rest = withoutUndefined(body);
	return Object.keys(rest).length ? rest : undefined;
}
