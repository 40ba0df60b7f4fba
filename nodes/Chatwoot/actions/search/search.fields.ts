import type { INodeProperties } from 'n8n-workflow';

export const textField: INodeProperties = {
	displayName: 'Search Text',
	name: 'text',
	type: 'string',
	default: '',
	required: true,
	placeholder: 'e.g. invoice',
	description: 'What to look for',
};

/** Records of each kind on a full page. */
export const searchPageSize = 15;
