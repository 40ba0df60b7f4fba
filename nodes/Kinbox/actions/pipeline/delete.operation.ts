import { path } from '../../../shared/http/httpClient';
import { operation } from '../../../shared/operation/operation';
import type { KinboxClient } from '../../transport/client';
import { pipelineLocator } from '../../descriptions/locators';

/** `DELETE /v3/pipelines/{id}` or `DELETE /v1/pipelines/{id}`. */
export const deletePipeline = operation<KinboxClient>({
	option: {
		name: 'Delete',
		value: 'delete',
		action: 'Delete pipeline',
		description: 'Delete a pipeline',
	},
	record: pipelineLocator,
	async run({ id }, kinbox) {
		await kinbox.delete(path`/pipelines/${id}`);
		return { id, deleted: true };
	},
});
