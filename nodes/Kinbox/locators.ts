import type { INodeProperties } from 'n8n-workflow';

/** Picks a contact: from the list, by ID, or by the address of its page. */
export const contactLocator: INodeProperties = {
	displayName: 'Contact',
	name: 'contactId',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	required: true,
	description: 'The contact to work with',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Select a contact…',
			typeOptions: { searchListMethod: 'searchContacts', searchable: true },
		},
		{
			displayName: 'By ID',
			name: 'id',
			type: 'string',
			placeholder: 'e.g. 1234567',
			validation: [
				{ type: 'regex', properties: { regex: '^\\s*\\d+\\s*$', errorMessage: 'A contact ID has digits only' } },
			],
		},
		{
			displayName: 'By URL',
			name: 'url',
			type: 'string',
			placeholder: 'e.g. https://app.kinbox.com.br/contacts/1234567',
			extractValue: { type: 'regex', regex: 'https?://[^\\s]*?/(?:contacts?|customers?)/(\\d+)' },
		},
	],
};

/** Picks the channel that sends: a WhatsApp number, for example. */
export const channelLocator: INodeProperties = {
	displayName: 'Channel',
	name: 'channelId',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	description: 'The channel (Canal) to send through, for example a WhatsApp number. The list needs an API Token; with a Token V3, give the ID.',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Select a channel…',
			typeOptions: { searchListMethod: 'searchChannels', searchable: true },
		},
		{
			displayName: 'By ID',
			name: 'id',
			type: 'string',
			placeholder: 'e.g. 103',
		},
	],
};

/** Picks a campaign. */
export const campaignLocator: INodeProperties = {
	displayName: 'Campaign',
	name: 'campaignId',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	required: true,
	description: 'The campaign (Campanha) to work with',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Select a campaign…',
			typeOptions: { searchListMethod: 'searchCampaigns', searchable: true },
		},
		{
			displayName: 'By ID',
			name: 'id',
			type: 'string',
			placeholder: 'e.g. 66e2f0a1b2c3d4e5f6a7b8c9',
		},
		{
			displayName: 'By URL',
			name: 'url',
			type: 'string',
			placeholder: 'e.g. https://app.kinbox.com.br/campaigns/66e2f0a1b2c3d4e5f6a7b8c9',
			extractValue: { type: 'regex', regex: 'https?://[^\\s]*?/(?:campaigns?|campanhas?)/([0-9a-zA-Z]+)' },
		},
	],
};

/** Picks the opening hours that a campaign keeps to. */
export const businessHoursLocator: INodeProperties = {
	displayName: 'Business Hours',
	name: 'businessHoursId',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	description: 'Send only within these business hours (Horários). The list needs a Token V3; with an API Token, give the ID.',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Select business hours…',
			typeOptions: { searchListMethod: 'searchBusinessHours', searchable: true },
		},
		{
			displayName: 'By ID',
			name: 'id',
			type: 'string',
			placeholder: 'e.g. 7',
		},
	],
};

/** Picks an approved template of the channel. */
export const templateLocator: INodeProperties = {
	displayName: 'Template',
	name: 'templateId',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	description: 'The approved WhatsApp template (Modelo de mensagem) to send. The list needs an API Token; with a Token V3, give the ID.',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Select a template…',
			typeOptions: { searchListMethod: 'searchTemplates', searchable: true },
		},
		{
			displayName: 'By ID',
			name: 'id',
			type: 'string',
			placeholder: 'e.g. 712287883441111',
		},
	],
};

/** Picks a conversation. */
export const sessionLocator: INodeProperties = {
	displayName: 'Conversation',
	name: 'sessionId',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	required: true,
	description: 'The conversation (Atendimento) to work with. An ID is the long session ID or the number that people see.',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Select a conversation…',
			typeOptions: { searchListMethod: 'searchSessions', searchable: true },
		},
		{
			displayName: 'By ID',
			name: 'id',
			type: 'string',
			placeholder: 'e.g. 66e2f0a1b2c3d4e5f6a7b8c9',
		},
	],
};

/** Picks a contact on a channel: all conversations (sessions) with the contact there have this ID. */
export const conversationLocator: INodeProperties = {
	displayName: 'Contact on Channel',
	name: 'conversationId',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	required: true,
	description: 'The contact on one channel, by the Conversation ID that conversations and messages are output with',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Select a contact…',
			typeOptions: { searchListMethod: 'searchConversations', searchable: true },
		},
		{
			displayName: 'By ID',
			name: 'id',
			type: 'string',
			placeholder: 'e.g. 1234567',
		},
	],
};

/** Picks a group. */
export const groupLocator: INodeProperties = {
	displayName: 'Group',
	name: 'groupId',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	required: true,
	description: 'The group (Grupo) of members',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Select a group…',
			typeOptions: { searchListMethod: 'searchGroups', searchable: true },
		},
		{
			displayName: 'By ID',
			name: 'id',
			type: 'string',
			placeholder: 'e.g. 10',
		},
	],
};

/** Picks an operator. */
export const operatorLocator: INodeProperties = {
	displayName: 'Operator',
	name: 'operatorId',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	required: true,
	description: 'The member (Operador). The list needs a Token V3; with an API Token, give the ID.',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Select an operator…',
			typeOptions: { searchListMethod: 'searchOperators', searchable: true },
		},
		{
			displayName: 'By ID',
			name: 'id',
			type: 'string',
			placeholder: 'e.g. 42',
		},
	],
};

