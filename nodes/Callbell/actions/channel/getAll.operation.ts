import type { QueryValue } from '../../../shared/http/httpClient';
import { operation } from '../../../shared/operation/operation';
import { readLimit, returnAllOrLimit } from '../../../shared/operation/listing';
import { channelTypeOptions, channelTypes, simplifyChannel } from './channel';
import type { CallbellClient } from '../../transport/client';

/** `GET /channels`, by page. */
export const getAll = operation<CallbellClient, { limit?: number; query: Record<string, QueryValue> }>({
	option: {
		name: 'Get Many',
		value: 'getAll',
		action: 'Get many channels',
		description: 'Get many connected numbers and accounts',
	},
	properties: [
		...returnAllOrLimit,
		{
			displayName: 'Filters',
			name: 'filters',
			type: 'collection',
			placeholder: 'Add Filter',
			default: {},
			description: 'Which channels to return',
			options: [
				{
					displayName: 'Active',
					name: 'active',
					type: 'boolean',
					default: true,
					description: 'Whether to return the connected channels; off returns the removed ones. Without this filter both are returned.',
				},
				{
					displayName: 'Channel Type',
					name: 'type',
					type: 'options',
					options: channelTypeOptions,
					default: 'whatsapp',
					description: 'Only channels of this type',
				},
			],
		},
	],
	read(item) {
		const filters = item.collection('filters');
		return { limit: readLimit(item), query: { active: filters.boolean('active'), type: filters.choice('type', channelTypes) } };
	},
	run: async ({ limit, query }, callbell) => (await callbell.list('/channels', 'channels', query, { limit })).map(simplifyChannel),
});
