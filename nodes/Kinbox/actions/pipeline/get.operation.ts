import { path } from '../../../shared/http/httpClient';
import { operation } from '../../../shared/operation/operation';
import { pipelineLocator } from '../../descriptions/locators';
import type { KinboxClient } from '../../transport/client';
import { pipelineOutput } from './pipeline';

/** `GET /v3/pipelines/{id}` or `GET /v1/pipelines/{id}`. */
export const get = operation<KinboxClient>({
	option: {
		name: 'Get',
		value: 'get',
		action: 'Get pipeline',
		description: 'Get one pipeline (Funil) with its stages',
	},
	record: pipelineLocator,
	output: pipelineOutput,
	async run({ id }, kinbox) {
		return await kinbox.get(path`/pipelines/${id}`);
	},
});
