import { conversationLocator, agentBotLocator, locatorAs } from '../../descriptions/locators';
import { accountOperation } from '../../helpers/accountOperation';
import { readId } from '../../helpers/read';
import { assign } from './conversation.calls';

/** `assignConversation`: `POST /conversations/{id}/assignments` with `assignee_type`. */
export const assignAgentBot = accountOperation<{ assignee: number }>({
	option: {
		name: 'Assign Agent Bot',
		value: 'assignAgentBot',
		action: 'Assign agent bot to conversation',
		description: 'Give a conversation to an agent bot (Chatwoot 4.8 and newer)',
	},
	record: conversationLocator,
	properties: [locatorAs(agentBotLocator, { description: 'Who gets the conversation' })],
	read: (item) => ({ assignee: Number(readId(item, 'agentBotId')) }),
	async run({ id, assignee }, account) {
		// Before 4.8 the server gives the conversation to the agent who has the ID of the bot.
		await account.client.requireVersion('4.8', 'Assign Agent Bot');
		return await assign(account, id, 'agentBot', assignee);
	},
});
