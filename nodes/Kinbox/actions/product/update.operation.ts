import type { IDataObject } from 'n8n-workflow';

import { path } from '../../../shared/http/httpClient';
import { operation } from '../../../shared/operation/operation';
import { withFittingFields } from '../../helpers/accountFields';
import type { KinboxClient } from '../../transport/client';
import { productLocator } from '../../descriptions/locators';
import { productFields, readProductBody } from './product.fields';

/** `PATCH /v3/products/{id}` or `PATCH /v1/products/{id}`. */
export const update = operation<KinboxClient, { body: IDataObject }>({
	option: {
		name: 'Update',
		value: 'update',
		action: 'Update product',
		description: 'Change fields of a product; fields left empty stay as they are',
	},
	record: productLocator,
	properties: [
		{
			displayName: 'Name',
			name: 'name',
			type: 'string',
			default: '',
			placeholder: 'e.g. Bolo de cenoura',
			description: 'The new name; left empty, it stays as it is',
		},
		{
			displayName: 'Price',
			name: 'price',
			type: 'string',
			default: '',
			placeholder: 'e.g. 24.90',
			description: 'The new price of one; left empty, it stays as it is',
		},
		...productFields,
	],
	read(item) {
		const body = readProductBody(item);
		if (Object.keys(body).length === 0) throw item.refuse('productId', 'is given, but no field to change', 'Fill in at least one field of the product.');
		return { body };
	},
	run: async ({ id, body }, kinbox, { item }) => await kinbox.patch(path`/products/${id}`, await withFittingFields(kinbox, 'product', body, item)),
});
