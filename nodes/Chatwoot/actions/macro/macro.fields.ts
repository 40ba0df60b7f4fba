import type { INodeProperties } from 'n8n-workflow';

import { actionForm } from '../../descriptions/actionForm';

export const nameField: INodeProperties = {
	displayName: 'Name',
	name: 'name',
	type: 'string',
	default: '',
	placeholder: 'e.g. Close politely',
	description: 'How the macro is called',
};

export const visibilityField: INodeProperties = {
	displayName: 'Visibility',
	name: 'visibility',
	type: 'options',
	options: [
		{ name: 'Global', value: 'global', description: 'For everybody in the account; an administrator has to make it' },
		{ name: 'Personal', value: 'personal', description: "For the token's owner only" },
	],
	default: 'personal',
	description: 'Who may use the macro',
};

export const visibilities = ['global', 'personal'] as const;

export const macroActions = actionForm({
	subject: 'macro',
	initial: 'send_message',
	without: ['open_conversation', 'pending_conversation', 'send_email_to_team'],
});
