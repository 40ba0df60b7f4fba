import { campaignLocator } from '../../descriptions/locators';
import { accountOperation } from '../../helpers/accountOperation';
import { campaignOutput } from './campaign';
import { campaignCall } from './campaign.calls';

/** `getCampaign`: `GET /campaigns/{id}`. */
export const get = accountOperation({
	option: {
		name: 'Get',
		value: 'get',
		action: 'Get campaign',
		description: 'Get one campaign with its state',
	},
	record: campaignLocator,
	output: campaignOutput,
	run: async ({ id }, account) => await campaignCall(account, id, { method: 'GET' }),
});
