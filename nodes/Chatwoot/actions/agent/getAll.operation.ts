import { readLimit, returnAllOrLimit } from '../../../shared/operation/listing';
import { accountOperation } from '../../helpers/accountOperation';
import { rowsIn } from '../../transport/answers';
import { agentOutput } from './agent';

/** `listAgents`: `GET /agents`; it does not page. */
export const getAll = accountOperation<{ limit?: number }>({
	option: {
		name: 'Get Many',
		value: 'getAll',
		action: 'Get many agents',
		description: 'Get many people of the account, administrators included, by name',
	},
	properties: [...returnAllOrLimit],
	output: agentOutput,
	read: (item) => ({ limit: readLimit(item) }),
	run: async ({ limit }, account) => rowsIn(await account.get('/agents')).slice(0, limit),
});
