import type { INodeProperties } from 'n8n-workflow';

import type { Fields } from '../../shared/operation/item';

/**
 * n8n asks for options as it adds a node, before it has given the node its only credential, and asks again when one of
 * these changes.
 */
export const askedAgain = ['account.value', 'contactId.value', 'conversationId.value', 'inboxId.value', 'teamId.value'];

/** Labels to set, add or remove; the list is the account's, others can be given by expression. */
export const labelsField: INodeProperties = {
	displayName: 'Label Names or IDs',
	name: 'labels',
	type: 'multiOptions',
	typeOptions: { loadOptionsMethod: 'labelTitles', loadOptionsDependsOn: askedAgain },
	default: [],
	description: 'The labels by title. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
};

/** Label titles as Chatwoot keeps them: lower-case. */
export function readLabels(fields: Fields, name = 'labels'): string[] {
	const labels = (fields.list(name) ?? []).map((label) => label.toLowerCase());
	const broken = labels.find((label) => label.includes(','));
	if (broken !== undefined) throw fields.refuse(name, `has a title with a comma in it: ${broken.slice(0, 60)}`, 'Chatwoot would take it for two labels. Give each label on its own.');
	return [...new Set(labels)];
}

/** Labels that have to be there. */
export function requiredLabels(fields: Fields, name = 'labels'): string[] {
	const labels = readLabels(fields, name);
	if (labels.length === 0) throw fields.refuse(name, 'is empty', 'Pick at least one label.');
	return labels;
}
