import type { Resource } from '../../../shared/operation/operation';
import type { KinboxClient } from '../../transport/client';
import { get } from './get.operation';
import { getAll } from './getAll.operation';
import { getOperators } from './getOperators.operation';

export const group: Resource<KinboxClient> = {
	option: { name: 'Group', value: 'group', description: 'Operators who share conversations (Grupo)' },
	defaultOperation: 'getAll',
	operations: [
		get,
		getAll,
		getOperators,
	],
};
