import { path } from '../../../shared/http/httpClient';
import { categoryLocator, portalLocator } from '../../descriptions/locators';
import { accountOperation } from '../../helpers/accountOperation';
import { payloadOf, readPortal } from '../../helpers/helpCenter';
import { categoryOutput } from './helpCenterCategory';

/** `getCategory`: `GET /portals/{slug}/categories/{id}`. */
export const get = accountOperation<{ portal: string }>({
	option: {
		name: 'Get',
		value: 'get',
		action: 'Get help center category',
		description: 'Get one category',
	},
	record: categoryLocator,
	properties: [portalLocator, categoryLocator],
	output: categoryOutput,
	read: (item) => ({ portal: readPortal(item) }),
	run: async ({ portal, id }, account) => payloadOf(await account.get(path`/portals/${portal}/categories/${id}`)),
});
