import type { QueryValue } from '../../../shared/http/httpClient';
import { operation } from '../../../shared/operation/operation';
import { readLimit, returnAllOrLimit } from '../../../shared/operation/listing';
import type { CallbellClient } from '../../transport/client';
import { eventNames, vendorEventOptions } from '../../helpers/events';
import { simplifyDelivery } from './webhook';

/** `GET /webhooks/events`, the log of what was sent to the webhook. */
export const getEvents = operation<CallbellClient, { limit?: number; query: Record<string, QueryValue> }>({
	option: {
		name: 'Get Events',
		value: 'getEvents',
		action: 'Get events of webhook',
		description: 'Get the log of what Callbell has sent to the webhook, and how it was answered',
	},
	properties: [
		...returnAllOrLimit,
		{
			displayName: 'Filters',
			name: 'filters',
			type: 'collection',
			placeholder: 'Add Filter',
			default: {},
			description: 'Which events to return; all filters have to fit',
			options: [
				{
					displayName: 'Events',
					name: 'events',
					type: 'multiOptions',
					options: vendorEventOptions,
					default: [],
					description: 'Only these events',
				},
				{
					displayName: 'Status',
					name: 'status',
					type: 'options',
					options: [
						{ name: 'Failed', value: 'failed' },
						{ name: 'Success', value: 'success' },
					],
					default: 'failed',
					description: 'Only events that were answered well, or not',
				},
			],
		},
	],
	read(item) {
		const filters = item.collection('filters');
		const events = (filters.list('events') ?? []).filter((event) => eventNames.includes(event));
		return {
			limit: readLimit(item),
			query: { status: filters.choice('status', ['failed', 'success'] as const), subscriptions: events.length ? events.join(',') : undefined },
		};
	},
	// Entries have no ID; two may be alike.
	run: async ({ limit, query }, callbell) => (await callbell.list('/webhooks/events', 'webhook_events', query, { limit }, '')).map(simplifyDelivery),
});
