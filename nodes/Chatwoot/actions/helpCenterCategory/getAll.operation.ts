import { path } from '../../../shared/http/httpClient';
import { readLimit, returnAllOrLimit } from '../../../shared/operation/listing';
import { localeField, portalLocator } from '../../descriptions/locators';
import { accountOperation } from '../../helpers/accountOperation';
import { readLocale, readPortal } from '../../helpers/helpCenter';
import { rowsIn } from '../../transport/answers';
import { categoryOutput } from './helpCenterCategory';

/** Categories on a full page. */
const pageSize = 1000;

/** `listCategories`: `GET /portals/{slug}/categories`, by position. */
export const getAll = accountOperation<{ portal: string; limit?: number; locale?: string }>({
	option: {
		name: 'Get Many',
		value: 'getAll',
		action: 'Get many help center categories',
		description: 'Get the categories of a portal, in all languages or one',
	},
	properties: [portalLocator, ...returnAllOrLimit, { ...localeField, description: `Only categories in this language; left empty, in all of them. ${localeField.description}` }],
	output: categoryOutput,
	read: (item) => ({ portal: readPortal(item), limit: readLimit(item), locale: readLocale(item) }),
	async run({ portal, limit, locale }, account) {
		const { rows } = await account.collect(async (page) => ({ rows: rowsIn(await account.get(path`/portals/${portal}/categories`, { locale, page })) }), pageSize, limit);
		return rows;
	},
});
