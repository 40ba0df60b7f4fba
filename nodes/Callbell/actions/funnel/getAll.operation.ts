import type { IDataObject } from 'n8n-workflow';

import { readLimit, returnAllOrLimit } from '../../../shared/operation/listing';
import { operation } from '../../../shared/operation/operation';
import { isoOrNull, recordsOf, textOrNull } from '../../../shared/values/read';
import type { CallbellClient } from '../../transport/client';

/** `GET /funnels`, all at once; read only. */
export const getAll = operation<CallbellClient, { limit?: number }>({
	option: {
		name: 'Get Many',
		value: 'getAll',
		action: 'Get many funnel stages',
		description: 'Get many stages of the sales funnel, in their order',
	},
	properties: [...returnAllOrLimit],
	read: (item) => ({ limit: readLimit(item) }),
	async run({ limit }, callbell) {
		const { funnels } = await callbell.get('/funnels');
		const stages = recordsOf(funnels);
		return stages.map(simplifyStage).sort((a, b) => Number(a.position ?? 0) - Number(b.position ?? 0)).slice(0, limit);
	},
});

/** A stage (`Funnel`). */
function simplifyStage(stage: IDataObject): IDataObject {
	return {
		id: String(stage.uuid ?? ''),
		name: textOrNull(stage.name),
		emoji: textOrNull(stage.emoji),
		position: stage.position ?? null,
		createdAt: isoOrNull(stage.createdAt),
	};
}
