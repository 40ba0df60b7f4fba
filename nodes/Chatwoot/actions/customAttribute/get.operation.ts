import { path } from '../../../shared/http';
import { definitionOutput } from '../../customAttributeDefinition';
import { accountOperation, readId } from '../../operation';
import { customAttributeLocator } from '../../settingsLocators';

/** `getCustomAttributeDefinition`: `GET /custom_attribute_definitions/{id}`. */
export const get = accountOperation<string>({
	option: {
		name: 'Get',
		value: 'get',
		action: 'Get custom attribute',
		description: 'Get the definition of one custom attribute',
	},
	properties: [customAttributeLocator],
	output: definitionOutput,
	read: (item) => readId(item, 'customAttributeId'),
	run: async (id, account) => await account.get(path`/custom_attribute_definitions/${id}`),
});
