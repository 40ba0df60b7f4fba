import { path } from '../../../shared/http/httpClient';
import { readLimit, returnAllOrLimit } from '../../../shared/operation/listing';
import { teamLocator } from '../../descriptions/locators';
import { accountOperation } from '../../helpers/accountOperation';
import { rowsIn } from '../../transport/answers';
import { agentOutput } from '../agent/agent';

/** `listTeamMembers`: `GET /teams/{id}/team_members`; it does not page. */
export const getMembers = accountOperation<{ limit?: number }>({
	option: {
		name: 'Get Members',
		value: 'getMembers',
		action: 'Get members of team',
		description: 'Get the people of a team',
	},
	record: teamLocator,
	properties: [...returnAllOrLimit],
	output: agentOutput,
	read: (item) => ({ limit: readLimit(item) }),
	run: async ({ id, limit }, account) => rowsIn(await account.get(path`/teams/${id}/team_members`)).slice(0, limit),
});
