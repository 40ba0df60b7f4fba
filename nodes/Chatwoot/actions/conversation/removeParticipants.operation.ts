import { path } from '../../../shared/http/httpClient';
import { agentsField, readIds } from '../../descriptions/labels';
import { conversationLocator } from '../../descriptions/locators';
import { accountOperation, readId } from '../../helpers/accountOperation';

/** `removeParticipants`: `DELETE /conversations/{id}/participants` with a body. */
export const removeParticipants = accountOperation<{ id: string; agents: number[] }>({
	option: {
		name: 'Remove Participants',
		value: 'removeParticipants',
		action: 'Remove participants from conversation',
		description: 'Let agents no longer follow a conversation',
	},
	properties: [conversationLocator, agentsField],
	read: (item) => ({ id: readId(item, 'conversationId'), agents: readIds(item, 'agentIds') }),
	orderingKey: ({ id }) => id,
	async run({ id, agents }, account) {
		await account.delete(path`/conversations/${id}/participants`, { user_ids: agents });
		return { conversationId: id, removed: agents };
	},
});
