import { path } from '../../../shared/http/httpClient';
import { categoryOutput, payloadOf } from '../../helpers/helpCenter';
import { categoryLocator, portalLocator, readPortal } from '../../descriptions/helpCenterLocators';
import { accountOperation } from '../../helpers/accountOperation';

/** `getCategory`: `GET /portals/{slug}/categories/{id}`. */
export const get = accountOperation<{ portal: string; id: string }>({
	option: {
		name: 'Get',
		value: 'get',
		action: 'Get help center category',
		description: 'Get one category',
	},
	properties: [portalLocator, categoryLocator],
	output: categoryOutput,
	read: (item) => ({ portal: readPortal(item), id: item.requiredNumericId('categoryId') }),
	run: async ({ portal, id }, account) => payloadOf(await account.get(path`/portals/${portal}/categories/${id}`)),
});
