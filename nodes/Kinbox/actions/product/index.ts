import type { Resource } from '../../../shared/operation/operation';
import type { KinboxClient } from '../../transport/client';
import { create } from './create.operation';
import { deleteProduct } from './delete.operation';
import { get } from './get.operation';
import { getAll } from './getAll.operation';
import { getByExternalId } from './getByExternalId.operation';
import { update } from './update.operation';

export const product: Resource<KinboxClient> = {
	option: { name: 'Product', value: 'product', description: 'Something that deals are about (Produto)' },
	defaultOperation: 'getAll',
	operations: [
		create,
		deleteProduct,
		get,
		getAll,
		getByExternalId,
		update,
	],
};