/** Picks a tag. */
export const tagLocator: INodeProperties = {
	displayName: 'Tag',
	name: 'tagId',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	required: true,
	description: 'The tag (Etiqueta) to work with',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Select a tag…',
			typeOptions: { searchListMethod: 'searchTags', searchable: true },
		},
		{
			displayName: 'By ID',
			name: 'id',
			type: 'string',
			placeholder: 'e.g. 3',
		},
	],
};

/** Picks a product. */
export const productLocator: INodeProperties = {
	displayName: 'Product',
	name: 'productId',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	required: true,
	description: 'The product (Produto) to work with',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Select a product…',
			typeOptions: { searchListMethod: 'searchProducts', searchable: true },
		},
		{
			displayName: 'By ID',
			name: 'id',
			type: 'string',
			placeholder: 'e.g. 66e2f0a1b2c3d4e5f6a7b8c9',
		},
	],
};

/** Picks a deal. */
export const dealLocator: INodeProperties = {
	displayName: 'Deal',
	name: 'dealId',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	required: true,
	description: 'The deal (Negócio) to work with',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Select a deal…',
			typeOptions: { searchListMethod: 'searchDeals', searchable: true },
		},
		{
			displayName: 'By ID',
			name: 'id',
			type: 'string',
			placeholder: 'e.g. 66e2f0a1b2c3d4e5f6a7b8c9',
		},
	],
};

/** Picks a pipeline. */
export const pipelineLocator: INodeProperties = {
	displayName: 'Pipeline',
	name: 'pipelineId',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	required: true,
	description: 'The pipeline (Funil) to work with',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Select a pipeline…',
			typeOptions: { searchListMethod: 'searchPipelines', searchable: true },
		},
		{
			displayName: 'By ID',
			name: 'id',
			type: 'string',
			placeholder: 'e.g. 66e2f0a1b2c3d4e5f6a7b8c9',
		},
	],
};

/** Picks a stage. */
export const stageLocator: INodeProperties = {
	displayName: 'Stage',
	name: 'stageId',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	required: true,
	description: 'The stage (Etapa) of the pipeline',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Select a stage…',
			typeOptions: { searchListMethod: 'searchStages', searchable: true },
		},
		{
			displayName: 'By ID',
			name: 'id',
			type: 'string',
			placeholder: 'e.g. 66e2f0a1b2c3d4e5f6a7b8c9',
		},
	],
};

/** Picks the channel to read. */
export const workingChannelLocator: INodeProperties = {
	...channelLocator,
	required: true,
	description: 'The channel (Canal) to work with. The list needs an API Token.',
};

/** Picks a dashboard. */
export const dashboardLocator: INodeProperties = {
	displayName: 'Dashboard',
	name: 'dashboardId',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	required: true,
	description: 'The dashboard (Painel) to work with',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Select a dashboard…',
			typeOptions: { searchListMethod: 'searchDashboards', searchable: true },
		},
		{
			displayName: 'By ID',
			name: 'id',
			type: 'string',
			placeholder: 'e.g. 66e2f0a1b2c3d4e5f6a7b8c9',
		},
	],
};

/** Picks a snapshot. */
export const snapshotLocator: INodeProperties = {
	displayName: 'Snapshot',
	name: 'snapshotId',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	required: true,
	description: 'The snapshot (Fotografia) of the dashboard',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Select a snapshot…',
			typeOptions: { searchListMethod: 'searchSnapshots', searchable: true },
		},
		{
			displayName: 'By ID',
			name: 'id',
			type: 'string',
			placeholder: 'e.g. 66e2f0a1b2c3d4e5f6a7b8c9',
		},
	],
};

/** Picks a task. */
export const taskLocator: INodeProperties = {
	displayName: 'Task',
	name: 'taskId',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	required: true,
	description: 'The task (Tarefa) to work with',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Select a task…',
			typeOptions: { searchListMethod: 'searchTasks', searchable: true },
		},
		{
			displayName: 'By ID',
			name: 'id',
			type: 'string',
			placeholder: 'e.g. 66e2f0a1b2c3d4e5f6a7b8c9',
		},
	],
};

/** Picks a scenario. */
export const scenarioLocator: INodeProperties = {
	displayName: 'Scenario',
	name: 'scenarioId',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	required: true,
	description: 'The scenario (Cenário) to work with',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Select a scenario…',
			typeOptions: { searchListMethod: 'searchScenarios', searchable: true },
		},
		{
			displayName: 'By ID',
			name: 'id',
			type: 'string',
			placeholder: 'e.g. 66e2f0a1b2c3d4e5f6a7b8c9',
		},
	],
};

/** Picks a webhook. */
export const webhookLocator: INodeProperties = {
	displayName: 'Webhook',
	name: 'webhookId',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	required: true,
	description: 'The webhook to work with',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Select a webhook…',
			typeOptions: { searchListMethod: 'searchWebhooks', searchable: true },
		},
		{
			displayName: 'By ID',
			name: 'id',
			type: 'string',
			placeholder: 'e.g. 66e2f0a1b2c3d4e5f6a7b8c9',
		},
	],
};

/** Picks a quick phrase. */
export const quickPhraseLocator: INodeProperties = {
	displayName: 'Quick Phrase',
	name: 'quickPhraseId',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	required: true,
	description: 'The quick phrase (Resposta rápida) to work with',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Select a quick phrase…',
			typeOptions: { searchListMethod: 'searchQuickPhrases', searchable: true },
		},
		{
			displayName: 'By ID',
			name: 'id',
			type: 'string',
			placeholder: 'e.g. 501',
		},
	],
};

/** Picks the business hours to read. */
export const workingBusinessHoursLocator: INodeProperties = {
	...businessHoursLocator,
	required: true,
	description: 'The business hours (Horários) to work with',
};
