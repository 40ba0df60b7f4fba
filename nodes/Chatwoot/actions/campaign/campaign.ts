import type { IDataObject } from 'n8n-workflow';

import type { OutputShape } from '../../../shared/operation/output';
import { outputProperties } from '../../../shared/operation/output';
import { isoOrNull, objectOrEmpty, recordsOf, textOrNull } from '../../../shared/values/read';
import type { ChatwootClient } from '../../transport/client';

/** A campaign (`Campaign`) in short. */
function simplifyCampaign(campaign: IDataObject): IDataObject {
	const inbox = objectOrEmpty(campaign.inbox);
	const rules = objectOrEmpty(campaign.trigger_rules);
	const audience = recordsOf(campaign.audience);
	return {
		id: String(campaign.id ?? ''),
		title: textOrNull(campaign.title),
		kind: textOrNull(campaign.campaign_type),
		status: textOrNull(campaign.campaign_status),
		enabled: campaign.enabled ?? null,
		inboxId: textOrNull(inbox.id),
		inboxName: textOrNull(inbox.name),
		message: textOrNull(campaign.message),
		scheduledAt: isoOrNull(campaign.scheduled_at),
		audience: audience.map(({ id }) => id ?? null),
		pageUrl: textOrNull(rules.url),
		timeOnPage: rules.time_on_page ?? null,
		createdAt: isoOrNull(campaign.created_at),
		...(campaign.audienceCounts === undefined ? {} : { audienceCounts: campaign.audienceCounts }),
		...(campaign.recipients === undefined ? {} : { recipients: campaign.recipients, skipped: campaign.skipped, audienceLabel: campaign.audienceLabel }),
		warning: textOrNull(campaign.warning),
	};
}

export const campaignOutput: OutputShape<ChatwootClient> = {
	simplify: simplifyCampaign,
	properties: outputProperties([
		'account_id', 'audience', 'campaign_status', 'campaign_type', 'created_at', 'description', 'enabled', 'id', 'inbox', 'inbox.id',
		'inbox.name', 'message', 'scheduled_at', 'sender', 'template_params', 'title', 'trigger_only_during_business_hours', 'trigger_rules',
		'updated_at', 'warning',
	]),
};
