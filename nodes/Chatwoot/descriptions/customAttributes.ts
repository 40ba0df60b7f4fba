import type { IDataObject, ResourceMapperValue } from 'n8n-workflow';

import type { Fields, Item } from '../../shared/operation/item';

/**
 * Custom attributes from a resource mapper and from JSON beside it; JSON wins. Dates become days, as
 * Chatwoot keeps them.
 *
 * @returns undefined when nothing is filled in
 */
export function readAttributes(item: Item, mapperName: string, extra: Fields, jsonName: string): IDataObject | undefined {
	const mapped = item.mapped(mapperName) ?? {};
	const mapper = item.raw(mapperName) as ResourceMapperValue | null | undefined;
	const dates = new Set((mapper?.schema ?? []).filter(({ type }) => type === 'dateTime').map(({ id }) => id));
	const attributes = {
		...Object.fromEntries(Object.entries(mapped).map(([key, value]) => [key, dates.has(key) ? day(value) : value])),
		...extra.object(jsonName),
	} as IDataObject;
	return Object.keys(attributes).length ? attributes : undefined;
}

function day(value: unknown): unknown {
	if (value !== null && typeof value === 'object' && 'toISODate' in value && typeof value.toISODate === 'function') return value.toISODate() as unknown;
	return /^\d{4}-\d\d-\d\d/.exec(String(value))?.[0] ?? value;
}
