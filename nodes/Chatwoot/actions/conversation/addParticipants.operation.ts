import { path } from '../../../shared/http/httpClient';
import { agentsField } from '../../descriptions/agents';
import { conversationLocator } from '../../descriptions/locators';
import { accountOperation } from '../../helpers/accountOperation';
import { readId, readIds } from '../../helpers/read';
import { rowsIn } from '../../transport/answers';
import { agentOutput } from '../agent/agent';

/** `addParticipants`: `POST /conversations/{id}/participants`. */
export const addParticipants = accountOperation<{ id: string; agents: number[] }>({
	option: {
		name: 'Add Participants',
		value: 'addParticipants',
		action: 'Add participants to conversation',
		description: 'Let agents follow a conversation; gives those who are new',
	},
	properties: [conversationLocator, agentsField],
	output: agentOutput,
	read: (item) => ({ id: readId(item, 'conversationId'), agents: readIds(item, 'agentIds') }),
	orderingKey: ({ id }) => id,
	run: async ({ id, agents }, account) =>
		rowsIn(await account.send({ method: 'POST', path: path`/conversations/${id}/participants`, body: { user_ids: agents }, idempotent: true })),
});
