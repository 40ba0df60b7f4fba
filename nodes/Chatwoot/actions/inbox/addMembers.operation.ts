import { agentOutput } from '../agent/agent';
import { rowsIn } from '../../transport/client';
import { agentsField, readIds } from '../../descriptions/labels';
import { inboxLocator } from '../../descriptions/locators';
import { accountOperation, readId } from '../../helpers/accountOperation';

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
