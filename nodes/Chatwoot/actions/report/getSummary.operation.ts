import type { IDataObject } from 'n8n-workflow';

import type { QueryValue } from '../../../shared/http/httpClient';
import { objectOrEmpty } from '../../../shared/values/read';
import { fromField, toField } from '../../descriptions/timeRange';
import { accountOperation } from '../../helpers/accountOperation';
import { businessHours, numberOrNull, readScope, scopeFields } from './report.fields';

/** `getReportSummary` and `getBotReportSummary`: `GET /api/v2/accounts/{a}/reports/summary`, `…/bot_summary`. */
export const getSummary = accountOperation<{ bots: boolean; query: Record<string, QueryValue> }>({
	option: {
		name: 'Get Summary',
		value: 'getSummary',
		action: 'Get summary report',
		description: 'Get conversations, messages, resolutions and times of a period, with the period of the same length before it',
	},
	properties: [
		...scopeFields,
		{ ...fromField, required: true },
		toField,
		businessHours,
		{
			displayName: 'Include Bots',
			name: 'includeBots',
			type: 'boolean',
			default: false,
			description: 'Whether to add what bots resolved and handed over; takes a second request',
		},
	],
	read: (item) => ({ bots: item.boolean('includeBots') ?? false, query: { ...readScope(item), business_hours: item.boolean('businessHours') || undefined } }),
	async run({ bots, query }, account) {
		const answers = await Promise.all([
			account.getV2('/reports/summary', query),
			...(bots ? [account.getV2('/reports/bot_summary', query)] : []),
		]);
		const [summary, bot] = answers.map(objectOrEmpty);
		return { ...toSummary(summary, bot), previous: toSummary(objectOrEmpty(summary?.previous), bot && objectOrEmpty(bot.previous)) };
	},
});

/** Counts, and averages in seconds (null when there was nothing to average). */
function toSummary(summary: IDataObject = {}, bot?: IDataObject): IDataObject {
	return {
		conversations: numberOrNull(summary.conversations_count),
		incomingMessages: numberOrNull(summary.incoming_messages_count),
		outgoingMessages: numberOrNull(summary.outgoing_messages_count),
		resolutions: numberOrNull(summary.resolutions_count),
		firstResponseTime: numberOrNull(summary.avg_first_response_time),
		resolutionTime: numberOrNull(summary.avg_resolution_time),
		replyTime: numberOrNull(summary.reply_time),
		botResolutions: numberOrNull(bot?.bot_resolutions_count),
		botHandoffs: numberOrNull(bot?.bot_handoffs_count),
	};
}
