import type { IDataObject, INodeProperties } from 'n8n-workflow';

import type { Item } from '../../../shared/operation/item';
import { withoutUndefined } from '../../../shared/values/read';
import { customFieldsJson, productCustomFieldsMapper, readCustomFields } from '../../descriptions/customFields';

/** What create and update have in common. */
export const productFields: INodeProperties[] = [
	productCustomFieldsMapper,
	{
		displayName: 'Additional Fields',
		name: 'additionalFields',
		type: 'collection',
		placeholder: 'Add Field',
		default: {},
		description: 'More about the product',
		options: [
			customFieldsJson,
			{
				displayName: 'Description',
				name: 'description',
				type: 'string',
				default: '',
				placeholder: 'e.g. 500 g bag',
				description: 'What the product is',
			},
			{
				displayName: 'External ID',
				name: 'externalId',
				type: 'string',
				default: '',
				placeholder: 'e.g. SKU-1042',
				description: 'The key of the product in another system; it can be looked up by it',
			},
			{
				displayName: 'Is Active',
				name: 'isActive',
				type: 'boolean',
				default: true,
				description: 'Whether it can be picked for new deals; inactive products stay in past deals',
			},
		],
	},
];

/** Reads `ProductUpdate`, `V3ProductUpdate`; what is not filled in is left out. */
export function readProductBody(item: Item): IDataObject {
	const extra = item.collection('additionalFields');
	return withoutUndefined({
		name: item.text('name'),
		price: item.number('price', { min: 0 }),
		description: extra.text('description'),
		externalId: extra.text('externalId'),
		isActive: extra.boolean('isActive'),
		customFields: readCustomFields(item, extra),
	});
}
