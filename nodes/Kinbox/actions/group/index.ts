import type { Resource } from '../../../shared/operation/operation';
import type { KinboxClient } from '../../transport/client';
import { get } from './get.operation';
import { getAll } from './getAll.operation';
import { getUsers } from './getUsers.operation';

export const group: Resource<KinboxClient> = {
	option: { name: 'Group', value: 'group', description: 'Members who share conversations (Grupo)' },
	defaultOperation: 'getAll',
	operations: [
		get,
		getAll,
		getUsers,
	],
};
