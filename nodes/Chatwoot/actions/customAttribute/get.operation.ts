import { path } from '../../../shared/http/httpClient';
import { customAttributeLocator } from '../../descriptions/locators';
import { accountOperation } from '../../helpers/accountOperation';
import { definitionOutput } from './customAttribute';

/** `getCustomAttributeDefinition`: `GET /custom_attribute_definitions/{id}`. */
export const get = accountOperation({
	option: {
		name: 'Get',
		value: 'get',
		action: 'Get custom attribute',
		description: 'Get the definition of one custom attribute',
	},
	record: customAttributeLocator,
	output: definitionOutput,
	run: async ({ id }, account) => await account.get(path`/custom_attribute_definitions/${id}`),
});
