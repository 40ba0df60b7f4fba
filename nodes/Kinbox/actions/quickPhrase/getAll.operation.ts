import { operation } from '../../../shared/operation/operation';
import { readLimit, returnAllOrLimit } from '../../../shared/operation/listing';
import type { KinboxClient } from '../../transport/client';

/** `GET /v3/quick-phrases` or `GET /v1/quick-phrases`; neither pages. */
export const getAll = operation<KinboxClient, { limit?: number }>({
	option: {
		name: 'Get Many',
		value: 'getAll',
		action: 'Get many quick phrases',
		description: 'Get many quick phrases (Respostas rápidas)',
	},
	properties: [...returnAllOrLimit],
	read: (item) => ({ limit: readLimit(item) }),
	async run({ limit }, kinbox) {
		return await kinbox.listAtOnce('/quick-phrases', {}, limit);
	},
});
