import { operation } from '../../../shared/operation/operation';
import { readLimit, returnAllOrLimit } from '../../../shared/operation/listing';
import type { KinboxClient } from '../../transport/client';

/** `GET /v3/dashboards`, which does not page. */
export const getAll = operation<KinboxClient, { limit?: number }>({
	option: {
		name: 'Get Many',
		value: 'getAll',
		action: 'Get many dashboards',
		description: 'Get many dashboards (Painéis). Needs a Token V3.',
	},
	properties: [...returnAllOrLimit],
	read: (item) => ({ limit: readLimit(item) }),
	async run({ limit }, kinbox) {
		kinbox.needs('v3', 'Dashboards');
		return await kinbox.listAtOnce('/dashboards', {}, limit);
	},
});
