import { conversationLocator, teamLocator, locatorAs } from '../../descriptions/locators';
import { accountOperation } from '../../helpers/accountOperation';
import { readId } from '../../helpers/read';
import { assign } from './conversation.calls';

/** `assignConversation`: `POST /conversations/{id}/assignments`. */
export const assignTeam = accountOperation<{ assignee: number }>({
	option: {
		name: 'Assign Team',
		value: 'assignTeam',
		action: 'Assign team to conversation',
		description: 'Give a conversation to a team',
	},
	record: conversationLocator,
	properties: [locatorAs(teamLocator, { description: 'Who gets the conversation' })],
	read: (item) => ({ assignee: Number(readId(item, 'teamId')) }),
	run: async ({ id, assignee }, account) => await assign(account, id, 'team', assignee),
});
