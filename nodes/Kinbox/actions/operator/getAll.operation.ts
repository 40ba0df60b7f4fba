import { operation } from '../../../shared/operation/operation';
import { readLimit, returnAllOrLimit } from '../../../shared/operation/listing';
import type { KinboxClient } from '../../transport/client';

/** `GET /v3/operators`. */
export const getAll = operation<KinboxClient, { limit?: number }>({
	option: {
		name: 'Get Many',
		value: 'getAll',
		action: 'Get many operators',
		description: 'Get many operators (Operadores) of the account. Needs a Token V3.',
	},
	properties: [...returnAllOrLimit],
	read: (item) => ({ limit: readLimit(item) }),
	async run({ limit }, kinbox) {
		kinbox.needs('v3', 'Operators');
		return (await kinbox.list('/operators', {}, { limit })).rows;
	},
});
