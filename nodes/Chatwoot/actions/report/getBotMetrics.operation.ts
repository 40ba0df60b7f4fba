import { accountOperation } from '../../helpers/accountOperation';
import type { TimeRange } from '../../descriptions/timeRange';
import { fromField, readRange, toField, wholeRange } from '../../descriptions/timeRange';
import { numberOrNull } from './report.fields';

/** `getBotMetrics`: `GET /api/v2/accounts/{a}/reports/bot_metrics`. */
export const getBotMetrics = accountOperation<TimeRange>({
	option: {
		name: 'Get Bot Metrics',
		value: 'getBotMetrics',
		action: 'Get report of bots',
		description: 'Get how many conversations bots had, and how many percent they resolved or handed over',
	},
	properties: [{ ...fromField, description: "Beginning of the time to look at, in the workflow's time zone; left empty, everything" }, toField],
	read: readRange,
	async run(range, account) {
		const metrics = await account.getV2('/reports/bot_metrics', { ...range, ...wholeRange(range) });
		return {
			conversations: numberOrNull(metrics.conversation_count),
			messages: numberOrNull(metrics.message_count),
			resolutionPercent: numberOrNull(metrics.resolution_rate),
			handoffPercent: numberOrNull(metrics.handoff_rate),
		};
	},
});
