import { path } from '../../../shared/http/httpClient';
import { operation } from '../../../shared/operation/operation';
import type { KinboxClient } from '../../transport/client';
import { dealOutput } from './deal';
import { dealLocator, pipelineLocator, stageLocator } from '../../descriptions/locators';

/** `PATCH /v3/deals/{id}` or `PATCH /v1/deals/{id}` with pipeline and stage. */
export const move = operation<KinboxClient, { pipelineId: string; stageId: string }>({
	option: {
		name: 'Move',
		value: 'move',
		action: 'Move deal',
		description: 'Move a deal to another stage (Etapa), also of another pipeline (Funil)',
	},
	record: dealLocator,
	properties: [pipelineLocator, stageLocator],
	output: dealOutput,
	read: (item) => ({ pipelineId: item.requiredLocator('pipelineId'), stageId: item.requiredLocator('stageId') }),
	run: async ({ id, pipelineId, stageId }, kinbox) => await kinbox.patch(path`/deals/${id}`, { pipelineId, stageId }),
});
