import { path } from '../../../shared/http/httpClient';
import { articleLocator, portalLocator } from '../../descriptions/locators';
import { accountOperation } from '../../helpers/accountOperation';
import { inPortal, payloadOf, readPortal } from '../../helpers/helpCenter';
import { articleOutput } from './helpCenterArticle';

/** `getArticle`: `GET /portals/{slug}/articles/{id}`. */
export const get = accountOperation<{ portal: string }>({
	option: {
		name: 'Get',
		value: 'get',
		action: 'Get help center article',
		description: 'Get one article with its text',
	},
	record: articleLocator,
	properties: [portalLocator, articleLocator],
	output: articleOutput,
	read: (item) => ({ portal: readPortal(item, 'articleId'),  }),
	run: async ({ portal, id }, account) => inPortal(payloadOf(await account.get(path`/portals/${portal}/articles/${id}`)), portal),
});
