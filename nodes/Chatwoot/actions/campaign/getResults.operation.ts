import { objectOrEmpty } from '../../../shared/values/read';
import { campaignLocator } from '../../descriptions/locators';
import { accountOperation } from '../../helpers/accountOperation';
import { resultsCall } from './campaign.results';

const count = (value: unknown) => (typeof value === 'number' ? value : null);

/** `getCampaignMetrics`: `GET /campaigns/{id}/analytics/metrics`, since 4.18. */
export const getResults = accountOperation({
	option: {
		name: 'Get Results',
		value: 'getResults',
		action: 'Get results of campaign',
		description: 'Get how many people a WhatsApp campaign was meant for, and how many got, read or missed it (Chatwoot 4.18 and newer, Enterprise edition)',
	},
	record: campaignLocator,
	async run({ id }, account) {
		const metrics = await resultsCall(account, id, 'metrics');
		return {
			id,
			audience: count(metrics.audience),
			queued: count(objectOrEmpty(metrics.status_counts).queued),
			sent: count(metrics.sent),
			delivered: count(metrics.delivered),
			read: count(metrics.read),
			failed: count(metrics.failed),
			skipped: count(metrics.skipped),
		};
	},
});
