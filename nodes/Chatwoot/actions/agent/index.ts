import type { Resource } from '../../../shared/operation/operation';
import type { ChatwootClient } from '../../transport/client';
import { create } from './create.operation';
import { createMany } from './createMany.operation';
import { deleteAgent } from './delete.operation';
import { get } from './get.operation';
import { getAll } from './getAll.operation';
import { getAssignable } from './getAssignable.operation';
import { update } from './update.operation';

export const agent: Resource<ChatwootClient> = {
	option: { name: 'Agent', value: 'agent', description: 'A person who works in the account' },
	operations: [
		create,
		createMany,
		deleteAgent,
		get,
		getAll,
		getAssignable,
		update,
	],
};
