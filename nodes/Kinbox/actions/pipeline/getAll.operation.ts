import { readLimit, returnAllOrLimit } from '../../../shared/operation/listing';
import { operation } from '../../../shared/operation/operation';
import type { KinboxClient } from '../../transport/client';
import { pipelineOutput } from './pipeline';

/** `GET /v3/pipelines` or `GET /v1/pipelines`; neither pages. */
export const getAll = operation<KinboxClient, { limit?: number }>({
	option: {
		name: 'Get Many',
		value: 'getAll',
		action: 'Get many pipelines',
		description: 'Get many pipelines (Funis) with their stages',
	},
	properties: [...returnAllOrLimit],
	output: pipelineOutput,
	read: (item) => ({ limit: readLimit(item) }),
	async run({ limit }, kinbox) {
		return await kinbox.listAtOnce('/pipelines', {}, limit);
	},
});
