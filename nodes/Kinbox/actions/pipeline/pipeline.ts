import type { OutputShape } from '../../../shared/operation/output';
import { outputProperties } from '../../../shared/operation/output';
import { objectOrEmpty, textOrNull } from '../../../shared/values/read';
import { idOf, listOf } from '../../helpers/read';
import type { KinboxClient } from '../../transport/client';

/** A pipeline (v1 `Pipeline`, v3 `V3Pipeline`) in short, with its stages. Only v1 tells the kind. */
export const pipelineOutput: OutputShape<KinboxClient> = {
	simplify: (pipeline) => ({
		id: idOf(pipeline),
		name: textOrNull(pipeline.name),
		kind: textOrNull(pipeline.kind),
		position: pipeline.position ?? null,
		stages: listOf(pipeline.stages).map((stage) => ({ id: idOf(stage), name: textOrNull(stage.name), color: textOrNull(stage.color) })),
		// Texts in v1, objects in v3.
		lostReasons: (Array.isArray(pipeline.lostReasons) ? (pipeline.lostReasons as unknown[]) : []).map((reason) => String(typeof reason === 'string' ? reason : objectOrEmpty(reason).name ?? '')),
		privacy: textOrNull(objectOrEmpty(pipeline.privacy).type),
	}),
	properties: outputProperties([
		'_id', 'authorId', 'cadence', 'createdAt', 'id', 'kind', 'lastUpdateAt', 'lostReasons', 'name', 'position', 'privacy', 'requiredCustomFieldIds', 'rules', 'stages', 'updatedAt', 'workspaceId',
	]),
};
