import type { Resource } from '../../../shared/operation/operation';
import type { ChatwootClient } from '../../transport/client';
import { create } from './create.operation';
import { deleteMacro } from './delete.operation';
import { execute } from './execute.operation';
import { get } from './get.operation';
import { getAll } from './getAll.operation';
import { update } from './update.operation';

export const macro: Resource<ChatwootClient> = {
	option: { name: 'Macro', value: 'macro', description: 'Steps that are carried out on a conversation with one click' },
	operations: [
		create,
		deleteMacro,
		execute,
		get,
		getAll,
		update,
	],
};
