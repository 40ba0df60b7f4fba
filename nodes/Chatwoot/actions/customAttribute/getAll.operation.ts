import { readLimit, returnAllOrLimit } from '../../../shared/operation/listing';
import { accountOperation } from '../../helpers/accountOperation';
import { rowsIn } from '../../transport/answers';
import { attributeModels, definitionOutput } from './customAttribute';

const choices = ['all', 'company', 'contact', 'conversation'] as const;

/** `listCustomAttributeDefinitions`: `GET /custom_attribute_definitions`; it does not page. */
export const getAll = accountOperation<{ limit?: number; appliesTo: (typeof choices)[number] }>({
	option: {
		name: 'Get Many',
		value: 'getAll',
		action: 'Get many custom attributes',
		description: 'Get many definitions of custom attributes',
	},
	properties: [
		...returnAllOrLimit,
		{
			displayName: 'Applies To',
			name: 'appliesToFilter',
			type: 'options',
			options: [
				{ name: 'Any Record', value: 'all' },
				{ name: 'Company', value: 'company' },
				{ name: 'Contact', value: 'contact' },
				{ name: 'Conversation', value: 'conversation' },
			],
			default: 'all',
			description: 'Only custom attributes of this kind of record',
		},
	],
	output: definitionOutput,
	read: (item) => ({ limit: readLimit(item), appliesTo: item.choice('appliesToFilter', choices) ?? 'all' }),
	run: async ({ limit, appliesTo }, account) =>
		rowsIn(await account.get('/custom_attribute_definitions', { attribute_model: appliesTo === 'all' ? undefined : attributeModels[appliesTo] })).slice(0, limit),
});
