import { path } from '../../../shared/http/httpClient';
import { agentOutput } from '../agent/agent';
import { rowsIn } from '../../transport/client';
import { agentsField, readIds } from '../../descriptions/labels';
import { conversationLocator } from '../../descriptions/locators';
import { accountOperation, readId } from '../../helpers/accountOperation';

/** `setParticipants`: `PATCH /conversations/{id}/participants`. */
export const setParticipants = accountOperation<{ id: string; agents: number[] }>({
	option: {
		name: 'Set Participants',
		value: 'setParticipants',
		action: 'Set participants of conversation',
		description: 'Say which agents follow a conversation; the others no longer do',
	},
	properties: [conversationLocator, agentsField],
	output: agentOutput,
	read: (item) => ({ id: readId(item, 'conversationId'), agents: readIds(item, 'agentIds') }),
	orderingKey: ({ id }) => id,
	run: async ({ id, agents }, account) =>
		rowsIn(await account.send({ method: 'PATCH', path: path`/conversations/${id}/participants`, body: { user_ids: agents }, idempotent: true })),
});
