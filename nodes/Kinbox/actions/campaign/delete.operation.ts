import { path } from '../../../shared/http/httpClient';
import { operation } from '../../../shared/operation/operation';
import type { KinboxClient } from '../../transport/client';
import { campaignLocator } from '../../descriptions/locators';

/** `DELETE /v3/campaigns/{id}` or `DELETE /v1/campaigns/{id}`. */
export const deleteCampaign = operation<KinboxClient>({
	option: {
		name: 'Delete',
		value: 'delete',
		action: 'Delete campaign',
		description: 'Delete a campaign and its results',
	},
	record: campaignLocator,
	async run({ id }, kinbox) {
		await kinbox.delete(path`/campaigns/${id}`);
		return { id, deleted: true };
	},
});
