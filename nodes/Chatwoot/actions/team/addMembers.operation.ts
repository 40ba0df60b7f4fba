import { path } from '../../../shared/http/httpClient';
import { agentsField } from '../../descriptions/agents';
import { teamLocator } from '../../descriptions/locators';
import { tellMissing } from '../../helpers/applied';
import { accountOperation } from '../../helpers/accountOperation';
import { readIds } from '../../helpers/read';
import { rowsIn } from '../../transport/answers';
import { agentOutput } from '../agent/agent';

/** `addTeamMembers`: `POST /teams/{id}/team_members`; the server answers only those who are new. */
export const addMembers = accountOperation<{ agents: number[] }>({
	option: {
		name: 'Add Members',
		value: 'addMembers',
		action: 'Add members to team',
		description: 'Add people to a team, and get all its members',
	},
	record: teamLocator,
	properties: [agentsField],
	output: agentOutput,
	read: (item) => ({ agents: readIds(item, 'agentIds') }),
	async run({ id, agents }, account) {
		const members = path`/teams/${id}/team_members`;
		await account.postAgain(members, { user_ids: agents });
		return tellMissing(account, rowsIn(await account.get(members)), agents);
	},
});
