import type { Call } from '../../../shared/http/httpClient';
import { path } from '../../../shared/http/httpClient';
import { agentsField } from '../../descriptions/agents';
import { conversationLocator } from '../../descriptions/locators';
import { accountOperation } from '../../helpers/accountOperation';
import { readIds } from '../../helpers/read';
import { rowsIn } from '../../transport/answers';
import { agentOutput } from '../agent/agent';
import { keptParticipants, unknownAgents } from './conversation.calls';

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
	async run({ id, agents }, account) {
		const call: Call = { method: 'PATCH', path: path`/conversations/${id}/participants`, body: { user_ids: agents }, idempotent: true, accept: [500] };
		const answer = await account.exchange(call);
		// An agent whom the server does not know breaks it; one outside the inbox is answered and not stored.
		if (answer.status === 500) throw await unknownAgents(account, agents, account.refusal(answer, call));
		return await keptParticipants(account, id, agents, rowsIn(answer.body));
	},
});
