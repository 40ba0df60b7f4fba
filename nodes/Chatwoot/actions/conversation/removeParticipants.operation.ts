import { path } from '../../../shared/http/httpClient';
import { agentsField } from '../../descriptions/agents';
import { conversationLocator } from '../../descriptions/locators';
import { accountOperation } from '../../helpers/accountOperation';
import { lookAgain, tellStill } from '../../helpers/applied';
import { readIds } from '../../helpers/read';
import { rowsIn } from '../../transport/answers';

/** `removeParticipants`: `DELETE /conversations/{id}/participants` with a body. */
export const removeParticipants = accountOperation<{ agents: number[] }>({
	option: {
		name: 'Remove Participants',
		value: 'removeParticipants',
		action: 'Remove participants from conversation',
		description: 'Let agents no longer follow a conversation',
	},
	record: conversationLocator,
	properties: [agentsField],
	read: (item) => ({ agents: readIds(item, 'agentIds') }),
	async run({ id, agents }, account) {
		await account.delete(path`/conversations/${id}/participants`, { user_ids: agents });
		const now = await lookAgain(account, async () => rowsIn(await account.get(path`/conversations/${id}/participants`)));
		return tellStill(account, { conversationId: id, removed: agents }, agents, now);
	},
});
