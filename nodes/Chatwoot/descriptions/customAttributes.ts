import type { IDataObject } from 'n8n-workflow';

import type { Fields, Item } from '../../shared/operation/item';

/**
 * Custom attributes from a resource mapper and from JSON beside it; JSON wins. Dates become days, as
 * Chatwoot keeps them.
 *
 * @returns undefined when nothing is filled in
 */
export function readAttributes(item: Item, mapperName: string, extra: Fields, jsonName: string): IDataObject | undefined {
	const attributes: IDataObject = { ...item.mapped(mapperName, { days: true }), ...extra.object(jsonName) };
	return Object.keys(attributes).length ? attributes : undefined;
}
