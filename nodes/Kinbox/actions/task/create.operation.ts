import type { IDataObject } from 'n8n-workflow';

import { madeOnce } from '../../../shared/http/lostAnswer';
import { operation } from '../../../shared/operation/operation';
import { operatorLocator } from '../../descriptions/locators';
import type { KinboxClient } from '../../transport/client';
import { taskOutput } from './task';
import { readTask, taskFields, taskTypeField, taskTypes } from './task.fields';

/** `POST /v3/tasks`; Kinbox wants all its switches, so they are sent with their usual values. */
export const create = operation<KinboxClient, IDataObject>({
	option: {
		name: 'Create',
		value: 'create',
		action: 'Create task',
		description: 'Create a task (Tarefa) for an operator. Needs a Token V3. Kinbox does not document this call.',
	},
	properties: [
		{
			displayName: 'Name',
			name: 'name',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. Call Ana back',
			description: 'What the operator sees',
		},
		{ ...operatorLocator, description: 'The operator (Operador) who has to do it' },
		taskTypeField,
		taskFields,
	],
	output: taskOutput,
	read(item) {
		item.required('name');
		const operatorId = Number(item.requiredNumericId('operatorId'));
		return { description: '', type: item.choice('type', taskTypes) ?? 'task', done: false, required: false, autoExec: false, canceled: false, minutesDuration: 30, ...readTask(item), operatorId };
	},
	unordered: 'Each item makes a record of its own',
	async run(body, kinbox) {
		kinbox.needs('v3', 'Tasks');
		return await madeOnce(kinbox.http, async () => await kinbox.post('/tasks', body), {
			what: 'task',
			key: `task ${JSON.stringify(body)}`,
			find: async () => (await kinbox.list('/tasks', { status: 'open' }, { limit: 500 })).rows,
			isIt: (task) => task.name === body.name && String(task.operatorId) === String(body.operatorId),
			madeAt: (task) => Date.parse(String(task.createdAt)),
			idOf: (task) => task.id ?? task._id,
		});
	},
});
