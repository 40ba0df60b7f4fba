import type { IDataObject } from 'n8n-workflow';

import type { OutputShape } from '../../../shared/operation/output';
import { outputProperties } from '../../../shared/operation/output';
import { isoOrNull, objectOrEmpty, textOrNull } from '../../../shared/values/read';
import type { KinboxClient } from '../../transport/client';

/** A campaign (v3 `V3Campaign`, v1 `Campaign`) in short: what it is, how far it is, what came of it. */
function simplifyCampaign(campaign: IDataObject): IDataObject {
	const counts = objectOrEmpty(campaign.resultCounts);
	return {
		id: String(campaign.id ?? campaign._id ?? ''),
		name: textOrNull(campaign.name),
		status: textOrNull(campaign.status),
		channelId: textOrNull(campaign.channelId),
		scheduledTo: isoOrNull(campaign.scheduledTo),
		expectedEnd: isoOrNull(campaign.finishedAtPrediction),
		progress: campaign.progress ?? null,
		leads: campaign.leadsCount ?? null,
		sent: counts.sent ?? null,
		read: counts.read ?? null,
		answered: counts.answered ?? null,
		...(campaign.recipients === undefined ? {} : { recipients: campaign.recipients, skipped: campaign.skipped }),
	};
}

export const campaignOutput: OutputShape<KinboxClient> = {
	simplify: simplifyCampaign,
	properties: outputProperties([
		'_id', 'active', 'assetsUrls', 'businessHoursId', 'channelId', 'channelType', 'chunkSize', 'chunksCount', 'createdAt',
		'finishedAtPrediction', 'id', 'lastMessageProcessedAt', 'leadType', 'leadsAssetUrl', 'leadsCount', 'message',
		'messagesProcessed', 'name', 'nextScheduledTo', 'operatorId', 'operatorName', 'originalScheduledTo', 'progress',
		'resultCounts', 'scheduledTo', 'secondsBetweenChunks', 'secondsBetweenMessages', 'status', 'template', 'textRaw', 'updatedAt',
	]),
};

/** Whether nothing more will happen to a campaign in this state. */
export const hasEnded = (status: unknown) => ['canceled', 'done', 'failed'].includes(String(status));

/** As {@link campaignOutput}, and whether the campaign has come to its end. */
export const finishedCampaignOutput: OutputShape<KinboxClient> = {
	simplify: (campaign) => ({ ...simplifyCampaign(campaign), finished: campaign.finished === true }),
	properties: campaignOutput.properties,
};
