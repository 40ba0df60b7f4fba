import { integrationLocator } from '../../descriptions/locators';
import { accountOperation } from '../../helpers/accountOperation';
import { integration, integrationOf, integrationOutput } from './integration';

/** `getIntegrationApp`: `GET /integrations/apps/{id}`. */
export const get = accountOperation({
	option: {
		name: 'Get',
		value: 'get',
		action: 'Get integration',
		description: 'Get one integration, and whether it is connected',
	},
	record: integrationLocator,
	output: integrationOutput,
	run: async ({ id }, account) => integrationOf(await integration(account, id)),
});
