import type { QueryValue } from '../../../shared/http';
import { operation } from '../../../shared/operation';
import { readLimit, returnAllOrLimit } from '../../../shared/properties';
import type { KinboxClient } from '../../client';
import { groupLocator, operatorLocator } from '../../locators';

/** `GET /v3/reports/presence`. */
export const getPresence = operation<KinboxClient, { limit?: number; query: Record<string, QueryValue> }>({
	option: {
		name: 'Get Presence',
		value: 'getPresence',
		action: 'Get presence report',
		description: 'Get when members were online (Presença). Needs a Token V3.',
	},
	properties: [
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
				{ ...groupLocator, required: false, description: 'Only members of this group (Grupo)' },
				{ ...operatorLocator, required: false, description: 'Only this member (Operador)' },
				{
					displayName: 'To',
					name: 'to',
					type: 'dateTime',
					default: '',
					description: 'Only at or before this time',
				},
			],
		},
	],
	read(item) {
		const filters = item.collection('filters');
		const listed = (id: string | undefined) => (id === undefined ? undefined : [id]);
		return {
			limit: readLimit(item),
			query: { from: filters.date('from'), to: filters.date('to'), groups: listed(filters.locator('groupId')), assigned: listed(filters.locator('operatorId')) },
		};
	},
	async run({ limit, query }, kinbox) {
		kinbox.needs('v3', 'Reports');
		return (await kinbox.list('/reports/presence', query, { limit })).rows;
	},
});
