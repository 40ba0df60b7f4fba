import { operation } from '../../../shared/operation/operation';
import { readLimit, returnAllOrLimit } from '../../../shared/operation/listing';
import type { KinboxClient } from '../../transport/client';

/** `GET /v3/products` (at once) or `GET /v1/products` (cursor). */
export const getAll = operation<KinboxClient, { limit?: number }>({
	option: {
		name: 'Get Many',
		value: 'getAll',
		action: 'Get many products',
		description: 'Get many products (Produtos) with their prices',
	},
	properties: [...returnAllOrLimit],
	read: (item) => ({ limit: readLimit(item) }),
	async run({ limit }, kinbox) {
		return kinbox.generation === 'v1' ? (await kinbox.list('/products', {}, { limit })).rows : await kinbox.listAtOnce('/products', {}, limit);
	},
});
