import type { Resource } from '../../../shared/operation/operation';
import type { CallbellClient } from '../../transport/client';
import { deleteUserStatus } from './delete.operation';
import { update } from './update.operation';

export const userStatus: Resource<CallbellClient> = {
	option: { name: 'User Status', value: 'userStatus', description: 'Availability and custom status of a colleague' },
	operations: [
		deleteUserStatus,
		update,
	],
	defaultOperation: 'update',
};
