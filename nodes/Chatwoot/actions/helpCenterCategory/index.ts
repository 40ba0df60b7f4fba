import type { Resource } from '../../../shared/operation/operation';
import type { ChatwootClient } from '../../transport/client';
import { create } from './create.operation';
import { deleteCategory } from './delete.operation';
import { get } from './get.operation';
import { getAll } from './getAll.operation';
import { update } from './update.operation';

export const helpCenterCategory: Resource<ChatwootClient> = {
	option: { name: 'Help Center Category', value: 'helpCenterCategory', description: 'A group of articles in a portal' },
	operations: [
		create,
		deleteCategory,
		get,
		getAll,
		update,
	],
	defaultOperation: 'getAll',
};
