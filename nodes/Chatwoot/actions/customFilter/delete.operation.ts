import { path } from '../../../shared/http/httpClient';
import { customFilterLocator } from '../../descriptions/locators';
import { accountOperation } from '../../helpers/accountOperation';

/** `deleteCustomFilter`: `DELETE /custom_filters/{id}`. */
export const deleteCustomFilter = accountOperation({
	option: {
		name: 'Delete',
		value: 'delete',
		action: 'Delete custom filter',
		description: "Delete a saved filter of the token's owner",
	},
	record: customFilterLocator,
	async run({ id }, account) {
		await account.delete(path`/custom_filters/${id}`);
		return { deleted: true };
	},
});
