import { conversationLocator, agentLocator, locatorAs } from '../../descriptions/locators';
import { accountOperation } from '../../helpers/accountOperation';
import { readId } from '../../helpers/read';
import { assign } from './conversation.calls';

/** `assignConversation`: `POST /conversations/{id}/assignments`. */
export const assignAgent = accountOperation<{ assignee: number }>({
	option: {
		name: 'Assign Agent',
		value: 'assignAgent',
		action: 'Assign agent to conversation',
		description: 'Give a conversation to an agent',
	},
	record: conversationLocator,
	properties: [locatorAs(agentLocator, { description: 'Who gets the conversation' })],
	read: (item) => ({ assignee: Number(readId(item, 'agentId')) }),
	run: async ({ id, assignee }, account) => await assign(account, id, 'agent', assignee),
});
