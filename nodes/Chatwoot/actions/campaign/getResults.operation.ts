import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { readResultFields, resultFields, resultRow, resultsOf, type ResultChoice } from '../../../shared/campaign/results';
import { summaryOf } from '../../../shared/campaign/summary';
import { e164OrNull } from '../../../shared/phone/compare';
import { objectOrEmpty, textOrNull } from '../../../shared/values/read';
import { campaignLocator } from '../../descriptions/locators';
import { accountOperation } from '../../helpers/accountOperation';
import type { AccountClient } from '../../transport/client';
import { campaignCall } from './campaign.calls';
import { recipientsOf, resultsCall } from './campaign.results';

const count = (value: unknown) => (typeof value === 'number' ? value : null);

/** `getCampaignMetrics` and, for people and reasons, `listCampaignRecipients`; since 4.18. */
export const getResults = accountOperation<ResultChoice>({
	option: {
		name: 'Get Results',
		value: 'getResults',
		action: 'Get results of campaign',
		description: 'Count how many people a WhatsApp campaign was meant for, and how many got, read or missed it and why, in the same form from all services (Chatwoot 4.18 and newer, Enterprise edition); Chatwoot tells neither times nor answers, so they are null',
	},
	record: campaignLocator,
	properties: resultFields,
	read: readResultFields,
	async run({ id, ...choice }, account, { item }) {
		const metrics = await resultsCall(account, id, 'metrics');
		const campaign = textOrNull((await campaignCall(account, id, { method: 'GET' })).title);
		const told = {
			messages: count(metrics.audience),
			sent: count(metrics.sent),
			delivered: count(metrics.delivered),
			read: count(metrics.read),
			failed: count(metrics.failed),
			waiting: count(objectOrEmpty(metrics.status_counts).queued),
			other: count(metrics.skipped),
			unsure: null,
		};
		if (choice.each || choice.report) {
			return await resultsOf(item.context as IExecuteFunctions, { ...choice, campaign, service: 'Chatwoot', rows: await rowsOf(account, id, campaign), told });
		}
		return { ...summaryOf(campaign, told.failed === 0 ? [] : await rowsOf(account, id, campaign, 'failed'), told) };
	},
});

async function rowsOf(account: AccountClient, id: string, campaign: string | null, status?: string): Promise<IDataObject[]> {
	return (await recipientsOf(account, id, status)).map((recipient) => {
		const contact = objectOrEmpty(recipient.contact);
		return resultRow(campaign, {
			phone: e164OrNull(contact.phone_number),
			name: textOrNull(contact.name),
			status: textOrNull(recipient.status),
			reason: [recipient.error_title, recipient.error_message].map(textOrNull).filter(Boolean).join(': ') || null,
			text: textOrNull(recipient.message_content),
		});
	});
}
