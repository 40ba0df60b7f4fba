import { path } from '../../../shared/http/httpClient';
import { operation } from '../../../shared/operation/operation';
import type { KinboxClient } from '../../transport/client';
import { productLocator } from '../../descriptions/locators';

/** `GET /v3/products/{id}` or `GET /v1/products/{id}`. */
export const get = operation<KinboxClient>({
	option: {
		name: 'Get',
		value: 'get',
		action: 'Get product',
		description: 'Get one product',
	},
	record: productLocator,
	async run({ id }, kinbox) {
		return await kinbox.get(path`/products/${id}`);
	},
});
