import type { Resource } from '../../../shared/operation/operation';
import type { ChatwootClient } from '../../transport/client';
import { create } from './create.operation';
import { deletePortal } from './delete.operation';
import { get } from './get.operation';
import { getAll } from './getAll.operation';
import { update } from './update.operation';

export const helpCenterPortal: Resource<ChatwootClient> = {
	option: { name: 'Help Center Portal', value: 'helpCenterPortal', description: 'A public site with articles' },
	operations: [
		create,
		deletePortal,
		get,
		getAll,
		update,
	],
	defaultOperation: 'getAll',
};
