import { agentsField } from '../../descriptions/agents';
import { inboxLocator } from '../../descriptions/locators';
import { accountOperation } from '../../helpers/accountOperation';
import { readIds } from '../../helpers/read';

/** `removeInboxMembers`: `DELETE /inbox_members` with a body. */
export const removeMembers = accountOperation<{ agents: number[] }>({
	option: {
		name: 'Remove Members',
		value: 'removeMembers',
		action: 'Remove members from inbox',
		description: 'Let agents no longer work in an inbox; administrators only',
	},
	record: inboxLocator,
	properties: [agentsField],
	read: (item) => ({ agents: readIds(item, 'agentIds') }),
	async run({ id, agents }, account) {
		await account.delete('/inbox_members', { inbox_id: Number(id), user_ids: agents });
		return { inboxId: id, removed: agents };
	},
});
