import { integration, integrationLocator, integrationOf, integrationOutput } from './integration';
import { accountOperation } from '../../helpers/accountOperation';

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
