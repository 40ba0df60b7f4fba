import type { Resource } from '../../../shared/operation';
import type { CallbellClient } from '../../client';
import { get } from './get.operation';
import { getPlan } from './getPlan.operation';

export const account: Resource<CallbellClient> = {
	option: { name: 'Account', value: 'account', description: 'The token, its user and the plan' },
	operations: [
		get,
		getPlan,
	],
	defaultOperation: 'get',
};
