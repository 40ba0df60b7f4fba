import type { QueryValue } from '../../../shared/http/httpClient';
import { path } from '../../../shared/http/httpClient';
import { readLimit, returnAllOrLimit } from '../../../shared/operation/listing';
import { operation } from '../../../shared/operation/operation';
import { scenarioLocator } from '../../descriptions/locators';
import type { KinboxClient } from '../../transport/client';

interface Input {
	limit?: number;
	query: Record<string, QueryValue>;
}

/** `GET /v3/workflows/{id}/logs`. */
export const getLogs = operation<KinboxClient, Input>({
	option: {
		name: 'Get Logs',
		value: 'getLogs',
		action: 'Get logs of scenario',
		description: 'Get what the steps of a scenario (Cenário) did, one row for each step that ran. Needs a Token V3.',
	},
	record: scenarioLocator,
	properties: [
		...returnAllOrLimit,
		{
			displayName: 'Filters',
			name: 'filters',
			type: 'collection',
			placeholder: 'Add Filter',
			default: {},
			description: 'Which rows to return',
			options: [
				{
					displayName: 'Days',
					name: 'maxDays',
					type: 'number',
					typeOptions: { minValue: 1 },
					default: 7,
					description: 'Only of the last so many days',
				},
				{
					displayName: 'Status',
					name: 'status',
					type: 'options',
					options: [
						{ name: 'Awaiting', value: 'awaiting' },
						{ name: 'Done', value: 'done' },
						{ name: 'Failed', value: 'failed' },
						{ name: 'Pending', value: 'pending' },
						{ name: 'Running', value: 'running' },
					],
					default: 'failed',
					description: 'Only steps in this state',
				},
			],
		},
	],
	read(item) {
		const filters = item.collection('filters');
		return {
			limit: readLimit(item),
			query: {
				maxDays: filters.number('maxDays', { min: 1, integer: true }),
				status: filters.choice('status', ['awaiting', 'done', 'failed', 'pending', 'running'] as const),
			},
		};
	},
	async run({ id, limit, query }, kinbox) {
		kinbox.needs('v3', 'Scenarios');
		return (await kinbox.list(path`/workflows/${id}/logs`, query, { limit })).rows;
	},
});
