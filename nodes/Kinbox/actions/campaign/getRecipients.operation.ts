import type { IDataObject } from 'n8n-workflow';

import { path } from '../../../shared/http/httpClient';
import { readLimit, returnAllOrLimit } from '../../../shared/operation/listing';
import { operation } from '../../../shared/operation/operation';
import { e164OrNull } from '../../../shared/phone/compare';
import { isoOrNull } from '../../../shared/values/read';
import { campaignLocator } from '../../descriptions/locators';
import type { KinboxClient } from '../../transport/client';

const statuses = ['answered', 'awaiting', 'failed', 'processed', 'read', 'received', 'sent'] as const;

interface Input {
	id: string;
	limit?: number;
	status?: string;
}

/** `GET /v3/campaigns/{id}/chunk-leads` or `GET /v1/campaigns/{id}/chunk-leads`: a bare list without pages. */
export const getRecipients = operation<KinboxClient, Input>({
	option: {
		name: 'Get Results by Recipient',
		value: 'getRecipients',
		action: 'Get results of campaign by recipient',
		description: 'Get one item for each recipient (Lead): whether it was sent, received, read or answered',
	},
	properties: [
		campaignLocator,
		...returnAllOrLimit,
		{
			displayName: 'Status',
			name: 'status',
			type: 'options',
			options: [
				{ name: 'Answered', value: 'answered' },
				{ name: 'Any', value: 'any' },
				{ name: 'Failed', value: 'failed' },
				{ name: 'Processed', value: 'processed' },
				{ name: 'Read', value: 'read' },
				{ name: 'Received', value: 'received' },
				{ name: 'Sent', value: 'sent' },
				{ name: 'Waiting', value: 'awaiting' },
			],
			default: 'any',
			description: 'Only recipients in this state',
		},
	],
	read: (item) => {
		const status = item.choice('status', ['any', ...statuses] as const);
		return { id: item.requiredLocator('campaignId'), limit: readLimit(item), status: status === 'any' ? undefined : status };
	},
	async run({ id, limit, status }, kinbox) {
		const leads = await kinbox.listAtOnce(path`/campaigns/${id}/chunk-leads`);
		return leads.filter((lead) => status === undefined || lead.status === status).slice(0, limit).map((lead) => toResult(id, lead));
	},
});

function toResult(campaignId: string, lead: IDataObject): IDataObject {
	return {
		campaignId,
		phone: e164OrNull(lead.number),
		status: lead.status ?? null,
		sentAt: isoOrNull(lead.sentAt),
		answered: lead.answered === true || lead.status === 'answered',
		variables: Array.isArray(lead.placeholders) ? lead.placeholders : [],
		sessionId: lead.callId === undefined || lead.callId === null ? null : String(lead.callId),
	};
}
