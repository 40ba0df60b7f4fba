import type { INodeProperties } from 'n8n-workflow';

import type { Fields } from '../../shared/operation/item';
import type { NamedLabels } from '../helpers/labels';

/**
 * n8n asks for options as it adds a node, before it has given the node its only credential, and asks again when one of
 * these changes.
 */
export const askedAgain = ['account.value', 'contactId.value', 'conversationId.value', 'inboxId.value', 'teamId.value'];

/** What becomes of labels that the account does not have. */
export const whenLabelMissing: INodeProperties = {
	displayName: 'When a Label Is Missing',
	name: 'whenMissing',
	type: 'options',
	options: [
		{ name: 'Create It', value: 'create', description: 'Make the label first; its title becomes lower-case, with hyphens for spaces' },
		{ name: 'Fail', value: 'fail', description: 'The item fails, and the message names labels that are spelled nearly so' },
		{ name: 'Skip It', value: 'skip', description: 'Leave it out, and say so in the item' },
	],
	default: 'fail',
	description: 'What to do with a label that the account does not have; Chatwoot would store it where nobody sees it. Titles are compared without case, accents, spaces and signs.',
};

/** Labels to set, add or remove; the list is the account's, others can be given by expression. */
export const labelsField: INodeProperties = {
	displayName: 'Label Names or IDs',
	name: 'labels',
	type: 'multiOptions',
	typeOptions: { loadOptionsMethod: 'labelTitles', loadOptionsDependsOn: askedAgain },
	default: [],
	description: 'The labels by title in any spelling, or by ID. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
};

/** Labels by title or ID, and what becomes of unknown ones; without a field for that they are refused. */
export function readLabels(fields: Fields, name = 'labels'): NamedLabels {
	const names = fields.list(name) ?? [];
	const broken = names.find((label) => label.includes(','));
	if (broken !== undefined) throw fields.refuse(name, `has a title with a comma in it: ${broken.slice(0, 60)}`, 'Chatwoot would take it for two labels. Give each label on its own.');
	return {
		names: [...new Set(names)],
		whenMissing: fields.choice('whenMissing', ['create', 'fail', 'skip'] as const) ?? 'fail',
		refuse: (what, advice) => fields.refuse(name, what, advice),
	};
}

/** Labels that have to be there. */
export function requiredLabels(fields: Fields, name = 'labels'): NamedLabels {
	const labels = readLabels(fields, name);
	if (labels.names.length === 0) throw fields.refuse(name, 'is empty', 'Pick at least one label.');
	return labels;
}
