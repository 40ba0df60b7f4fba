import type { Resource } from '../../../shared/operation';
import type { CallbellClient } from '../../client';
import { getAll } from './getAll.operation';

export const funnel: Resource<CallbellClient> = {
	option: { name: 'Funnel', value: 'funnel', description: 'The stages of the sales funnel' },
	operations: [
		getAll,
	],
	defaultOperation: 'getAll',
};
