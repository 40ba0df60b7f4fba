import { operation } from '../../../shared/operation/operation';
import { readLimit, returnAllOrLimit } from '../../../shared/operation/listing';
import type { CallbellClient } from '../../transport/client';
import { simplifyCustomStatus } from './customStatus';

/** `GET /custom_statuses`, by page. */
export const getAll = operation<CallbellClient, { limit?: number }>({
	option: {
		name: 'Get Many',
		value: 'getAll',
		action: 'Get many custom statuses',
		description: 'Get many statuses that users of the account can choose',
	},
	properties: [...returnAllOrLimit],
	read: (item) => ({ limit: readLimit(item) }),
	run: async ({ limit }, callbell) => (await callbell.list('/custom_statuses', 'customStatuses', {}, { limit }, 'id')).map(simplifyCustomStatus),
});
