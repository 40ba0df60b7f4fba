import { path } from '../../../shared/http/httpClient';
import { articleLocator, portalLocator } from '../../descriptions/locators';
import { accountOperation } from '../../helpers/accountOperation';
import { readPortal } from '../../helpers/helpCenter';

/** `deleteArticle`: `DELETE /portals/{slug}/articles/{id}`. */
export const deleteArticle = accountOperation<{ portal: string }>({
	option: {
		name: 'Delete',
		value: 'delete',
		action: 'Delete help center article',
		description: 'Delete an article for good; to take it from the public only, archive it with Update',
	},
	record: articleLocator,
	properties: [portalLocator, articleLocator],
	read: (item) => ({ portal: readPortal(item, 'articleId'),  }),
	async run({ portal, id }, account) {
		await account.delete(path`/portals/${portal}/articles/${id}`);
		return { deleted: true };
	},
});
