import type { QueryValue } from '../../../shared/http/httpClient';
import { readLimit, returnAllOrLimit } from '../../../shared/operation/listing';
import { operation } from '../../../shared/operation/operation';
import { dealLocator, operatorLocator } from '../../descriptions/locators';
import type { KinboxClient } from '../../transport/client';
import { taskOutput } from './task';
import { taskTypeField, taskTypes } from './task.fields';

/** `GET /v3/tasks`; the values of its required `status` are not published (inferred: open, done, all). */
export const getAll = operation<KinboxClient, { limit?: number; query: Record<string, QueryValue> }>({
	option: {
		name: 'Get Many',
		value: 'getAll',
		action: 'Get many tasks',
		description: 'Get many tasks (Tarefas). Needs a Token V3. Kinbox does not document this call.',
	},
	properties: [
		{
			displayName: 'Status',
			name: 'status',
			type: 'options',
			options: [
				{ name: 'All', value: 'all' },
				{ name: 'Done', value: 'done' },
				{ name: 'Open', value: 'open' },
			],
			default: 'open',
			description: 'Only tasks in this state',
		},
		...returnAllOrLimit,
		{
			displayName: 'Filters',
			name: 'filters',
			type: 'collection',
			placeholder: 'Add Filter',
			default: {},
			description: 'Which tasks to return',
			options: [
				{ ...dealLocator, required: false, description: 'Only tasks of this deal (Negócio)' },
				{
					displayName: 'From',
					name: 'from',
					type: 'dateTime',
					default: '',
					description: 'Only tasks at or after this time',
				},
				{
					displayName: 'Name',
					name: 'name',
					type: 'string',
					default: '',
					placeholder: 'e.g. Call',
					description: 'Only tasks with this name',
				},
				{ ...operatorLocator, required: false, description: 'Only tasks of this operator (Operador)' },
				{
					displayName: 'To',
					name: 'to',
					type: 'dateTime',
					default: '',
					description: 'Only tasks at or before this time',
				},
				{ ...taskTypeField, description: 'Only tasks of this kind' },
			],
		},
	],
	output: taskOutput,
	read(item) {
		const filters = item.collection('filters');
		return {
			limit: readLimit(item),
			query: {
				status: item.choice('status', ['all', 'done', 'open'] as const) ?? 'open',
				dealId: filters.locator('dealId'),
				from: filters.date('from'),
				name: filters.text('name'),
				operatorId: filters.locator('operatorId'),
				to: filters.date('to'),
				type: filters.choice('type', taskTypes),
			},
		};
	},
	async run({ limit, query }, kinbox) {
		kinbox.needs('v3', 'Tasks');
		return (await kinbox.list('/tasks', query, { limit })).rows;
	},
});
