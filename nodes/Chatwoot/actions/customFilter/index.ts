import type { Resource } from '../../../shared/operation/operation';
import type { ChatwootClient } from '../../transport/client';
import { create } from './create.operation';
import { deleteCustomFilter } from './delete.operation';
import { get } from './get.operation';
import { getAll } from './getAll.operation';
import { update } from './update.operation';

export const customFilter: Resource<ChatwootClient> = {
	option: { name: 'Custom Filter', value: 'customFilter', description: 'A filter that a person has saved' },
	operations: [
		create,
		deleteCustomFilter,
		get,
		getAll,
		update,
	],
};
