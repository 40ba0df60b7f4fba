import { operation } from '../../../shared/operation/operation';
import { readLimit, returnAllOrLimit } from '../../../shared/operation/listing';
import type { KinboxClient } from '../../transport/client';

/** `GET /v3/workflows`, which does not page. */
export const getAll = operation<KinboxClient, { limit?: number }>({
	option: {
		name: 'Get Many',
		value: 'getAll',
		action: 'Get many scenarios',
		description: 'Get many scenarios (Cenários). Needs a Token V3.',
	},
	properties: [...returnAllOrLimit],
	read: (item) => ({ limit: readLimit(item) }),
	async run({ limit }, kinbox) {
		kinbox.needs('v3', 'Scenarios');
		return await kinbox.listAtOnce('/workflows', {}, limit);
	},
});
