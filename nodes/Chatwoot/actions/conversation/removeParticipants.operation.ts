import { path } from '../../../shared/http/httpClient';
import { agentsField } from '../../descriptions/agents';
import { conversationLocator } from '../../descriptions/locators';
import { accountOperation } from '../../helpers/accountOperation';
import { readIds } from '../../helpers/read';

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
		return { conversationId: id, removed: agents };
	},
});
