import { path } from '../../../shared/http/httpClient';
import { agentsField } from '../../descriptions/agents';
import { teamLocator } from '../../descriptions/locators';
import { tellMissing } from '../../helpers/applied';
import { accountOperation } from '../../helpers/accountOperation';
import { readIds } from '../../helpers/read';
import { rowsIn } from '../../transport/answers';
import { agentOutput } from '../agent/agent';

/** `setTeamMembers`: `PATCH /teams/{id}/team_members`. */
export const setMembers = accountOperation<{ agents: number[] }>({
	option: {
		name: 'Set Members',
		value: 'setMembers',
		action: 'Set members of team',
		description: 'Say who is in a team; the others no longer are',
	},
	record: teamLocator,
	properties: [agentsField],
	output: agentOutput,
	read: (item) => ({ agents: readIds(item, 'agentIds') }),
	run: async ({ id, agents }, account) => tellMissing(account, rowsIn(await account.patch(path`/teams/${id}/team_members`, { user_ids: agents })), agents),
});
