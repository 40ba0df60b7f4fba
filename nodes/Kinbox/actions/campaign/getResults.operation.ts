import type { IExecuteFunctions } from 'n8n-workflow';

import { readResultFields, resultFields, resultRow, resultsOf, type ResultChoice } from '../../../shared/campaign/results';
import { path } from '../../../shared/http/httpClient';
import { operation } from '../../../shared/operation/operation';
import { e164OrNull } from '../../../shared/phone/compare';
import { isoOrNull, objectOrEmpty, textOrNull } from '../../../shared/values/read';
import { table } from '../../../shared/values/table';
import { campaignLocator } from '../../descriptions/locators';
import type { KinboxClient } from '../../transport/client';

/** Kinbox's words for what became of a recipient, in those of the other services. */
const statuses = table({ answered: 'read', awaiting: 'queued', failed: 'failed', processed: 'queued', read: 'read', received: 'delivered', sent: 'sent' });

/** `GET /campaigns/{id}` and `GET /campaigns/{id}/chunk-leads`, in both generations. */
export const getResults = operation<KinboxClient, ResultChoice>({
	option: {
		name: 'Get Results',
		value: 'getResults',
		action: 'Get results of campaign',
		description: 'Count how many people were sent, got, read or answered a campaign, in the same form from all services; Kinbox tells no reasons, so they are null',
	},
	record: campaignLocator,
	properties: resultFields,
	read: readResultFields,
	async run({ id, ...choice }, kinbox, { item }) {
		const campaign = await kinbox.get(path`/campaigns/${id}`);
		const name = textOrNull(campaign.name);
		const leads = await kinbox.listAtOnce(path`/campaigns/${id}/chunk-leads`);
		const rows = leads.map((lead) => resultRow(name, {
			phone: e164OrNull(lead.number),
			name: textOrNull(lead.name),
			status: statuses[String(lead.status)] ?? 'unknown',
			at: isoOrNull(lead.sentAt),
		}));
		const answered = objectOrEmpty(campaign.resultCounts).answered ?? leads.filter((lead) => lead.answered === true || lead.status === 'answered').length;
		return await resultsOf(item.context as IExecuteFunctions, { ...choice, campaign: name, service: 'Kinbox', rows, told: { answered, reasons: null, unsure: null } });
	},
});
