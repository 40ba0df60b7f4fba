import type { Resource } from '../../../shared/operation/operation';
import type { KinboxClient } from '../../transport/client';
import { create } from './create.operation';
import { deleteTask } from './delete.operation';
import { get } from './get.operation';
import { getAll } from './getAll.operation';
import { update } from './update.operation';

export const task: Resource<KinboxClient> = {
	option: { name: 'Task', value: 'task', description: 'Something an operator has to do (Tarefa)' },
	defaultOperation: 'create',
	operations: [
		create,
		deleteTask,
		get,
		getAll,
		update,
	],
};
