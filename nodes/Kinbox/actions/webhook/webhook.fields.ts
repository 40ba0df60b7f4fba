import type { INodeProperties } from 'n8n-workflow';

export const urlField: INodeProperties = {
	displayName: 'URL',
	name: 'url',
	type: 'string',
	default: '',
	required: true,
	placeholder: 'e.g. https://example.com/kinbox',
	description: 'Address to call',
};

export const eventsField: INodeProperties = {
	displayName: 'Events',
	name: 'events',
	type: 'string',
	typeOptions: { multipleValues: true, multipleValueButtonText: 'Add Event' },
	default: ['session:new'],
	placeholder: 'e.g. session:new',
	description: 'Names of events; Kinbox publishes no list, session:new has been seen',
};

export const secretField: INodeProperties = {
	displayName: 'Send Secret',
	name: 'sendSecret',
	type: 'boolean',
	default: false,
	description: "Whether to give Kinbox the credential's Webhook Secret, a text of your own for checking the calls; how Kinbox uses it is not documented",
};
