import { path } from '../../../shared/http/httpClient';
import { customAttributeLocator } from '../../descriptions/locators';
import { accountOperation } from '../../helpers/accountOperation';

/** `deleteCustomAttributeDefinition`: `DELETE /custom_attribute_definitions/{id}`. */
export const deleteCustomAttribute = accountOperation({
	option: {
		name: 'Delete',
		value: 'delete',
		action: 'Delete custom attribute',
		description: 'Delete the definition of a custom attribute; values that records have stay',
	},
	record: customAttributeLocator,
	async run({ id }, account) {
		await account.delete(path`/custom_attribute_definitions/${id}`);
		return { deleted: true };
	},
});
