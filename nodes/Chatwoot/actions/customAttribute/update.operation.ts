import type { IDataObject } from 'n8n-workflow';

import { path } from '../../../shared/http/httpClient';
import { withoutUndefined } from '../../../shared/values/read';
import { customAttributeLocator } from '../../descriptions/locators';
import { accountOperation } from '../../helpers/accountOperation';
import { textUpTo } from '../../helpers/read';
import { definitionOutput } from './customAttribute';
import { attributeType, definitionFields, readDefinition } from './customAttribute.fields';

/** `updateCustomAttributeDefinition`: `PATCH /custom_attribute_definitions/{id}`. */
export const update = accountOperation<{ body: IDataObject }>({
	option: {
		name: 'Update',
		value: 'update',
		action: 'Update custom attribute',
		description: 'Change the definition of a custom attribute; fields left out stay as they are',
	},
	record: customAttributeLocator,
	properties: [
		{
			displayName: 'Update Fields',
			name: 'updateFields',
			type: 'collection',
			placeholder: 'Add Field',
			default: {},
			description: 'What to change',
			options: [
				...definitionFields.slice(0, 2),
				{
					displayName: 'Name',
					name: 'name',
					type: 'string',
					default: '',
					placeholder: 'e.g. Plan',
					description: 'How people see it',
				},
				...definitionFields.slice(2),
				attributeType,
			],
		},
	],
	output: definitionOutput,
	read(item) {
		const fields = item.collection('updateFields');
		const body = { ...withoutUndefined({ attribute_display_name: textUpTo(fields, 'name') }), ...readDefinition(fields, fields) };
		item.needsChange('updateFields', body);
		return { body };
	},
	run: async ({ id, body }, account) => await account.patch(path`/custom_attribute_definitions/${id}`, body),
});
