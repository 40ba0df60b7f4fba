import { path } from '../../../shared/http';
import { agentOutput } from '../../agent';
import { rowsIn } from '../../client';
import { conversationLocator } from '../../locators';
import { accountOperation, readId } from '../../operation';

/** `listParticipants`: `GET /conversations/{id}/participants`. */
export const getParticipants = accountOperation<string>({
	option: {
		name: 'Get Participants',
		value: 'getParticipants',
		action: 'Get participants of conversation',
		description: 'Get the agents who follow a conversation',
	},
	properties: [conversationLocator],
	output: agentOutput,
	read: (item) => readId(item, 'conversationId'),
	run: async (id, account) => rowsIn(await account.get(path`/conversations/${id}/participants`)),
});
