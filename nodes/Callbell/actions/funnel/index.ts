import type { Resource } from '../../../shared/operation/operation';
import type { CallbellClient } from '../../transport/client';
import { getAll } from './getAll.operation';

export const funnel: Resource<CallbellClient> = {
	option: { name: 'Funnel', value: 'funnel', description: 'The stages of the sales funnel' },
	operations: [
		getAll,
	],
	defaultOperation: 'getAll',
};
