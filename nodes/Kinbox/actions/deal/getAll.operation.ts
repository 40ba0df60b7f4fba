import type { IDataObject } from 'n8n-workflow';

import type { QueryValue } from '../../../shared/http/httpClient';
import { operation } from '../../../shared/operation/operation';
import { readLimit, returnAllOrLimit } from '../../../shared/operation/listing';
import { withTagIds } from '../../helpers/tags';
import type { KinboxClient } from '../../transport/client';
import { dealOutput, isClosedBetween } from './deal';
import { contactLocator, operatorLocator, pipelineLocator, stageLocator, tagLocator } from '../../descriptions/locators';

interface Input {
	limit?: number;
	both: Record<'pipelineId' | 'status' | 'contactId' | 'createdFrom' | 'createdTo', QueryValue>;
	closed: { from?: string; to?: string };
	v3: Record<'stageId' | 'operatorId' | 'tagId' | 'search', QueryValue>;
}

const labels = { stageId: 'Stage', operatorId: 'Operator', tagId: 'Tag', search: 'Search Text' };

/** `GET /v3/deals` (offset) or `GET /v1/deals` (cursor). */
export const getAll = operation<KinboxClient, Input>({
	option: {
		name: 'Get Many',
		value: 'getAll',
		action: 'Get many deals',
		description: 'Get many deals (Negócios), also by pipeline, state or date',
	},
	properties: [
		...returnAllOrLimit,
		{
			displayName: 'Filters',
			name: 'filters',
			type: 'collection',
			placeholder: 'Add Filter',
			default: {},
			description: 'Which deals to return; all filters have to fit',
			options: [
				{
					displayName: 'Closed After',
					name: 'closedFrom',
					type: 'dateTime',
					default: '',
					description: 'Only deals won or lost at or after this time',
				},
				{
					displayName: 'Closed Before',
					name: 'closedTo',
					type: 'dateTime',
					default: '',
					description: 'Only deals won or lost at or before this time',
				},
				{ ...contactLocator, required: false, description: 'Only deals of this contact' },
				{
					displayName: 'Created After',
					name: 'createdFrom',
					type: 'dateTime',
					default: '',
					description: 'Only deals created at or after this time',
				},
				{
					displayName: 'Created Before',
					name: 'createdTo',
					type: 'dateTime',
					default: '',
					description: 'Only deals created at or before this time',
				},
				{ ...operatorLocator, required: false, description: 'Only deals of this operator (Operador). Only with Token V3.' },
				{ ...pipelineLocator, required: false, description: 'Only deals in this pipeline (Funil)' },
				{
					displayName: 'Search Text',
					name: 'search',
					type: 'string',
					default: '',
					placeholder: 'e.g. cake',
					description: 'Only deals in which Kinbox finds this text. Only with Token V3.',
				},
				{ ...stageLocator, required: false, description: 'Only deals in this stage (Etapa). Only with Token V3.' },
				{
					displayName: 'Status',
					name: 'status',
					type: 'options',
					options: [
						{ name: 'Lost', value: 'lost' },
						{ name: 'Open', value: 'open' },
						{ name: 'Won', value: 'won' },
					],
					default: 'open',
					description: 'Only deals in this state',
				},
				{ ...tagLocator, required: false, description: 'Only deals with this tag (Etiqueta). Only with Token V3.' },
			],
		},
	],
	output: dealOutput,
	read(item) {
		const filters = item.collection('filters');
		return {
			limit: readLimit(item),
			both: {
				pipelineId: filters.locator('pipelineId'),
				status: filters.choice('status', ['lost', 'open', 'won'] as const),
				contactId: filters.locator('contactId'),
				createdFrom: filters.date('createdFrom'),
				createdTo: filters.date('createdTo'),
			},
			closed: { from: filters.date('closedFrom'), to: filters.date('closedTo') },
			v3: {
				stageId: filters.locator('stageId'),
				operatorId: filters.locator('operatorId'),
				tagId: filters.locator('tagId'),
				search: filters.text('search'),
			},
		};
	},
	async run({ limit, both, closed, v3: filters }, kinbox, { item }) {
		const v3 = kinbox.generation === 'v3' ? await withTagIds(kinbox, filters, 'tagId', (what, advice) => item.refuseLabel('Tag', what, advice)) : filters;
		const { pipelineId, status, contactId, createdFrom, createdTo } = both;
		if (kinbox.generation === 'v3') {
			const query = { pipelineId, status, contactId, createdAtFrom: createdFrom, createdAtTo: createdTo, wonLostAtFrom: closed.from, wonLostAtTo: closed.to, ...v3 };
			return await closedDeals(kinbox, query, limit, closed);
		}
		for (const key of Object.keys(labels) as Array<keyof typeof labels>) {
			if (v3[key] !== undefined) kinbox.needs('v3', `The filter '${labels[key]}'`);
		}
		const query = { pipeline_id: pipelineId, status, contact_id: contactId, created_at_from: createdFrom, created_at_to: createdTo, won_lost_date_from: closed.from, won_lost_date_to: closed.to };
		return await closedDeals(kinbox, query, limit, closed);
	},
});

/** Looks at the closing time once more: Kinbox's documents name the filter in two ways, and a name that it does not know it passes over. */
async function closedDeals(kinbox: KinboxClient, query: Record<string, QueryValue>, limit: number | undefined, { from, to }: Input['closed']): Promise<IDataObject[]> {
	const read = async (most?: number) => (await kinbox.list('/deals', query, { limit: most })).rows;
	const rows = await read(limit);
	if (from === undefined && to === undefined) return rows;
	const isWanted = (deal: IDataObject) => isClosedBetween(deal, from, to) === true;
	// One that does not fit: then the filter was passed over, and those that fit may come later.
	const all = limit === undefined || rows.length < limit || rows.every(isWanted) ? rows : await read();
	const timeless = all.filter((deal) => isClosedBetween(deal, from, to) === undefined && (deal.status === 'won' || deal.status === 'lost')).length;
	if (timeless > 0) kinbox.http.notices.add(`Left out for want of a closing time in Kinbox: ${timeless} won or lost ${timeless === 1 ? 'deal' : 'deals'}`);
	return all.filter(isWanted).slice(0, limit);
}
