import { path } from '../../../shared/http/httpClient';
import { customFilterLocator } from '../../descriptions/locators';
import { accountOperation } from '../../helpers/accountOperation';

/** `deleteCustomFilter`: `DELETE /custom_filters/{id}`. */
export const deleteCustomFilter = accountOperation<string>({
	option: {
		name: 'Delete',
		value: 'delete',
		action: 'Delete custom filter',
		description: "Delete a saved filter of the token's owner",
	},
	properties: [customFilterLocator],
	read: (item) => item.requiredNumericId('customFilterId'),
	orderingKey: (id) => id,
	async run(id, account) {
		await account.delete(path`/custom_filters/${id}`);
		return { deleted: true };
	},
});
