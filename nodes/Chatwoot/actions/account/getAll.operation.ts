import { operation } from '../../../shared/operation/operation';
import { readLimit, returnAllOrLimit } from '../../../shared/operation/listing';
import type { ChatwootClient } from '../../transport/client';

/** The accounts of `getProfile`. */
export const getAll = operation<ChatwootClient, { limit?: number }>({
	option: {
		name: 'Get Many',
		value: 'getAll',
		action: 'Get many accounts',
		description: 'Get many accounts: those that the token works in, with the role there',
	},
	properties: [...returnAllOrLimit],
	read: (item) => ({ limit: readLimit(item) }),
	run: async ({ limit }, client) => (await client.ownAccounts()).slice(0, limit).map(({ id, name, role, status, permissions }) => ({ id: String(id), name, role, status, permissions })),
});
