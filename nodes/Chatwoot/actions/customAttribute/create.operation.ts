import type { IDataObject } from 'n8n-workflow';

import { attributeModels, definitionOutput } from './customAttribute';
import { accountOperation } from '../../helpers/accountOperation';
import { requiredUpTo } from '../../helpers/read';
import { attributeType, definitionFields, readDefinition } from './customAttribute.fields';

/** `createCustomAttributeDefinition`: `POST /custom_attribute_definitions`; administrators only since 4.14. */
export const create = accountOperation<IDataObject>({
	option: {
		name: 'Create',
		value: 'create',
		action: 'Create custom attribute',
		description: 'Define a custom attribute for contacts or conversations',
	},
	properties: [
		{
			displayName: 'Name',
			name: 'name',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. Plan',
			description: 'How people see it',
		},
		{
			displayName: 'Key',
			name: 'key',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. plan',
			description: 'How it is called in data: letters, digits, underscores, hyphens and dots',
		},
		{
			displayName: 'Applies To',
			name: 'appliesTo',
			type: 'options',
			options: [
				{ name: 'Company', value: 'company', description: 'Enterprise edition' },
				{ name: 'Contact', value: 'contact' },
				{ name: 'Conversation', value: 'conversation' },
			],
			default: 'contact',
			description: 'What kind of record has it',
		},
		attributeType,
		{
			displayName: 'Additional Fields',
			name: 'additionalFields',
			type: 'collection',
			placeholder: 'Add Field',
			default: {},
			description: 'More about the attribute',
			options: definitionFields,
		},
	],
	output: definitionOutput,
	read(item) {
		const key = requiredUpTo(item, 'key');
		if (!/^[\p{L}\p{N}_.-]+$/u.test(key)) throw item.refuse('key', 'has signs that a key cannot have', 'Letters, digits, underscores, hyphens and dots; no blanks.');
		return {
			attribute_display_name: requiredUpTo(item, 'name'),
			attribute_key: key,
			attribute_model: attributeModels[item.choice('appliesTo', ['company', 'contact', 'conversation'] as const) ?? 'contact'],
			...readDefinition(item, item.collection('additionalFields')),
		};
	},
	orderingKey: ({ attribute_key: key }) => String(key),
	run: async (body, account) => await account.post('/custom_attribute_definitions', body),
});
