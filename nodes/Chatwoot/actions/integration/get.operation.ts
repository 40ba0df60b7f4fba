import { integrationLocator } from '../../descriptions/locators';
import { accountOperation } from '../../helpers/accountOperation';
import { integration, integrationOf, integrationOutput } from './integration';

/** `getIntegrationApp`: `GET /integrations/apps/{id}`. */
export const get = accountOperation<string>({
	option: {
		name: 'Get',
		value: 'get',
		action: 'Get integration',
		description: 'Get one integration, and whether it is connected',
	},
	properties: [integrationLocator],
	output: integrationOutput,
	read: (item) => item.requiredLocator('integrationId'),
	run: async (id, account) => integrationOf(await integration(account, id)),
});
