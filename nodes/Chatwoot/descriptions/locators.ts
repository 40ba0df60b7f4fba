import type { INodeProperties } from 'n8n-workflow';

import type { LocatorKind } from '../../shared/descriptions/locator';
import { locator as recordLocator } from '../../shared/descriptions/locator';

/** A locator whose IDs are numbers, unless a pattern says otherwise, and whose pages are below /app/accounts/1/. */
export function locator({ idPattern = '^\\s*\\d+\\s*$', page, ...kind }: Omit<LocatorKind, 'idCheck' | 'url'> & {
	idPattern?: string;
	/** Where the record's page is, with an example, and the pattern that finds the ID. */
	page?: { example: string; regex: string };
}): INodeProperties {
	return recordLocator({
		...kind,
		idCheck: { regex: idPattern, errorMessage: 'An ID has digits only' },
		url: page && { example: `https://app.chatwoot.com/app/accounts/1/${page.example}`, regex: page.regex },
	});
}

/** The account to work in; every operation inside an account has it. */
export const accountLocator: INodeProperties = locator({
	label: 'Account',
	field: 'account',
	help: 'The Chatwoot account to work in; left empty, the one of the credential',
	search: 'searchAccounts',
	record: 'an account',
	example: '1',
	page: { example: 'dashboard', regex: 'https?://[^\\s]*?/accounts/(\\d+)' },
	required: false,
});

/** A contact. */
export const contactLocator: INodeProperties = locator({
	label: 'Contact',
	field: 'contactId',
	help: 'The contact to work with',
	search: 'searchContacts',
	record: 'a contact',
	example: '42',
	page: { example: 'contacts/42', regex: 'https?://[^\\s]*?/contacts/(\\d+)' },
});

/** An inbox. */
export const inboxLocator: INodeProperties = locator({
	label: 'Inbox',
	field: 'inboxId',
	help: 'The inbox to work with',
	search: 'searchInboxes',
	record: 'an inbox',
	example: '3',
	page: { example: 'settings/inboxes/3', regex: 'https?://[^\\s]*?/inbox(?:es)?/(\\d+)' },
});

/** A conversation, by the number that its account shows (display id). */
export const conversationLocator: INodeProperties = locator({
	label: 'Conversation',
	field: 'conversationId',
	help: 'The conversation to work with',
	search: 'searchConversations',
	record: 'a conversation',
	example: '137',
	page: { example: 'conversations/137', regex: 'https?://[^\\s]*?/conversations/(\\d+)' },
});

/** A message of the chosen conversation. */
export const messageLocator: INodeProperties = locator({
	label: 'Message',
	field: 'messageId',
	help: 'The message to work with; the list has the newest 20 of the conversation',
	search: 'searchMessages',
	record: 'a message',
	example: '5012',
	page: { example: 'conversations/137?messageId=5012', regex: 'https?://[^\\s]*?[?&]messageId=(\\d+)' },
});

/** A note of the chosen contact. */
export const noteLocator: INodeProperties = locator({
	label: 'Note',
	field: 'noteId',
	help: 'The note to work with',
	search: 'searchNotes',
	record: 'a note',
	example: '7',
});

/** An agent: a person of the account. */
export const agentLocator: INodeProperties = locator({
	label: 'Agent',
	field: 'agentId',
	help: 'The agent (a person of the account)',
	search: 'searchAgents',
	record: 'an agent',
	example: '2',
});

/** A team. */
export const teamLocator: INodeProperties = locator({
	label: 'Team',
	field: 'teamId',
	help: 'The team to work with',
	search: 'searchTeams',
	record: 'a team',
	example: '4',
	page: { example: 'settings/teams/4/edit', regex: 'https?://[^\\s]*?/teams?/(\\d+)' },
});

/** An agent bot. */
export const agentBotLocator: INodeProperties = locator({
	label: 'Agent Bot',
	field: 'agentBotId',
	help: 'The agent bot to work with',
	search: 'searchAgentBots',
	record: 'an agent bot',
	example: '1',
});

/** A campaign, by the number that its account shows (display id). */
export const campaignLocator: INodeProperties = locator({
	label: 'Campaign',
	field: 'campaignId',
	help: 'The campaign to work with',
	search: 'searchCampaigns',
	record: 'a campaign',
	example: '3',
	page: { example: 'campaigns/3', regex: 'https?://[^\\s]*?/campaigns/(\\d+)' },
});

/** A label of the account. */
export const labelLocator: INodeProperties = locator({
	label: 'Label',
	field: 'labelId',
	help: 'The label to work with',
	search: 'searchLabels',
	record: 'a label',
	example: '5',
});

/** The same as another locator under another name or with another meaning. */
export function locatorAs(base: INodeProperties, change: Partial<Pick<INodeProperties, 'displayName' | 'name' | 'description' | 'displayOptions'>> & { optional?: boolean }): INodeProperties {
	const { optional, ...rest } = change;
	const { required, ...kept } = base;
	return { ...kept, ...(required && !optional ? { required } : {}), ...rest };
}

/** An API inbox, by the identifier of its public address. */
export const apiInboxLocator: INodeProperties = locator({
	label: 'Inbox',
	field: 'inboxIdentifier',
	help: 'The API inbox; by ID means by its identifier, which stands under the configuration of the inbox',
	search: 'searchApiInboxes',
	record: 'an API inbox',
	example: 'sWDRPPN8Yv8t8nFbC6mz4Gdk',
	idPattern: '^\\s*\\S+\\s*$',
});
