import type { Resource } from '../../../shared/operation/operation';
import type { CallbellClient } from '../../transport/client';
import { get } from './get.operation';
import { getAll } from './getAll.operation';
import { getMembers } from './getMembers.operation';
import { update } from './update.operation';

export const team: Resource<CallbellClient> = {
	option: { name: 'Team', value: 'team', description: 'A team inbox and its members' },
	operations: [
		get,
		getAll,
		getMembers,
		update,
	],
	defaultOperation: 'getAll',
};
