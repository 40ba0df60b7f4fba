import { readLimit, returnAllOrLimit } from '../../../shared/operation/listing';
import { integrationOf, integrationOutput, integrations } from './integration';
import { accountOperation } from '../../helpers/accountOperation';

/** `listIntegrationApps`: `GET /integrations/apps`; it does not page. */
export const getAll = accountOperation<{ limit?: number }>({
	option: {
		name: 'Get Many',
		value: 'getAll',
		action: 'Get many integrations',
		description: 'Get many integrations: those that the server and the account have switched on',
	},
	properties: [...returnAllOrLimit],
	output: integrationOutput,
	read: (item) => ({ limit: readLimit(item) }),
	run: async ({ limit }, account) => (await integrations(account)).slice(0, limit).map(integrationOf),
});
