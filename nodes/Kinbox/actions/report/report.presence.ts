import type { INodeProperties } from 'n8n-workflow';

import type { Item } from '../../../shared/operation/item';
import type { QueryValue } from '../../../shared/http/httpClient';
import { readLimit, returnAllOrLimit } from '../../../shared/operation/listing';
import { groupLocator, operatorLocator } from '../../descriptions/locators';

export interface PresenceInput {
	limit?: number;
	query: Record<string, QueryValue>;
}

/** What both lists of presence take. */
export const presenceFields: INodeProperties[] = [
	...returnAllOrLimit,
	{
		displayName: 'Filters',
		name: 'filters',
		type: 'collection',
		placeholder: 'Add Filter',
		default: {},
		description: 'Which times to return',
		options: [
			{
				displayName: 'From',
				name: 'from',
				type: 'dateTime',
				default: '',
				description: 'Only at or after this time',
			},
			{ ...groupLocator, required: false, description: 'Only operators of this group (Grupo)' },
			{ ...operatorLocator, required: false, description: 'Only this operator (Operador)' },
			{
				displayName: 'Search Text',
				name: 'search',
				type: 'string',
				default: '',
				placeholder: 'e.g. Marina',
				description: 'Only where Kinbox finds this text',
			},
			{
				displayName: 'To',
				name: 'to',
				type: 'dateTime',
				default: '',
				description: 'Only at or before this time',
			},
		],
	},
];

export function readPresence(item: Item): PresenceInput {
	const filters = item.collection('filters');
	const listed = (id: string | undefined) => (id === undefined ? undefined : [id]);
	return {
		limit: readLimit(item),
		query: {
			from: filters.date('from'),
			to: filters.date('to'),
			search: filters.text('search'),
			groups: listed(filters.locator('groupId')),
			assigned: listed(filters.locator('operatorId')),
		},
	};
}
