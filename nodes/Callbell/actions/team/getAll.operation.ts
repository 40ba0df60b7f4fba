import { operation } from '../../../shared/operation/operation';
import { readLimit, returnAllOrLimit } from '../../../shared/operation/listing';
import type { CallbellClient } from '../../transport/client';
import { simplifyTeam } from './team';

/** `GET /teams`, by page. */
export const getAll = operation<CallbellClient, { limit?: number }>({
	option: {
		name: 'Get Many',
		value: 'getAll',
		action: 'Get many teams',
		description: 'Get many teams of the account',
	},
	properties: [...returnAllOrLimit],
	read: (item) => ({ limit: readLimit(item) }),
	run: async ({ limit }, callbell) => (await callbell.list('/teams', 'teams', {}, { limit })).map(simplifyTeam),
});
