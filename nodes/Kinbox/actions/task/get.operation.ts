import { path } from '../../../shared/http/httpClient';
import { operation } from '../../../shared/operation/operation';
import { taskLocator } from '../../descriptions/locators';
import type { KinboxClient } from '../../transport/client';
import { taskOutput } from './task';

/** `GET /v3/tasks/{id}`. */
export const get = operation<KinboxClient>({
	option: {
		name: 'Get',
		value: 'get',
		action: 'Get task',
		description: 'Get one task (Tarefa). Needs a Token V3. Kinbox does not document this call.',
	},
	record: taskLocator,
	output: taskOutput,
	async run({ id }, kinbox) {
		kinbox.needs('v3', 'Tasks');
		return await kinbox.get(path`/tasks/${id}`);
	},
});
