import type { INodeProperties } from 'n8n-workflow';

import type { Item } from './item';

/**
 * Return All and Limit of every Get Many; {@link readLimit} reads them.
 *
 * @example
 * properties: [...returnAllOrLimit],
 * read: (item) => ({ limit: readLimit(item) }),
 * run: async ({ limit }, kinbox) => await kinbox.list('/tags', {}, { limit }),
 */
export const returnAllOrLimit: INodeProperties[] = [
	{
		displayName: 'Return All',
		name: 'returnAll',
		type: 'boolean',
		default: false,
		description: 'Whether to return all results or only up to a given limit',
	},
	{
		displayName: 'Limit',
		name: 'limit',
		type: 'number',
		typeOptions: { minValue: 1 },
		displayOptions: { show: { returnAll: [false] } },
		default: 50,
		description: 'Max number of results to return',
	},
];

/** How many records a Get Many wants: undefined for all. */
export function readLimit(item: Item): number | undefined {
	return item.boolean('returnAll') ? undefined : (item.number('limit', { min: 1, integer: true }) ?? 50);
}
