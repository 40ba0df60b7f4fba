import type { INodeProperties } from 'n8n-workflow';

import type { QueryValue } from '../../../shared/http/httpClient';
import type { Item } from '../../../shared/operation/item';
import { agentsField } from '../../descriptions/agents';
import { inboxLocator, locatorAs, teamLocator } from '../../descriptions/locators';
import { fromField, readRange, toField } from '../../descriptions/timeRange';
import { readIds } from '../../helpers/read';

/** What the answers to the survey can be narrowed by. */
export const csatFilters: INodeProperties = {
	displayName: 'Filters',
	name: 'filters',
	type: 'collection',
	placeholder: 'Add Filter',
	default: {},
	description: 'Which answers to look at',
	options: [
		{
			displayName: agentsField.displayName,
			name: agentsField.name,
			type: agentsField.type,
			typeOptions: agentsField.typeOptions,
			default: [],
			description: 'Only conversations in the hands of these people. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
		},
		fromField,
		locatorAs(inboxLocator, { description: 'Only conversations of this inbox', optional: true }),
		{
			displayName: 'Rating',
			name: 'rating',
			type: 'number',
			typeOptions: { minValue: 1, maxValue: 5 },
			default: 5,
			description: 'Only answers with this rating, from 1 (worst) to 5 (best)',
		},
		locatorAs(teamLocator, { description: 'Only conversations of this team', optional: true }),
		toField,
	],
};

export function readCsatQuery(item: Item): Record<string, QueryValue> {
	const filters = item.collection('filters');
	return {
		...readRange(filters),
		user_ids: (filters.list('agentIds') ?? []).length ? readIds(filters, 'agentIds') : undefined,
		inbox_id: filters.numericId('inboxId'),
		team_id: filters.numericId('teamId'),
		rating: filters.number('rating', { min: 1, max: 5, integer: true }),
	};
}
