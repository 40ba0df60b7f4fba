import type { Resource } from '../../../shared/operation/operation';
import type { KinboxClient } from '../../transport/client';
import { create } from './create.operation';
import { deletePipeline } from './delete.operation';
import { get } from './get.operation';
import { getAll } from './getAll.operation';
import { update } from './update.operation';

export const pipeline: Resource<KinboxClient> = {
	option: { name: 'Pipeline', value: 'pipeline', description: 'The stages that deals go through (Funil)' },
	defaultOperation: 'getAll',
	operations: [
		create,
		deletePipeline,
		get,
		getAll,
		update,
	],
};
