import type { Resource } from '../../../shared/operation/operation';
import type { CallbellClient } from '../../transport/client';
import { check } from './check.operation';
import { get } from './get.operation';
import { getPlan } from './getPlan.operation';

export const account: Resource<CallbellClient> = {
	option: { name: 'Account', value: 'account', description: 'The token, its user and the plan' },
	operations: [
		check,
		get,
		getPlan,
	],
	defaultOperation: 'get',
};
