import { path } from '../../../shared/http';
import { agentOutput } from '../../agent';
import { rowsIn } from '../../client';
import { agentsField, readIds } from '../../fields';
import { teamLocator } from '../../locators';
import { accountOperation } from '../../operation';

/** `addTeamMembers`: `POST /teams/{id}/team_members`; the server answers only those who are new. */
export const addMembers = accountOperation<{ id: string; agents: number[] }>({
	option: {
		name: 'Add Members',
		value: 'addMembers',
		action: 'Add members to team',
		description: 'Add people to a team, and get all its members',
	},
	properties: [teamLocator, agentsField],
	output: agentOutput,
	read: (item) => ({ id: item.requiredNumericId('teamId'), agents: readIds(item, 'agentIds') }),
	orderingKey: ({ id }) => id,
	async run({ id, agents }, account) {
		const members = path`/teams/${id}/team_members`;
		await account.postAgain(members, { user_ids: agents });
		return rowsIn(await account.get(members));
	},
});
