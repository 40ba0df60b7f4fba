import { conversationLocator } from '../../descriptions/locators';
import { accountOperation } from '../../helpers/accountOperation';
import { readConversation } from '../../helpers/conversation';
import { conversationOutput } from './conversation';

/** `getConversation`: `GET /conversations/{id}`; `messages` holds the newest one only. */
export const get = accountOperation({
	option: {
		name: 'Get',
		value: 'get',
		action: 'Get conversation',
		description: "Get one conversation; for its messages, use 'Get Many' of Message",
	},
	record: conversationLocator,
	output: conversationOutput,
	run: async ({ id }, account) => await readConversation(account, id),
});
