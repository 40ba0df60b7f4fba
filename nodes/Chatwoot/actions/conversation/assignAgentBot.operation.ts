import { conversationLocator, agentBotLocator, locatorAs } from '../../locators';
import { accountOperation, readId } from '../../operation';
import { assign } from './conversation.calls';

/** `assignConversation`: `POST /conversations/{id}/assignments` with `assignee_type`. */
export const assignAgentBot = accountOperation<{ id: string; assignee: number }>({
	option: {
		name: 'Assign Agent Bot',
		value: 'assignAgentBot',
		action: 'Assign agent bot to conversation',
		description: 'Give a conversation to an agent bot (Chatwoot 4.8 and newer)',
	},
	properties: [conversationLocator, locatorAs(agentBotLocator, { description: 'Who gets the conversation' })],
	read: (item) => ({ id: readId(item, 'conversationId'), assignee: Number(readId(item, 'agentBotId')) }),
	orderingKey: ({ id }) => id,
	run: async ({ id, assignee }, account) => await assign(account, id, 'agentBot', assignee),
});
