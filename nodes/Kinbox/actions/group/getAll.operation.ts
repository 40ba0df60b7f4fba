import { operation } from '../../../shared/operation/operation';
import { readLimit, returnAllOrLimit } from '../../../shared/operation/listing';
import type { KinboxClient } from '../../transport/client';

/** `GET /v3/groups` or `GET /v1/groups`; neither pages. */
export const getAll = operation<KinboxClient, { limit?: number }>({
	option: {
		name: 'Get Many',
		value: 'getAll',
		action: 'Get many groups',
		description: 'Get many groups (Grupos) of operators',
	},
	properties: [...returnAllOrLimit],
	read: (item) => ({ limit: readLimit(item) }),
	async run({ limit }, kinbox) {
		return await kinbox.listAtOnce('/groups', {}, limit);
	},
});
