import { path } from '../../../shared/http/httpClient';
import { readLimit, returnAllOrLimit } from '../../../shared/operation/listing';
import { inboxLocator, locatorAs } from '../../descriptions/locators';
import { accountOperation } from '../../helpers/accountOperation';
import { optionalId } from '../../helpers/read';
import { rowsIn, withoutSecrets } from '../../transport/answers';
import { campaignOutput } from './campaign';

const statuses = ['active', 'all', 'completed', 'processing'] as const;

/** `listCampaigns`: `GET /campaigns`, or `listInboxCampaigns`: `GET /inboxes/{id}/campaigns`; neither pages. */
export const getAll = accountOperation<{ limit?: number; inboxId?: number; status: (typeof statuses)[number] }>({
	option: {
		name: 'Get Many',
		value: 'getAll',
		action: 'Get many campaigns',
		description: 'Get many campaigns of the account, or of one inbox',
	},
	properties: [
		...returnAllOrLimit,
		{
			displayName: 'Filters',
			name: 'filters',
			type: 'collection',
			placeholder: 'Add Filter',
			default: {},
			description: 'Which campaigns to return',
			options: [
				locatorAs(inboxLocator, { description: 'Only campaigns of this inbox', optional: true }),
				{
					displayName: 'Status',
					name: 'status',
					type: 'options',
					options: [
						{ name: 'Active', value: 'active' },
						{ name: 'Any', value: 'all' },
						{ name: 'Completed', value: 'completed' },
						{ name: 'Processing', value: 'processing' },
					],
					default: 'active',
					description: 'Only campaigns in this state',
				},
			],
		},
	],
	output: campaignOutput,
	read(item) {
		const filters = item.collection('filters');
		return { limit: readLimit(item), inboxId: optionalId(filters, 'inboxId'), status: filters.choice('status', statuses) ?? 'all' };
	},
	async run({ limit, inboxId, status }, account) {
		const campaigns = rowsIn(await account.get(inboxId === undefined ? '/campaigns' : path`/inboxes/${inboxId}/campaigns`));
		return campaigns.filter((campaign) => status === 'all' || campaign.campaign_status === status).slice(0, limit).map(withoutSecrets);
	},
});
