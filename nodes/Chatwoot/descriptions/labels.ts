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

/** Several people of the account. */
export const agentsField: INodeProperties = {
	displayName: 'Agent Names or IDs',
	name: 'agentIds',
	type: 'multiOptions',
	typeOptions: { loadOptionsMethod: 'agentIds', loadOptionsDependsOn: askedAgain },
	default: [],
	required: true,
	description: 'The people. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
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

/** Whole numbers out of a list of ids. */
export function readIds(fields: Fields, name: string): number[] {
	const ids = (fields.list(name) ?? []).map(Number);
	if (ids.length === 0) throw fields.refuse(name, 'is empty', 'Pick at least one record, or give its ID.');
	if (ids.some((id) => !Number.isInteger(id) || id < 1)) throw fields.refuse(name, 'has an entry that is not an ID', 'IDs are whole numbers; pick the records from the list.');
	return [...new Set(ids)];
}

/** A day as filters want it: YYYY-MM-DD. */
export function readDay(fields: Fields, name: string): string | undefined {
	const value = fields.raw(name);
	const day = typeof value === 'string' ? /^\s*(\d{4}-\d\d-\d\d)(?:[T ]00:00(?::00(?:\.0+)?)?)?\s*$/.exec(value)?.[1] : undefined;
	return day ?? fields.date(name)?.slice(0, 10);
}
