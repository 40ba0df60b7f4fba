import { path } from '../../../shared/http/httpClient';
import { agentsField } from '../../descriptions/agents';
import { teamLocator } from '../../descriptions/locators';
import { accountOperation } from '../../helpers/accountOperation';
import { tellStill } from '../../helpers/applied';
import { readIds } from '../../helpers/read';
import { rowsIn } from '../../transport/answers';
import { agentOutput } from '../agent/agent';

/** `removeTeamMembers`: `DELETE /teams/{id}/team_members`, with a body. */
export const removeMembers = accountOperation<{ agents: number[] }>({
	option: {
		name: 'Remove Members',
		value: 'removeMembers',
		action: 'Remove members from team',
		description: 'Take people out of a team, and get the members that are left',
	},
	record: teamLocator,
	properties: [agentsField],
	output: agentOutput,
	read: (item) => ({ agents: readIds(item, 'agentIds') }),
	async run({ id, agents }, account) {
		const members = path`/teams/${id}/team_members`;
		await account.delete(members, { user_ids: agents });
		const now = rowsIn(await account.get(members));
		for (const row of now.slice(0, 1)) tellStill(account, row, agents, now);
		return now;
	},
});
