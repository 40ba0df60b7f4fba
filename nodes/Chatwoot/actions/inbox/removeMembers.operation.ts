import { path } from '../../../shared/http/httpClient';
import { agentsField } from '../../descriptions/agents';
import { inboxLocator } from '../../descriptions/locators';
import { accountOperation } from '../../helpers/accountOperation';
import { lookAgain, tellStill } from '../../helpers/applied';
import { readIds } from '../../helpers/read';
import { rowsIn } from '../../transport/answers';

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
		const now = await lookAgain(account, async () => rowsIn(await account.get(path`/inbox_members/${id}`)));
		return tellStill(account, { inboxId: id, removed: agents }, agents, now);
	},
});
