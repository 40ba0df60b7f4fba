import { campaignLocator } from '../../descriptions/locators';
import { accountOperation } from '../../helpers/accountOperation';
import { readId } from '../../helpers/read';
import { campaignOutput } from './campaign';
import { campaignCall } from './campaign.calls';

/** `getCampaign`: `GET /campaigns/{id}`. */
export const get = accountOperation<string>({
	option: {
		name: 'Get',
		value: 'get',
		action: 'Get campaign',
		description: 'Get one campaign with its state',
	},
	properties: [campaignLocator],
	output: campaignOutput,
	read: (item) => readId(item, 'campaignId'),
	run: async (id, account) => await campaignCall(account, id, { method: 'GET' }),
});
