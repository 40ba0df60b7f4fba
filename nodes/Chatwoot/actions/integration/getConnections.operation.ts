import { readLimit, returnAllOrLimit } from '../../../shared/operation/listing';
import { locatorAs, integrationLocator } from '../../descriptions/locators';
import { accountOperation } from '../../helpers/accountOperation';
import { connectionOutput, connectionsOf, integration, integrations } from './integration';

/** The `hooks` of `listIntegrationApps` or `getIntegrationApp`: no call reads them alone. */
export const getConnections = accountOperation<{ app?: string; limit?: number }>({
	option: {
		name: 'Get Connections',
		value: 'getConnections',
		action: 'Get connections of integration',
		description: 'Get the connections of one integration or of all, without their keys',
	},
	properties: [locatorAs(integrationLocator, { description: 'The integration; left empty, all of them', optional: true }), ...returnAllOrLimit],
	output: connectionOutput,
	read: (item) => ({ app: item.locator('integrationId'), limit: readLimit(item) }),
	async run({ app, limit }, account) {
		const apps = app === undefined ? await integrations(account) : [await integration(account, app)];
		return apps.flatMap(connectionsOf).slice(0, limit);
	},
});
