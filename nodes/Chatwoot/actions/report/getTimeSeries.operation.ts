import type { QueryValue } from '../../../shared/http/httpClient';
import { isoOrNull } from '../../../shared/values/read';
import { fromField, toField } from '../../descriptions/timeRange';
import { accountOperation } from '../../helpers/accountOperation';
import { rowsIn } from '../../transport/answers';
import { businessHours, intervalField, numberOrNull, readInterval, readScope, scopeFields } from './report.fields';

const metrics = [
	'avg_first_response_time', 'avg_resolution_time', 'bot_handoffs_count', 'bot_resolutions_count', 'conversations_count', 'incoming_messages_count',
	'outgoing_messages_count', 'reply_time', 'resolutions_count',
] as const;

/** `getReport`: `GET /api/v2/accounts/{a}/reports`; one point for each interval. */
export const getTimeSeries = accountOperation<Record<string, QueryValue>>({
	option: {
		name: 'Get Time Series',
		value: 'getTimeSeries',
		action: 'Get report as time series',
		description: 'Get how a number changes over time: one item for each hour, day, week, month or year',
	},
	properties: [
		{
			displayName: 'Metric',
			name: 'metric',
			type: 'options',
			options: [
				{ name: 'Bot Handoffs', value: 'bot_handoffs_count' },
				{ name: 'Bot Resolutions', value: 'bot_resolutions_count' },
				{ name: 'Conversations', value: 'conversations_count' },
				{ name: 'First Response Time', value: 'avg_first_response_time', description: 'Average, in seconds' },
				{ name: 'Incoming Messages', value: 'incoming_messages_count' },
				{ name: 'Outgoing Messages', value: 'outgoing_messages_count' },
				{ name: 'Reply Time', value: 'reply_time', description: 'Average time that a person waits for an answer, in seconds' },
				{ name: 'Resolution Time', value: 'avg_resolution_time', description: 'Average, in seconds' },
				{ name: 'Resolutions', value: 'resolutions_count' },
			],
			default: 'conversations_count',
			description: 'The number to look at',
		},
		...scopeFields,
		{ ...fromField, required: true },
		toField,
		intervalField,
		businessHours,
	],
	read: (item) => ({
		metric: item.choice('metric', metrics) ?? 'conversations_count', ...readScope(item), group_by: readInterval(item), business_hours: item.boolean('businessHours') || undefined,
	}),
	run: async (query, account) =>
		rowsIn(await account.getV2('/reports', query)).map((point) => ({
			metric: String(query.metric),
			start: isoOrNull(point.timestamp),
			value: numberOrNull(point.value),
			count: numberOrNull(point.count),
		})),
});
