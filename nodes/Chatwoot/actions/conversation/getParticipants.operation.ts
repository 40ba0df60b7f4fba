import { path } from '../../../shared/http/httpClient';
import { conversationLocator } from '../../descriptions/locators';
import { accountOperation } from '../../helpers/accountOperation';
import { rowsIn } from '../../transport/answers';
import { agentOutput } from '../agent/agent';

/** `listParticipants`: `GET /conversations/{id}/participants`. */
export const getParticipants = accountOperation({
	option: {
		name: 'Get Participants',
		value: 'getParticipants',
		action: 'Get participants of conversation',
		description: 'Get the agents who follow a conversation',
	},
	record: conversationLocator,
	output: agentOutput,
	run: async ({ id }, account) => rowsIn(await account.get(path`/conversations/${id}/participants`)),
});
