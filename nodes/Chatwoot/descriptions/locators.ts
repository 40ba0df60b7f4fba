import type { INodeProperties } from 'n8n-workflow';

import type { LocatorKind } from '../../shared/descriptions/locator';
import { locator as recordLocator } from '../../shared/descriptions/locator';

/** A locator whose IDs are numbers, unless a pattern says otherwise, and whose pages are below /app/accounts/1/. */
export function locator({ idPattern = '^\\s*[1-9]\\d{0,17}\\s*$', page, ...kind }: Omit<LocatorKind, 'idCheck' | 'url'> & {
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
	page: { example: 'dashboard', regex: '^https?://[^\\s]*?/accounts/(\\d+)' },
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
	page: { example: 'contacts/42', regex: '^https?://[^\\s]*?/contacts/(\\d+)' },
});

/** An inbox. */
export const inboxLocator: INodeProperties = locator({
	label: 'Inbox',
	field: 'inboxId',
	help: 'The inbox to work with',
	search: 'searchInboxes',
	record: 'an inbox',
	example: '3',
	page: { example: 'settings/inboxes/3', regex: '^https?://[^\\s]*?/inbox(?:es)?/(\\d+)' },
});

/** A conversation, by the number that its account shows (display id). */
export const conversationLocator: INodeProperties = locator({
	label: 'Conversation',
	field: 'conversationId',
	help: 'The conversation to work with',
	search: 'searchConversations',
	record: 'a conversation',
	example: '137',
	page: { example: 'conversations/137', regex: '^https?://[^\\s]*?/conversations/(\\d+)' },
});

/** A message of the chosen conversation. */
export const messageLocator: INodeProperties = locator({
	label: 'Message',
	field: 'messageId',
	help: 'The message to work with; the list has the newest 20 of the conversation',
	search: 'searchMessages',
	record: 'a message',
	example: '5012',
	page: { example: 'conversations/137?messageId=5012', regex: '^https?://[^\\s]*?[?&]messageId=(\\d+)' },
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
	page: { example: 'settings/teams/4/edit', regex: '^https?://[^\\s]*?/teams?/(\\d+)' },
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
	page: { example: 'campaigns/3', regex: '^https?://[^\\s]*?/campaigns/(\\d+)' },
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

/** A canned response. */
export const cannedResponseLocator: INodeProperties = locator({
	label: 'Canned Response',
	field: 'cannedResponseId',
	help: 'The canned response to work with',
	search: 'searchCannedResponses',
	record: 'a canned response',
	example: '6',
});

/** An automation rule. Its page in the dashboard has no address of its own. */
export const automationRuleLocator: INodeProperties = locator({
	label: 'Automation Rule',
	field: 'automationRuleId',
	help: 'The rule to work with',
	search: 'searchAutomationRules',
	record: 'a rule',
	example: '5',
});

/** A webhook of the account. */
export const webhookLocator: INodeProperties = locator({
	label: 'Webhook',
	field: 'webhookId',
	help: 'The webhook to work with',
	search: 'searchWebhooks',
	record: 'a webhook',
	example: '3',
});

/** A macro. */
export const macroLocator: INodeProperties = locator({
	label: 'Macro',
	field: 'macroId',
	help: 'The macro to work with',
	search: 'searchMacros',
	record: 'a macro',
	example: '2',
	page: { example: 'settings/macros/2/edit', regex: '^https?://[^\\s]*?/macros/(\\d+)' },
});

/** The definition of a custom attribute. */
export const customAttributeLocator: INodeProperties = locator({
	label: 'Custom Attribute',
	field: 'customAttributeId',
	help: 'The attribute to work with',
	search: 'searchCustomAttributes',
	record: 'a custom attribute',
	example: '4',
});

/** A saved filter of the token's owner. */
export const customFilterLocator: INodeProperties = locator({
	label: 'Custom Filter',
	field: 'customFilterId',
	help: 'The saved filter to work with',
	search: 'searchCustomFilters',
	record: 'a saved filter',
	example: '2',
	// Filters of conversations are folders there, those of contacts are segments.
	page: { example: 'custom_view/2', regex: '^https?://[^\\s]*?/(?:custom_view|segments)/(\\d+)' },
});

/** An answer to the satisfaction survey. */
export const csatResponseLocator: INodeProperties = locator({
	label: 'CSAT Response',
	field: 'csatResponseId',
	help: 'The answer to the satisfaction survey; the list has the newest first',
	search: 'searchCsatResponses',
	record: 'an answer',
	example: '12',
});

/** A notification of the token's owner. */
export const notificationLocator: INodeProperties = locator({
	label: 'Notification',
	field: 'notificationId',
	help: "The notification to work with, one of those below the bell of the token's owner",
	search: 'searchNotifications',
	record: 'a notification',
	example: '9001',
});

/** An integration: a service that Chatwoot can be connected with. */
export const integrationLocator: INodeProperties = locator({
	label: 'Integration',
	field: 'integrationId',
	help: 'The service, such as dialogflow or openai',
	search: 'searchIntegrations',
	record: 'an integration',
	example: 'dialogflow',
	idPattern: '^\\s*[a-z0-9_]+\\s*$',
	page: { example: 'settings/integrations/openai', regex: '^https?://[^\\s]*?/integrations/([a-z0-9_]+)' },
});

/** A connection of an integration with the account or with one inbox. */
export const connectionLocator: INodeProperties = locator({
	label: 'Connection',
	field: 'connectionId',
	help: 'The connection to work with',
	search: 'searchIntegrationConnections',
	record: 'a connection',
	example: '3',
});

/** Picks a template of the inbox that is picked in the node. */
export const templateLocator: INodeProperties = {
	displayName: 'Template',
	name: 'template',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	required: true,
	description: 'The approved WhatsApp template to send',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Select a template…',
			typeOptions: { searchListMethod: 'searchTemplates', searchable: true },
		},
		{
			displayName: 'By Name or ID',
			name: 'id',
			type: 'string',
			placeholder: 'e.g. order_ready|pt_BR',
			hint: 'The name, with | and the language where the name alone is not clear',
		},
	],
};

