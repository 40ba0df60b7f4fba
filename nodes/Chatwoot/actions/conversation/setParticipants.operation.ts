import { path } from '../../../shared/http/httpClient';
import { agentsField } from '../../descriptions/agents';
import { conversationLocator } from '../../descriptions/locators';
import { accountOperation } from '../../helpers/accountOperation';
import { readIds } from '../../helpers/read';
import { rowsIn } from '../../transport/answers';
import { agentOutput } from '../agent/agent';

/** `setParticipants`: `PATCH /conversations/{id}/participants`. */
export const setParticipants = accountOperation<{ agents: number[] }>({
	option: {
		name: 'Set Participants',
		value: 'setParticipants',
		action: 'Set participants of conversation',
		description: 'Say which agents follow a conversation; the others no longer do',
	},
	record: conversationLocator,
	properties: [agentsField],
	output: agentOutput,
	read: (item) => ({ agents: readIds(item, 'agentIds') }),
	run: async ({ id, agents }, account) =>
		rowsIn(await account.send({ method: 'PATCH', path: path`/conversations/${id}/participants`, body: { user_ids: agents }, idempotent: true })),
});
