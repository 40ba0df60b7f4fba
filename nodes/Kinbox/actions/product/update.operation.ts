import type { IDataObject } from 'n8n-workflow';

import { path } from '../../../shared/http/httpClient';
import { LostWrites } from '../../../shared/operation/lostWrites';
import { operation } from '../../../shared/operation/operation';
import { objectOrEmpty } from '../../../shared/values/read';
import { withFittingFields } from '../../helpers/accountFields';
import { setFields } from '../../helpers/customFields';
import type { KinboxClient } from '../../transport/client';
import { productLocator } from '../../descriptions/locators';
import { productFields, readProductBody } from './product.fields';

/** `PATCH /v3/products/{id}` or `PATCH /v1/products/{id}`; custom fields that are not changed are sent along. */
export const update = operation<KinboxClient, { body: IDataObject }, LostWrites>({
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
	begin: async (kinbox) => await Promise.resolve(new LostWrites(kinbox.http)),
	async run({ id, body: given }, kinbox, { item, itemIndex, state }) {
		const { customFields, ...body } = await withFittingFields(kinbox, 'product', given, item);
		const address = path`/products/${id}`;
		if (customFields === undefined) return await kinbox.patch(address, body);
		return await setFields(kinbox, { path: address, record: `product ${id}`, index: itemIndex, lost: state }, objectOrEmpty(customFields), body);
	},
	end: async (lost) => await lost.finish(),
});
