import type { INodeProperties } from 'n8n-workflow';

import type { QueryValue } from '../../../shared/http/httpClient';
import { defaultCountry, readCountry } from '../../../shared/operation/country';
import { readLimit, returnAllOrLimit } from '../../../shared/operation/listing';
import { operation } from '../../../shared/operation/operation';
import { contactLocator } from '../../descriptions/locators';
import { readReportFilters, reportFilters, completeReportQuery } from '../../descriptions/reportFilters';
import type { KinboxClient } from '../../transport/client';
import { sessionOutput } from './conversation';

const filterOptions: INodeProperties[] = [
	...reportFilters,
	{
		displayName: 'Changed After',
		name: 'updatedFrom',
		type: 'dateTime',
		default: '',
		description: 'Only conversations that changed at or after this time. Only with an API Token.',
	},
	{
		displayName: 'Changed Before',
		name: 'updatedTo',
		type: 'dateTime',
		default: '',
		description: 'Only conversations that changed at or before this time. Only with an API Token.',
	},
	{ ...contactLocator, required: false, description: 'Only conversations with this contact. Only with an API Token.' },
	{
		displayName: 'Conversation Number',
		name: 'callId',
		type: 'string',
		default: '',
		placeholder: 'e.g. 987654',
		description: 'Only the conversation with this number. Only with an API Token.',
	},
];

interface Input {
	limit?: number;
	v1: Record<string, QueryValue>;
	v3: Record<string, QueryValue>;
}

/** `GET /v3/reports/sessions` (offset, filters of the reports) or `GET /v1/sessions` (cursor, five filters). */
export const getAll = operation<KinboxClient, Input>({
	option: {
		name: 'Get Many',
		value: 'getAll',
		action: 'Get many conversations',
		description: 'Get many conversations (Atendimentos), with the filters of the report screen',
	},
	properties: [
		...returnAllOrLimit,
		{
			displayName: 'Filters',
			name: 'filters',
			type: 'collection',
			placeholder: 'Add Filter',
			default: {},
			description: 'Which conversations to return. Most need a Token V3; Campaign works with both tokens.',
			options: [...filterOptions].sort((a, b) => a.displayName.localeCompare(b.displayName, 'en')),
		},
		defaultCountry,
	],
	output: sessionOutput,
	read(item) {
		const filters = item.collection('filters');
		return {
			limit: readLimit(item),
			v1: {
				updated_at_from: filters.date('updatedFrom'),
				updated_at_to: filters.date('updatedTo'),
				contact_id: filters.locator('contactId'),
				call_id: filters.text('callId'),
			},
			v3: readReportFilters(filters, readCountry(item)),
		};
	},
	async run({ limit, v1, v3 }, kinbox, { item }) {
		const { campaignId, ...onlyV3 } = v3;
		if (kinbox.generation === 'v3') {
			if (Object.values(v1).some((value) => value !== undefined)) kinbox.needs('v1', 'Filtering by change, contact or number');
			return (await kinbox.list('/reports/sessions', await completeReportQuery(kinbox, v3, item), { limit })).rows;
		}
		const [used] = Object.entries(onlyV3).filter(([, value]) => value !== undefined && !(Array.isArray(value) && value.length === 0));
		if (used) {
			const label = reportFilters.find(({ name }) => name === used[0])?.displayName ?? used[0];
			kinbox.needs('v3', `The filter '${label}'`);
		}
		return (await kinbox.list('/sessions', { ...v1, campaign_id: campaignId }, { limit })).rows;
	},
});
