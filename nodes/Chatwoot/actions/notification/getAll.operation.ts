import type { QueryValue } from '../../../shared/http/httpClient';
import { readLimit, returnAllOrLimit } from '../../../shared/operation/listing';
import { listNotifications, notificationOutput } from './notification';
import { accountOperation } from '../../helpers/accountOperation';

/** `listNotifications`: `GET /notifications`. */
export const getAll = accountOperation<{ limit?: number; query: Record<string, QueryValue> }>({
	option: {
		name: 'Get Many',
		value: 'getAll',
		action: 'Get many notifications',
		description: "Get many notifications of the token's owner: conversations assigned, mentions, new messages",
	},
	properties: [
		...returnAllOrLimit,
		{
			displayName: 'Filters',
			name: 'filters',
			type: 'collection',
			placeholder: 'Add Filter',
			default: {},
			description: 'Which notifications to get; unread ones that are not snoozed, unless you add more',
			options: [
				{
					displayName: 'Include Read',
					name: 'includeRead',
					type: 'boolean',
					default: true,
					description: 'Whether to get notifications that were read, too',
				},
				{
					displayName: 'Include Snoozed',
					name: 'includeSnoozed',
					type: 'boolean',
					default: true,
					description: 'Whether to get notifications that are hidden until later, too',
				},
				{
					displayName: 'Order',
					name: 'order',
					type: 'options',
					options: [
						{ name: 'Newest First', value: 'desc' },
						{ name: 'Oldest First', value: 'asc' },
					],
					default: 'desc',
					description: 'By the latest activity',
				},
			],
		},
	],
	output: notificationOutput,
	read(item) {
		const filters = item.collection('filters');
		const includes = [filters.boolean('includeRead') ? 'read' : undefined, filters.boolean('includeSnoozed') ? 'snoozed' : undefined].filter((one) => one !== undefined);
		return { limit: readLimit(item), query: { includes, sort_order: filters.choice('order', ['asc', 'desc'] as const) ?? 'desc' } };
	},
	run: async ({ limit, query }, account) => await listNotifications(account, query, limit),
});
