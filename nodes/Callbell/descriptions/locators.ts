import { locator } from '../../shared/descriptions/locator';

/** Picks a contact: from the list, by ID, or by the address of its page. */
export const contactLocator = locator({
	label: 'Contact',
	field: 'contactId',
	help: 'The contact to work with. The list shows the most recently active; a phone number finds any WhatsApp contact.',
	search: 'searchContacts',
	record: 'a contact',
	example: '414a6d692bd645ed803f2e7ce360d4c8',
	modes: [
		{
			displayName: 'By Phone',
			name: 'phone',
			type: 'string',
			placeholder: 'e.g. +55 85 98888-7777',
			validation: [{ type: 'regex', properties: { regex: '^\\s*\\+[\\d\\s().-]{7,}$', errorMessage: 'Begin with + and the country code' } }],
		},
	],
	url: { example: 'https://dash.callbell.eu/contacts/414a6d692bd645ed803f2e7ce360d4c8', regex: '^https?://[^\\s]*?/contacts/([^/?#\\s]+)' },
});

/** Picks a connected number or account. */
export const channelLocator = locator({
	label: 'Channel',
	field: 'channelId',
	help: 'The connected number or account',
	search: 'searchChannels',
	record: 'a channel',
	example: '2d4f6a8c0e1b3d5f7a9c1e3b5d7f9a1c',
	required: false,
});

/** Picks a team of the account. */
export const teamLocator = locator({
	label: 'Team',
	field: 'teamId',
	help: 'A team of the account',
	search: 'searchTeams',
	record: 'a team',
	example: '5e0d7c1ba94f4f3c8b16d2e7a9035c44',
	required: false,
});

/** Picks a stage of the sales funnel. */
export const funnelLocator = locator({
	label: 'Funnel Stage',
	field: 'funnelId',
	help: 'The stage of the sales funnel',
	search: 'searchFunnels',
	record: 'a stage',
	example: '7a1f0c3e-52b4-4d0c-9d35-0a9c6be11f20',
});

/** Picks a custom status. */
export const customStatusLocator = locator({
	label: 'Custom Status',
	field: 'customStatusId',
	help: 'A status that the account has defined, such as Lunch',
	search: 'searchCustomStatuses',
	record: 'a status',
	example: '4b8d2f60-1c3a-4e5b-9f7d-8a6c4e2b0d1f',
});

/** Picks a template that can be sent. */
export const approvedTemplateLocator = locator({
	label: 'Template',
	field: 'templateId',
	help: 'The WhatsApp template to send; the list has the approved ones',
	search: 'searchTemplates',
	record: 'a template',
	example: 'aa11bb22cc33dd44ee55ff6677889900',
});

/** Picks any template. */
export const templateLocator = locator({
	label: 'Template',
	field: 'templateId',
	help: 'The WhatsApp template to work with',
	search: 'searchAllTemplates',
	record: 'a template',
	example: 'aa11bb22cc33dd44ee55ff6677889900',
});
