import type { IDataObject, INodeProperties } from 'n8n-workflow';

import type { Fields } from '../../../shared/operation/item';

export const kinds = ['contact', 'conversation'] as const;

export const kindField: INodeProperties = {
	displayName: 'Finds',
	name: 'kind',
	type: 'options',
	options: [
		{ name: 'Contacts', value: 'contact' },
		{ name: 'Conversations', value: 'conversation' },
	],
	default: 'conversation',
	description: 'What the filter finds',
};

export const nameField: INodeProperties = {
	displayName: 'Name',
	name: 'name',
	type: 'string',
	default: '',
	placeholder: 'e.g. Urgent and open',
	description: 'How the filter is called',
};

export const conditionsField: INodeProperties = {
	displayName: 'Conditions',
	name: 'conditions',
	type: 'json',
	default: '[\n  { "attribute_key": "status", "filter_operator": "equal_to", "values": ["open"] }\n]',
	description: 'The conditions as a JSON list, in the form of Chatwoot: attribute_key, filter_operator, values and, in all but the last, query_operator (AND or OR)',
};

/** Reads the conditions; undefined when there are none. The server saves any, and fails when they are used. */
export function readConditions(fields: Fields): IDataObject[] | undefined {
	const value = fields.raw('conditions');
	const text = typeof value === 'string' ? value.trim() : undefined;
	if (value === undefined || value === null || text === '') return undefined;
	const conditions = fields.checked('conditions', parse(text ?? value));
	if (!Array.isArray(conditions)) throw fields.refuse('conditions', 'is not a JSON list', 'Give a list such as [{"attribute_key": "status", "filter_operator": "equal_to", "values": ["open"]}].');
	// The server stores any joint as it is, and then joins by AND whatever it does not know.
	const rows = (conditions as unknown[]).map((row) => {
		const joint = row !== null && typeof row === 'object' ? (row as IDataObject).query_operator : undefined;
		return typeof joint === 'string' ? { ...(row as IDataObject), query_operator: joint.trim().toUpperCase() } : row;
	});
	for (const [index, row] of rows.entries()) {
		const condition = (row ?? {}) as IDataObject;
		if (typeof condition.attribute_key !== 'string' || typeof condition.filter_operator !== 'string') {
			throw fields.refuse('conditions', `lacks attribute_key or filter_operator in entry ${index + 1}`, 'Each condition needs both, as text.');
		}
		const last = index === rows.length - 1;
		if (last === ['AND', 'OR'].includes(String(condition.query_operator))) {
			throw fields.refuse('conditions', last ? 'has a query_operator in the last entry' : `lacks query_operator in entry ${index + 1}`, 'All entries but the last need AND or OR.');
		}
	}
	return rows as IDataObject[];
}

function parse(value: unknown): unknown {
	if (typeof value !== 'string') return value;
	try {
		return JSON.parse(value);
	} catch {
		return undefined;
	}
}
