import { campaignLocator } from '../../descriptions/locators';
import { accountOperation } from '../../helpers/accountOperation';
import { campaignCall } from './campaign.calls';

/** `deleteCampaign`: `DELETE /campaigns/{id}`; the only way to stop a one-off campaign. */
export const deleteCampaign = accountOperation({
	option: {
		name: 'Delete',
		value: 'delete',
		action: 'Delete campaign',
		description: 'Delete a campaign; the only way to stop one that is not sent yet. Its conversations stay.',
	},
	record: campaignLocator,
	async run({ id }, account) {
		await campaignCall(account, id, { method: 'DELETE', expect: 'anything' });
		return { deleted: true };
	},
});
