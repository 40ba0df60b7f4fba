import type { QueryValue } from '../../../shared/http/httpClient';
import { operation } from '../../../shared/operation/operation';
import { readLimit, returnAllOrLimit } from '../../../shared/operation/listing';
import type { KinboxClient } from '../../transport/client';
import { campaignOutput } from './campaign';
import { channelLocator } from '../../descriptions/locators';

const statuses = [
	'awaiting-business-hours', 'awaiting-chunk', 'awaiting-other-campaign', 'canceled', 'done', 'done-sent', 'executing',
	'failed', 'paused', 'processing', 'scheduled',
] as const;

interface Input {
	limit?: number;
	filters: Record<'channelId' | 'name' | 'status', QueryValue>;
}

/** `GET /v3/campaigns` (offset, filters) or `GET /v1/campaigns` (cursor, no filters). */
export const getAll = operation<KinboxClient, Input>({
	option: {
		name: 'Get Many',
		value: 'getAll',
		action: 'Get many campaigns',
		description: 'Get many campaigns with their state and results',
	},
	properties: [
		...returnAllOrLimit,
		{
			displayName: 'Filters',
			name: 'filters',
			type: 'collection',
			placeholder: 'Add Filter',
			default: {},
			description: 'Which campaigns to return. Only with Token V3.',
			options: [
				{ ...channelLocator, description: 'Only campaigns that send through this channel' },
				{
					displayName: 'Name',
					name: 'name',
					type: 'string',
					default: '',
					placeholder: 'e.g. Black Friday',
					description: 'Only campaigns with this name',
				},
				{
					displayName: 'Status',
					name: 'status',
					type: 'options',
					options: [
						{ name: 'Canceled', value: 'canceled' },
						{ name: 'Done', value: 'done' },
						{ name: 'Executing', value: 'executing' },
						{ name: 'Failed', value: 'failed' },
						{ name: 'Messages Sent', value: 'done-sent' },
						{ name: 'Paused', value: 'paused' },
						{ name: 'Processing', value: 'processing' },
						{ name: 'Scheduled', value: 'scheduled' },
						{ name: 'Waiting for Business Hours', value: 'awaiting-business-hours' },
						{ name: 'Waiting for Next Batch', value: 'awaiting-chunk' },
						{ name: 'Waiting for Other Campaign', value: 'awaiting-other-campaign' },
					],
					default: 'executing',
					description: 'Only campaigns in this state',
				},
			],
		},
	],
	output: campaignOutput,
	read(item) {
		const filters = item.collection('filters');
		return {
			limit: readLimit(item),
			filters: {
				channelId: filters.locator('channelId'),
				name: filters.text('name'),
				status: filters.choice('status', statuses),
			},
		};
	},
	async run({ limit, filters }, kinbox) {
		if (Object.values(filters).some((value) => value !== undefined)) kinbox.needs('v3', 'Filters of campaigns');
		return (await kinbox.list('/campaigns', filters, { limit })).rows;
	},
});
