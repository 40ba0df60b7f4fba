import type { INodeProperties } from 'n8n-workflow';

import { locator } from '../../shared/descriptions/locator';

const digitsOnly = { regex: '^\\s*[1-9]\\d{0,17}\\s*$', errorMessage: 'An ID has digits only' };

/** Picks a contact: from the list, by ID, or by the address of its page. */
export const contactLocator = locator({
	label: 'Contact',
	field: 'contactId',
	help: 'The contact to work with',
	search: 'searchContacts',
	record: 'a contact',
	example: '1234567',
	idCheck: digitsOnly,
	url: { example: 'https://app.kinbox.com.br/contacts/1234567', regex: '^https?://[^\\s]*?/(?:contacts?|customers?)/(\\d+)' },
});

/** Picks the channel that sends: a WhatsApp number, for example. */
export const channelLocator = locator({
	label: 'Channel',
	field: 'channelId',
	help: 'The channel (Canal) to send through, for example a WhatsApp number. The list needs an API Token; with a Token V3, give the ID.',
	search: 'searchChannels',
	record: 'a channel',
	example: '103',
	idCheck: digitsOnly,
	required: false,
});

/** Picks a campaign. */
export const campaignLocator = locator({
	label: 'Campaign',
	field: 'campaignId',
	help: 'The campaign (Campanha) to work with',
	search: 'searchCampaigns',
	record: 'a campaign',
	example: '66e2f0a1b2c3d4e5f6a7b8c9',
	url: { example: 'https://app.kinbox.com.br/campaigns/66e2f0a1b2c3d4e5f6a7b8c9', regex: '^https?://[^\\s]*?/(?:campaigns?|campanhas?)/([0-9a-zA-Z]+)' },
});

/** Picks the opening hours that a campaign keeps to. */
export const businessHoursLocator = locator({
	label: 'Business Hours',
	field: 'businessHoursId',
	help: 'Send only within these business hours (Horários). The list needs a Token V3; with an API Token, give the ID.',
	search: 'searchBusinessHours',
	record: 'business hours',
	example: '7',
	idCheck: digitsOnly,
	required: false,
});

/** Picks an approved template of the channel. */
export const templateLocator = locator({
	label: 'Template',
	field: 'templateId',
	help: 'The approved WhatsApp template (Modelo de mensagem) to send. The list needs an API Token; with a Token V3, give the ID.',
	search: 'searchTemplates',
	record: 'a template',
	example: '712287883441111',
	required: false,
});

/** Picks a conversation. */
export const sessionLocator = locator({
	label: 'Conversation',
	field: 'sessionId',
	help: 'The conversation (Atendimento) to work with. An ID is the long session ID or the number that people see.',
	search: 'searchSessions',
	record: 'a conversation',
	example: '66e2f0a1b2c3d4e5f6a7b8c9',
});

/** Picks a contact on a channel: all conversations (sessions) with the contact there have this ID. */
export const conversationLocator = locator({
	label: 'Contact on Channel',
	field: 'conversationId',
	help: 'The contact on one channel, by the Conversation ID that conversations and messages are output with',
	search: 'searchConversations',
	record: 'a contact',
	example: '1234567',
	url: { example: 'https://app.kinbox.com.br/inbox/all/1234567', regex: '^https?://[^\\s]*?/inbox/[^/\\s]+/(\\d+)' },
});

/** Picks a group. */
export const groupLocator = locator({
	label: 'Group',
	field: 'groupId',
	help: 'The group (Grupo) of operators',
	search: 'searchGroups',
	record: 'a group',
	example: '10',
	idCheck: digitsOnly,
});

/** Picks an operator. */
export const operatorLocator = locator({
	label: 'Operator',
	field: 'operatorId',
	help: 'The operator (Operador). The list needs a Token V3; with an API Token, give the ID.',
	search: 'searchOperators',
	record: 'an operator',
	example: '42',
	idCheck: digitsOnly,
});

/** Picks a tag. */
export const tagLocator = locator({
	label: 'Tag',
	field: 'tagId',
	help: 'The tag (Etiqueta) to work with',
	search: 'searchTags',
	record: 'a tag',
	example: '3',
	idCheck: digitsOnly,
});

/** Picks a product. */
export const productLocator = locator({
	label: 'Product',
	field: 'productId',
	help: 'The product (Produto) to work with',
	search: 'searchProducts',
	record: 'a product',
	example: '66e2f0a1b2c3d4e5f6a7b8c9',
});

/** Picks a deal. */
export const dealLocator = locator({
	label: 'Deal',
	field: 'dealId',
	help: 'The deal (Negócio) to work with',
	search: 'searchDeals',
	record: 'a deal',
	example: '66e2f0a1b2c3d4e5f6a7b8c9',
});

/** Picks a pipeline. */
export const pipelineLocator = locator({
	label: 'Pipeline',
	field: 'pipelineId',
	help: 'The pipeline (Funil) to work with',
	search: 'searchPipelines',
	record: 'a pipeline',
	example: '66e2f0a1b2c3d4e5f6a7b8c9',
});

/** Picks a stage. */
export const stageLocator = locator({
	label: 'Stage',
	field: 'stageId',
	help: 'The stage (Etapa) of the pipeline',
	search: 'searchStages',
	record: 'a stage',
	example: '66e2f0a1b2c3d4e5f6a7b8c9',
});

/** Picks the channel to read. */
export const workingChannelLocator: INodeProperties = {
	...channelLocator,
	required: true,
	description: 'The channel (Canal) to work with. The list needs an API Token.',
};

/** Picks a dashboard. */
export const dashboardLocator = locator({
	label: 'Dashboard',
	field: 'dashboardId',
	help: 'The dashboard (Painel) to work with',
	search: 'searchDashboards',
	record: 'a dashboard',
	example: '66e2f0a1b2c3d4e5f6a7b8c9',
});

/** Picks a snapshot. */
export const snapshotLocator = locator({
	label: 'Snapshot',
	field: 'snapshotId',
	help: 'The snapshot (Fotografia) of the dashboard',
	search: 'searchSnapshots',
	record: 'a snapshot',
	example: '66e2f0a1b2c3d4e5f6a7b8c9',
});

/** Picks a task. */
export const taskLocator = locator({
	label: 'Task',
	field: 'taskId',
	help: 'The task (Tarefa) to work with',
	search: 'searchTasks',
	record: 'a task',
	example: '66e2f0a1b2c3d4e5f6a7b8c9',
});

/** Picks a scenario. */
export const scenarioLocator = locator({
	label: 'Scenario',
	field: 'scenarioId',
	help: 'The scenario (Cenário) to work with',
	search: 'searchScenarios',
	record: 'a scenario',
	example: '66e2f0a1b2c3d4e5f6a7b8c9',
});

/** Picks a webhook. */
export const webhookLocator = locator({
	label: 'Webhook',
	field: 'webhookId',
	help: 'The webhook to work with',
	search: 'searchWebhooks',
	record: 'a webhook',
	example: '66e2f0a1b2c3d4e5f6a7b8c9',
});

/** Picks a quick phrase. */
export const quickPhraseLocator = locator({
	label: 'Quick Phrase',
	field: 'quickPhraseId',
	help: 'The quick phrase (Resposta rápida) to work with',
	search: 'searchQuickPhrases',
	record: 'a quick phrase',
	example: '501',
	idCheck: digitsOnly,
});

/** Picks the business hours to read. */
export const workingBusinessHoursLocator: INodeProperties = {
	...businessHoursLocator,
	required: true,
	description: 'The business hours (Horários) to work with',
};
