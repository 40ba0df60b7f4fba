import type { INodeProperties } from 'n8n-workflow';

/** The text of a note. */
export const noteContent: INodeProperties = {
	displayName: 'Content',
	name: 'content',
	type: 'string',
	typeOptions: { rows: 4 },
	default: '',
	required: true,
	placeholder: 'e.g. Called twice; wants an offer by Friday',
	description: 'The text of the note; it may have Markdown',
};
