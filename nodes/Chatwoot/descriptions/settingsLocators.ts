import type { INodeProperties } from 'n8n-workflow';

import { locator } from './locators';

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
	page: { example: 'settings/macros/2/edit', regex: 'https?://[^\\s]*?/macros/(\\d+)' },
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
	page: { example: 'custom_view/2', regex: 'https?://[^\\s]*?/(?:custom_view|segments)/(\\d+)' },
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
