import type { IDataObject } from 'n8n-workflow';

import { operation } from '../../../shared/operation/operation';
import { withFittingFields } from '../../helpers/accountFields';
import type { KinboxClient } from '../../transport/client';
import { productFields, readProductBody } from './product.fields';

/** `POST /v3/products` (wants a description) or `POST /v1/products` (wants custom fields). */
export const create = operation<KinboxClient, IDataObject>({
	option: {
		name: 'Create',
		value: 'create',
		action: 'Create product',
		description: 'Create a product (Produto) for deals',
	},
	properties: [
		{
			displayName: 'Name',
			name: 'name',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. Bolo de cenoura',
			description: 'How the product is called',
		},
		{
			displayName: 'Price',
			name: 'price',
			type: 'number',
			typeOptions: { minValue: 0, numberPrecision: 2 },
			default: 0,
			required: true,
			description: 'Price of one, in the currency of the account',
		},
		...productFields,
	],
	read(item) {
		item.required('name');
		return { price: 0, ...readProductBody(item) };
	},
	unordered: 'Each item makes a record of its own',
	async run(fields, kinbox, { item }) {
		const body = await withFittingFields(kinbox, 'product', fields, item);
		return await kinbox.post('/products', kinbox.generation === 'v1' ? { customFields: {}, ...body } : { description: '', ...body });
	},
});
