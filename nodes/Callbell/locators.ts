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
