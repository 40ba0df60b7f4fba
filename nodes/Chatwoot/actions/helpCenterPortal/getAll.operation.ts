import { readLimit, returnAllOrLimit } from '../../../shared/operation/listing';
import { accountOperation } from '../../helpers/accountOperation';
import { rowsIn, withoutSecrets } from '../../transport/answers';
import { portalOutput } from './helpCenterPortal';

/** `listPortals`: `GET /portals`; it does not page. */
export const getAll = accountOperation<{ limit?: number }>({
	option: {
		name: 'Get Many',
		value: 'getAll',
		action: 'Get many help center portals',
		description: 'Get the portals of the account',
	},
	properties: [...returnAllOrLimit],
	output: portalOutput,
	read: (item) => ({ limit: readLimit(item) }),
	run: async ({ limit }, account) => rowsIn(await account.get('/portals')).slice(0, limit).map(withoutSecrets),
});
