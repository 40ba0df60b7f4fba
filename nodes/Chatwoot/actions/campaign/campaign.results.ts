import type { IDataObject } from 'n8n-workflow';

import type { Call } from '../../../shared/http/httpClient';
import { path } from '../../../shared/http/httpClient';
import { objectOrEmpty } from '../../../shared/values/read';
import { rowsIn } from '../../transport/answers';
import type { AccountClient } from '../../transport/client';
import { campaignCall } from './campaign.calls';

/** What became of a recipient. */
export const recipientStatuses = ['delivered', 'failed', 'queued', 'read', 'sent', 'skipped'] as const;

/**
 * Asks for the results of a campaign: `getCampaignMetrics` or `listCampaignRecipients`. Servers that have none, and
 * accounts where they are switched off, answer as if the campaign or the rights were missing; then the reason is looked up.
 */
export async function resultsCall(account: AccountClient, id: string, what: 'metrics' | 'contacts', query: Call['query'] = {}): Promise<IDataObject> {
	const call: Call = { method: 'GET', path: path`/campaigns/${id}/analytics/${what}`, query, accept: [401, 404] };
	const answer = await account.exchange(call);
	if (answer.status < 300) return answer.body as IDataObject;
	if (answer.status === 404) await account.client.requireVersion('4.18', 'Results of campaigns');
	// Tells unknown campaigns, wrong tokens and roles that are too low.
	const campaign = await campaignCall(account, id, { method: 'GET' });
	const edition = 'Chatwoot counts deliveries in its Enterprise edition only, and for WhatsApp campaigns.';
	if (campaign.campaign_type !== 'one_off' || objectOrEmpty(campaign.inbox).channel_type !== 'Channel::Whatsapp') {
		throw account.http.error(`Campaign ${id} is not a WhatsApp campaign, and Chatwoot keeps no results of others`, edition, answer.status);
	}
	if (answer.status === 404) throw account.http.error('This Chatwoot keeps no results of campaigns', edition, answer.status);
	throw account.http.error(`Results of campaigns are switched off for account ${account.id}`, 'The account needs the features campaign_analytics and whatsapp_campaign; the administrators of the Chatwoot server can switch them on.', answer.status);
}

/** Recipients on a full page. */
const pageSize = 25;

/** The recipients of a campaign, newest first; all, or those with an outcome. */
export async function recipientsOf(account: AccountClient, id: string, status?: string, limit?: number): Promise<IDataObject[]> {
	const { rows } = await account.collect(async (page) => {
		const answer = await resultsCall(account, id, 'contacts', { page, status });
		const total = Number(objectOrEmpty(answer.meta).total_count);
		return { rows: rowsIn(answer), total: Number.isFinite(total) ? total : undefined };
	}, pageSize, limit);
	return rows;
}