/** A portal of the help center, by its slug: the part of the address that names it. */
export const portalLocator: INodeProperties = locator({
	label: 'Portal',
	field: 'portalSlug',
	help: 'The help center portal; by ID means by its slug, which stands in its address',
	search: 'searchPortals',
	record: 'a portal',
	example: 'my-shop',
	idPattern: '^\\s*[^\\s/]+\\s*$',
	page: { example: 'portals/my-shop/en/articles', regex: '^https?://[^\\s]*?/(?:portals|hc)/([^/?#\\s]+)' },
});

/** A category of the chosen portal. */
export const categoryLocator: INodeProperties = locator({
	label: 'Category',
	field: 'categoryId',
	help: 'The category of the portal to work with',
	search: 'searchCategories',
	record: 'a category',
	example: '4',
});

/** An article of the chosen portal. */
export const articleLocator: INodeProperties = locator({
	label: 'Article',
	field: 'articleId',
	help: 'The article of the portal to work with',
	search: 'searchArticles',
	record: 'an article',
	example: '12',
	page: { example: 'portals/my-shop/en/articles/edit/12', regex: '^https?://[^\\s]*?/articles/(?:(?:[a-z]{1,12}/)?edit/)?(\\d+)' },
});

/** An article where it may be left empty; without the URL mode, which n8n reads for the node's own fields only. */
export const otherArticle: INodeProperties = {
	...locator({
		label: 'Translation Of',
		field: 'translationOf',
		help: 'The article in another language that this one translates',
		search: 'searchArticles',
		record: 'an article',
		example: '12',
		required: false,
	}),
};

/** A language of the portal. */
export const localeField: INodeProperties = {
	displayName: 'Language Name or ID',
	name: 'locale',
	type: 'options',
	typeOptions: { loadOptionsMethod: 'portalLocales', loadOptionsDependsOn: ['portalSlug.value'] },
	default: '',
	description: 'One of the languages of the portal. Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
};
