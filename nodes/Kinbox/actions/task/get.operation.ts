import { path } from '../../../shared/http';
import { operation } from '../../../shared/operation';
import type { KinboxClient } from '../../client';
import { taskLocator } from '../../locators';
import { taskOutput } from '../../records';

/** `GET /v3/tasks/{id}`. */
export const get = operation<KinboxClient, string>({
	option: {
		name: 'Get',
		value: 'get',
		action: 'Get task',
		description: 'Get one task (Tarefa). Needs a Token V3. Kinbox does not document this call.',
	},
	properties: [taskLocator],
	output: taskOutput,
	read: (item) => item.requiredLocator('taskId'),
	async run(id, kinbox) {
		kinbox.needs('v3', 'Tasks');
		return await kinbox.get(path`/tasks/${id}`);
	},
});
