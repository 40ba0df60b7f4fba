import { path } from '../../../shared/http/httpClient';
import { customAttributeLocator } from '../../descriptions/locators';
import { accountOperation } from '../../helpers/accountOperation';
import { readId } from '../../helpers/read';

/** `deleteCustomAttributeDefinition`: `DELETE /custom_attribute_definitions/{id}`. */
export const deleteCustomAttribute = accountOperation<string>({
	option: {
		name: 'Delete',
		value: 'delete',
		action: 'Delete custom attribute',
		description: 'Delete the definition of a custom attribute; values that records have stay',
	},
	properties: [customAttributeLocator],
	read: (item) => readId(item, 'customAttributeId'),
	orderingKey: (id) => id,
	async run(id, account) {
		await account.delete(path`/custom_attribute_definitions/${id}`);
		return { deleted: true };
	},
});
