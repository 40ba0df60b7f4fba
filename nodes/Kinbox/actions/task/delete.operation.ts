import { path } from '../../../shared/http/httpClient';
import { operation } from '../../../shared/operation/operation';
import type { KinboxClient } from '../../transport/client';
import { taskLocator } from '../../descriptions/locators';

/** `DELETE /v3/tasks/{id}`. */
export const deleteTask = operation<KinboxClient>({
	option: {
		name: 'Delete',
		value: 'delete',
		action: 'Delete task',
		description: 'Delete a task. Needs a Token V3. Kinbox does not document this call.',
	},
	record: taskLocator,
	async run({ id }, kinbox) {
		kinbox.needs('v3', 'Tasks');
		await kinbox.delete(path`/tasks/${id}`);
		return { id, deleted: true };
	},
});
