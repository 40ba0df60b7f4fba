import { path } from '../../../shared/http/httpClient';
import { agentsField } from '../../descriptions/agents';
import { conversationLocator } from '../../descriptions/locators';
import { accountOperation } from '../../helpers/accountOperation';
import { readIds } from '../../helpers/read';
import { rowsIn } from '../../transport/answers';
import { agentOutput } from '../agent/agent';

/** `addParticipants`: `POST /conversations/{id}/participants`. */
export const addParticipants = accountOperation<{ agents: number[] }>({
	option: {
		name: 'Add Participants',
		value: 'addParticipants',
		action: 'Add participants to conversation',
		description: 'Let agents follow a conversation; gives those who are new',
	},
	record: conversationLocator,
	properties: [agentsField],
	output: agentOutput,
	read: (item) => ({ agents: readIds(item, 'agentIds') }),
	run: async ({ id, agents }, account) =>
		rowsIn(await account.send({ method: 'POST', path: path`/conversations/${id}/participants`, body: { user_ids: agents }, idempotent: true })),
});
