import { path } from '../../../shared/http/httpClient';
import { operation } from '../../../shared/operation/operation';
import type { KinboxClient } from '../../transport/client';
import { productLocator } from '../../descriptions/locators';

/** `DELETE /v3/products/{id}` or `DELETE /v1/products/{id}`. */
export const deleteProduct = operation<KinboxClient>({
	option: {
		name: 'Delete',
		value: 'delete',
		action: 'Delete product',
		description: 'Delete a product',
	},
	record: productLocator,
	async run({ id }, kinbox) {
		await kinbox.delete(path`/products/${id}`);
		return { id, deleted: true };
	},
});
