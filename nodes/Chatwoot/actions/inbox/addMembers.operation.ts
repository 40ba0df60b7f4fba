import { agentsField } from '../../descriptions/agents';
import { inboxLocator } from '../../descriptions/locators';
import { accountOperation } from '../../helpers/accountOperation';
import { readId, readIds } from '../../helpers/read';
import { rowsIn } from '../../transport/answers';
import { agentOutput } from '../agent/agent';

/** `addInboxMembers`: `POST /inbox_members`. */
export const addMembers = accountOperation<{ id: string; agents: number[] }>({
	option: {
		name: 'Add Members',
		value: 'addMembers',
		action: 'Add members to inbox',
		description: 'Let agents work in an inbox; gives all its members. Administrators only.',
	},
	properties: [inboxLocator, agentsField],
	output: agentOutput,
	read: (item) => ({ id: readId(item, 'inboxId'), agents: readIds(item, 'agentIds') }),
	orderingKey: ({ id }) => id,
	run: async ({ id, agents }, account) => rowsIn(await account.send({ method: 'POST', path: '/inbox_members', body: { inbox_id: Number(id), user_ids: agents }, idempotent: true })),
});
