import type { Resource } from '../../../shared/operation/operation';
import type { KinboxClient } from '../../transport/client';
import { get } from './get.operation';
import { getAll } from './getAll.operation';

export const operator: Resource<KinboxClient> = {
	option: { name: 'Operator', value: 'operator', description: 'A colleague who answers contacts (Operador)' },
	defaultOperation: 'getAll',
	operations: [
		get,
		getAll,
	],
};
