import { campaignLocator } from '../../descriptions/locators';
import { accountOperation } from '../../helpers/accountOperation';
import { readId } from '../../helpers/read';
import { campaignCall } from './campaign.calls';

/** `deleteCampaign`: `DELETE /campaigns/{id}`; the only way to stop a one-off campaign. */
export const deleteCampaign = accountOperation<string>({
	option: {
		name: 'Delete',
		value: 'delete',
		action: 'Delete campaign',
		description: 'Delete a campaign; the only way to stop one that is not sent yet. Its conversations stay.',
	},
	properties: [campaignLocator],
	read: (item) => readId(item, 'campaignId'),
	orderingKey: (id) => id,
	async run(id, account) {
		await campaignCall(account, id, { method: 'DELETE', expect: 'anything' });
		return { deleted: true };
	},
});
