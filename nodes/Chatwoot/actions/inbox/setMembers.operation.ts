import { agentsField } from '../../descriptions/agents';
import { inboxLocator } from '../../descriptions/locators';
import { accountOperation } from '../../helpers/accountOperation';
import { readIds } from '../../helpers/read';
import { rowsIn } from '../../transport/answers';
import { agentOutput } from '../agent/agent';

/** `setInboxMembers`: `PATCH /inbox_members`. */
export const setMembers = accountOperation<{ agents: number[] }>({
	option: {
		name: 'Set Members',
		value: 'setMembers',
		action: 'Set members of inbox',
		description: 'Say which agents work in an inbox; the others no longer do. Administrators only.',
	},
	record: inboxLocator,
	properties: [agentsField],
	output: agentOutput,
	read: (item) => ({ agents: readIds(item, 'agentIds') }),
	run: async ({ id, agents }, account) => rowsIn(await account.send({ method: 'PATCH', path: '/inbox_members', body: { inbox_id: Number(id), user_ids: agents }, idempotent: true })),
});
