import type { INodeProperties } from 'n8n-workflow';

import { actionForm } from '../../descriptions/actionForm';

export const nameField: INodeProperties = {
	displayName: 'Name',
	name: 'name',
	type: 'string',
	default: '',
	placeholder: 'e.g. Label orders',
	description: 'How the rule is called',
};

export const eventField: INodeProperties = {
	displayName: 'Event',
	name: 'event',
	type: 'options',
	options: [
		{ name: 'Conversation Created', value: 'conversation_created' },
		{ name: 'Conversation Opened', value: 'conversation_opened' },
		{ name: 'Conversation Resolved', value: 'conversation_resolved' },
		{ name: 'Conversation Updated', value: 'conversation_updated' },
		{ name: 'Message Created', value: 'message_created' },
	],
	default: 'conversation_created',
	description: 'What makes Chatwoot look at the conditions',
};

export const activeField: INodeProperties = {
	displayName: 'Active',
	name: 'active',
	type: 'boolean',
	default: true,
	description: 'Whether the rule works',
};

export const descriptionField: INodeProperties = {
	displayName: 'Description',
	name: 'description',
	type: 'string',
	typeOptions: { rows: 2 },
	default: '',
	placeholder: 'e.g. Orders of the shop get a label',
	description: 'What the rule is for',
};

export const ruleActions = actionForm({ subject: 'rule', initial: 'add_label' });
