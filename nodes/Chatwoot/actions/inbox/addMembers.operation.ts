import { agentsField } from '../../descriptions/agents';
import { inboxLocator } from '../../descriptions/locators';
import { accountOperation } from '../../helpers/accountOperation';
import { readIds } from '../../helpers/read';
import { rowsIn } from '../../transport/answers';
import { agentOutput } from '../agent/agent';

/** `addInboxMembers`: `POST /inbox_members`. */
export const addMembers = accountOperation<{ agents: number[] }>({
	option: {
		name: 'Add Members',
		value: 'addMembers',
		action: 'Add members to inbox',
		description: 'Let agents work in an inbox; gives all its members. Administrators only.',
	},
	record: inboxLocator,
	properties: [agentsField],
	output: agentOutput,
	read: (item) => ({ agents: readIds(item, 'agentIds') }),
	run: async ({ id, agents }, account) => rowsIn(await account.send({ method: 'POST', path: '/inbox_members', body: { inbox_id: Number(id), user_ids: agents }, idempotent: true })),
});
