import { agentsField } from '../../descriptions/agents';
import { inboxLocator } from '../../descriptions/locators';
import { accountOperation } from '../../helpers/accountOperation';
import { readId, readIds } from '../../helpers/read';

/** `removeInboxMembers`: `DELETE /inbox_members` with a body. */
export const removeMembers = accountOperation<{ id: string; agents: number[] }>({
	option: {
		name: 'Remove Members',
		value: 'removeMembers',
		action: 'Remove members from inbox',
		description: 'Let agents no longer work in an inbox; administrators only',
	},
	properties: [inboxLocator, agentsField],
	read: (item) => ({ id: readId(item, 'inboxId'), agents: readIds(item, 'agentIds') }),
	orderingKey: ({ id }) => id,
	async run({ id, agents }, account) {
		await account.delete('/inbox_members', { inbox_id: Number(id), user_ids: agents });
		return { inboxId: id, removed: agents };
	},
});
