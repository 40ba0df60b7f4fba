import { path } from '../../../shared/http/httpClient';
import { categoryLocator, portalLocator } from '../../descriptions/locators';
import { accountOperation } from '../../helpers/accountOperation';
import { readPortal } from '../../helpers/helpCenter';

/** `deleteCategory`: `DELETE /portals/{slug}/categories/{id}`. */
export const deleteCategory = accountOperation<{ portal: string }>({
	option: {
		name: 'Delete',
		value: 'delete',
		action: 'Delete help center category',
		description: 'Delete a category; its articles stay, without a category',
	},
	record: categoryLocator,
	properties: [portalLocator, categoryLocator],
	read: (item) => ({ portal: readPortal(item) }),
	async run({ portal, id }, account) {
		await account.delete(path`/portals/${portal}/categories/${id}`);
		return { deleted: true };
	},
});
