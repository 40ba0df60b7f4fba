import type { INodeProperties } from 'n8n-workflow';

/** Picks a contact: from the list, by ID, or by the address of its page. */
export const contactLocator: INodeProperties = {
	displayName: 'Contact',
	name: 'contactId',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	required: true,
	description: 'The contact to work with. The list shows the most recently active; a phone number finds any WhatsApp contact.',
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
			placeholder: 'e.g. 414a6d692bd645ed803f2e7ce360d4c8',
		},
		{
			displayName: 'By Phone',
			name: 'phone',
			type: 'string',
			placeholder: 'e.g. +55 85 98888-7777',
			validation: [
				{ type: 'regex', properties: { regex: '^\\s*\\+[\\d\\s().-]{7,}$', errorMessage: 'Begin with + and the country code' } },
			],
		},
		{
			displayName: 'By URL',
			name: 'url',
			type: 'string',
			placeholder: 'e.g. https://dash.callbell.eu/contacts/414a6d692bd645ed803f2e7ce360d4c8',
			extractValue: { type: 'regex', regex: 'https?://[^\\s]*?/contacts/([^/?#\\s]+)' },
		},
	],
};

/** Picks a connected number or account. */
export const channelLocator: INodeProperties = {
	displayName: 'Channel',
	name: 'channelId',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	description: 'The connected number or account',
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
			placeholder: 'e.g. 2d4f6a8c0e1b3d5f7a9c1e3b5d7f9a1c',
		},
	],
};

/** Picks a team of the account. */
export const teamLocator: INodeProperties = {
	displayName: 'Team',
	name: 'teamId',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	description: 'A team of the account',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Select a team…',
			typeOptions: { searchListMethod: 'searchTeams', searchable: true },
		},
		{
			displayName: 'By ID',
			name: 'id',
			type: 'string',
			placeholder: 'e.g. 5e0d7c1ba94f4f3c8b16d2e7a9035c44',
		},
	],
};

/** Picks a stage of the sales funnel. */
export const funnelLocator: INodeProperties = {
	displayName: 'Funnel Stage',
	name: 'funnelId',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	required: true,
	description: 'The stage of the sales funnel',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Select a stage…',
			typeOptions: { searchListMethod: 'searchFunnels', searchable: true },
		},
		{
			displayName: 'By ID',
			name: 'id',
			type: 'string',
			placeholder: 'e.g. 7a1f0c3e-52b4-4d0c-9d35-0a9c6be11f20',
		},
	],
};

/** Picks a custom status. */
export const customStatusLocator: INodeProperties = {
	displayName: 'Custom Status',
	name: 'customStatusId',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	required: true,
	description: 'A status that the account has defined, such as Lunch',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Select a status…',
			typeOptions: { searchListMethod: 'searchCustomStatuses', searchable: true },
		},
		{
			displayName: 'By ID',
			name: 'id',
			type: 'string',
			placeholder: 'e.g. 4b8d2f60-1c3a-4e5b-9f7d-8a6c4e2b0d1f',
		},
	],
};

/** Picks a template that can be sent. */
export const approvedTemplateLocator: INodeProperties = {
	displayName: 'Template',
	name: 'templateId',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	required: true,
	description: 'The WhatsApp template to send; the list has the approved ones',
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
			placeholder: 'e.g. aa11bb22cc33dd44ee55ff6677889900',
		},
	],
};

/** Picks any template. */
export const templateLocator: INodeProperties = {
	displayName: 'Template',
	name: 'templateId',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	required: true,
	description: 'The WhatsApp template to work with',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Select a template…',
			typeOptions: { searchListMethod: 'searchAllTemplates', searchable: true },
		},
		{
			displayName: 'By ID',
			name: 'id',
			type: 'string',
			placeholder: 'e.g. aa11bb22cc33dd44ee55ff6677889900',
		},
	],
};
