import { readLimit, returnAllOrLimit } from '../../../shared/operation/listing';
import { accountOperation } from '../../helpers/accountOperation';
import { rowsIn } from '../../transport/answers';
import { teamOutput } from './team';

/** `listTeams`: `GET /teams`; it does not page. */
export const getAll = accountOperation<{ limit?: number }>({
	option: {
		name: 'Get Many',
		value: 'getAll',
		action: 'Get many teams',
		description: 'Get many teams of the account',
	},
	properties: [...returnAllOrLimit],
	output: teamOutput,
	read: (item) => ({ limit: readLimit(item) }),
	run: async ({ limit }, account) => rowsIn(await account.get('/teams')).slice(0, limit),
});
