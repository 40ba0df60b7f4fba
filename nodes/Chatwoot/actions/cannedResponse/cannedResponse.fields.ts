import type { INodeProperties } from 'n8n-workflow';

export const shortCode: INodeProperties = {
	displayName: 'Short Code',
	name: 'shortCode',
	type: 'string',
	default: '',
	placeholder: 'e.g. hours',
	description: 'What agents type after a slash to find the text; each one can be used once in the account',
};

export const content: INodeProperties = {
	displayName: 'Content',
	name: 'content',
	type: 'string',
	typeOptions: { rows: 4 },
	default: '',
	placeholder: 'e.g. We are open from 9 to 18.',
	description: 'The text that is put into the answer; variables such as {{contact.name}} are filled in by Chatwoot',
};
