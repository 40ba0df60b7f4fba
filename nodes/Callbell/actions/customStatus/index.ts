import type { Resource } from '../../../shared/operation/operation';
import type { CallbellClient } from '../../transport/client';
import { create } from './create.operation';
import { deleteCustomStatus } from './delete.operation';
import { get } from './get.operation';
import { getAll } from './getAll.operation';
import { update } from './update.operation';

export const customStatus: Resource<CallbellClient> = {
	option: { name: 'Custom Status', value: 'customStatus', description: 'A status such as Lunch that users can choose' },
	operations: [
		create,
		deleteCustomStatus,
		get,
		getAll,
		update,
	],
	defaultOperation: 'getAll',
};
