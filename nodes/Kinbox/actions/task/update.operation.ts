import type { IDataObject } from 'n8n-workflow';

import { path } from '../../../shared/http/httpClient';
import { operation } from '../../../shared/operation/operation';
import { taskLocator } from '../../descriptions/locators';
import type { KinboxClient } from '../../transport/client';
import { taskOutput } from './task';
import { readTask, taskFields } from './task.fields';

/** `PATCH /v3/tasks/{id}`. */
export const update = operation<KinboxClient, { body: IDataObject }>({
	option: {
		name: 'Update',
		value: 'update',
		action: 'Update task',
		description: 'Change a task, for example to done. Needs a Token V3. Kinbox does not document this call.',
	},
	record: taskLocator,
	properties: [
		{
			displayName: 'Name',
			name: 'name',
			type: 'string',
			default: '',
			placeholder: 'e.g. Call Ana back',
			description: 'The new name; left empty, it stays as it is',
		},
		taskFields,
	],
	output: taskOutput,
	read(item) {
		const body = readTask(item);
		if (Object.keys(body).length === 0) throw item.refuse('taskId', 'is given, but no field to change', 'Fill in at least one field of the task.');
		return { body };
	},
	async run({ id, body }, kinbox) {
		kinbox.needs('v3', 'Tasks');
		return await kinbox.patch(path`/tasks/${id}`, body);
	},
});
