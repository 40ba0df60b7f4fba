import type { INodeProperties } from 'n8n-workflow';

import type { Fields, Item } from '../../shared/operation/item';
import type { QueryValue } from '../../shared/http/httpClient';
import { phoneSpellings } from '../../shared/phone/compare';
import type { DefaultCountry } from '../../shared/phone/phone';
import { withTagIds } from '../helpers/tags';
import type { KinboxClient } from '../transport/client';
import { campaignLocator, conversationLocator } from './locators';

const flags = [
	'answeredOnDay', 'changeAssignmentToTrail', 'hasDeal', 'hasRating', 'hasWonDeal', 'inProgress', 'isConversationOnPeriod', 'isFinished', 'isNewContact', 'isReopened', 'onlyCreatedAt', 'onlyFinishedAt', 'pending', 'tmaExists', 'tmeExists', 'tmpExists', 'waiting',
] as const;

const periods = ['today', 'week', 'month', 'year', 'last_year', 'last_month', 'last_3_months', 'last_1h', 'last_3h', 'last_24h'] as const;

/** The filters that v3 has for conversations and reports alike (`V3Session_…`). */
export const reportFilters: INodeProperties[] = [
	{
		displayName: 'Answered on the Day',
		name: 'answeredOnDay',
		type: 'boolean',
		default: true,
		description: 'Whether to return only conversations that were answered on the day',
	},
	{
		displayName: 'Bots',
		name: 'bots',
		type: 'string',
		typeOptions: { multipleValues: true, multipleValueButtonText: 'Add Bot' },
		default: [],
		placeholder: 'e.g. 12',
		description: 'IDs of bots that took part',
	},
	{ ...campaignLocator, required: false, description: 'Only conversations that this campaign (Campanha) started' },
	{
		displayName: 'Channels Names or IDs',
		name: 'channels',
		type: 'multiOptions',
		typeOptions: { loadOptionsMethod: 'getChannels' },
		default: [],
		description: 'Only conversations on these channels (Canais). The list needs an API Token; give IDs by an expression otherwise. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
	},
	{ ...conversationLocator, required: false, description: 'Only conversations with this contact on this channel' },
	{
		displayName: 'Contact Phone',
		name: 'contactPhone',
		type: 'string',
		default: '',
		placeholder: 'e.g. +55 85 98888-7777',
		description: 'Only conversations with this phone, in any common spelling',
	},
	{
		displayName: 'Filters (JSON)',
		name: 'filters',
		type: 'json',
		default: '{}',
		description: 'More filters as Kinbox writes them, as an object. Kinbox does not publish which there are.',
	},
	{
		displayName: 'From',
		name: 'from',
		type: 'dateTime',
		default: '',
		description: 'Only conversations at or after this time',
	},
	{
		displayName: 'Groups Names or IDs',
		name: 'groups',
		type: 'multiOptions',
		typeOptions: { loadOptionsMethod: 'getGroups' },
		default: [],
		description: 'Only conversations in these groups (Grupos). Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
	},
	{
		displayName: 'Has Deal',
		name: 'hasDeal',
		type: 'boolean',
		default: true,
		description: 'Whether to return only conversations with a deal',
	},
	{
		displayName: 'Has Handling Time',
		name: 'tmaExists',
		type: 'boolean',
		default: true,
		description: 'Whether to return only conversations with a handling time (TMA)',
	},
	{
		displayName: 'Has Rating',
		name: 'hasRating',
		type: 'boolean',
		default: true,
		description: 'Whether to return only conversations that were rated',
	},
	{
		displayName: 'Has Reply Time',
		name: 'tmpExists',
		type: 'boolean',
		default: true,
		description: 'Whether to return only conversations with a time to the first reply (TMP)',
	},
	{
		displayName: 'Has Waiting Time',
		name: 'tmeExists',
		type: 'boolean',
		default: true,
		description: 'Whether to return only conversations with a waiting time (TME)',
	},
	{
		displayName: 'Has Won Deal',
		name: 'hasWonDeal',
		type: 'boolean',
		default: true,
		description: 'Whether to return only conversations with a won deal',
	},
	{
		displayName: 'In Progress',
		name: 'inProgress',
		type: 'boolean',
		default: true,
		description: 'Whether to return only conversations in progress (Em atendimento)',
	},
	{
		displayName: 'Is Finished',
		name: 'isFinished',
		type: 'boolean',
		default: true,
		description: 'Whether to return only finished conversations, or only open ones when off',
	},
	{
		displayName: 'Is New Contact',
		name: 'isNewContact',
		type: 'boolean',
		default: true,
		description: 'Whether to return only conversations of new contacts',
	},
	{
		displayName: 'Is Reopened',
		name: 'isReopened',
		type: 'boolean',
		default: true,
		description: 'Whether to return only reopened conversations',
	},
	{
		displayName: 'Only Created in Period',
		name: 'onlyCreatedAt',
		type: 'boolean',
		default: true,
		description: 'Whether the period counts for the creation only',
	},
	{
		displayName: 'Only Finished in Period',
		name: 'onlyFinishedAt',
		type: 'boolean',
		default: true,
		description: 'Whether the period counts for the end only',
	},
	{
		displayName: 'Operators Names or IDs',
		name: 'assigned',
		type: 'multiOptions',
		typeOptions: { loadOptionsMethod: 'getOperators' },
		default: [],
		description: 'Only conversations that were assigned to these operators (Operadores). Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
	},
	{
		displayName: 'Pending',
		name: 'pending',
		type: 'boolean',
		default: true,
		description: 'Whether to return only pending conversations (Pendentes)',
	},
	{
		displayName: 'Period',
		name: 'period',
		type: 'options',
		options: [
			{ name: 'Last 24 Hours', value: 'last_24h' },
			{ name: 'Last 3 Hours', value: 'last_3h' },
			{ name: 'Last 3 Months', value: 'last_3_months' },
			{ name: 'Last Hour', value: 'last_1h' },
			{ name: 'Last Month', value: 'last_month' },
			{ name: 'Last Year', value: 'last_year' },
			{ name: 'This Month', value: 'month' },
			{ name: 'This Week', value: 'week' },
			{ name: 'This Year', value: 'year' },
			{ name: 'Today', value: 'today' },
		],
		default: 'today',
		description: 'A period that moves with today',
	},
	{
		displayName: 'Period From',
		name: 'periodFrom',
		type: 'dateTime',
		default: '',
		description: 'Start of the time that Period Metric counts in',
	},
	{
		displayName: 'Period Metric',
		name: 'periodMetric',
		type: 'string',
		default: '',
		placeholder: 'e.g. createdAt',
		description: 'What the period counts for, as Kinbox calls it',
	},
	{
		displayName: 'Period To',
		name: 'periodTo',
		type: 'dateTime',
		default: '',
		description: 'End of the time that Period Metric counts in',
	},
	{
		displayName: 'Search Text',
		name: 'search',
		type: 'string',
		default: '',
		placeholder: 'e.g. entrega',
		description: 'Only conversations in which Kinbox finds this text',
	},
	{
		displayName: 'Tags Names or IDs',
		name: 'tags',
		type: 'multiOptions',
		typeOptions: { loadOptionsMethod: 'getTags' },
		default: [],
		description: 'Only conversations with these tags (Etiquetas), by name in any spelling, or by ID. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
	},
	{
		displayName: 'Takes Place in Period',
		name: 'isConversationOnPeriod',
		type: 'boolean',
		default: true,
		description: 'Whether to return only conversations that take place in the period',
	},
	{
		displayName: 'To',
		name: 'to',
		type: 'dateTime',
		default: '',
		description: 'Only conversations at or before this time',
	},
	{
		displayName: 'Trails (JSON)',
		name: 'trails',
		type: 'json',
		default: '[]',
		description: 'Steps of the course (Trilha) as Kinbox writes them, as a list of objects. Kinbox does not publish their form.',
	},
	{
		displayName: 'Use Trail for Assignment',
		name: 'changeAssignmentToTrail',
		type: 'boolean',
		default: true,
		description: 'Whether groups and operators count over the whole course (Trilha), not at the end only',
	},
	{
		displayName: 'Waiting',
		name: 'waiting',
		type: 'boolean',
		default: true,
		description: 'Whether to return only conversations that wait for an operator (Aguardando)',
	},
];

/** Reads {@link reportFilters} into the query of v3. */
export function readReportFilters(filters: Fields, country: DefaultCountry): Record<string, QueryValue> {
	return {
		...Object.fromEntries(flags.map((flag) => [flag, filters.boolean(flag)])),
		assigned: filters.list('assigned'),
		bots: filters.list('bots'),
		campaignId: filters.locator('campaignId'),
		channels: filters.list('channels'),
		contactPhone: filters.phone('contactPhone', country)?.digits,
		conversationId: filters.locator('conversationId'),
		filters: readObjects(filters, 'filters', 'object'),
		from: filters.date('from'),
		groups: filters.list('groups'),
		period: filters.choice('period', periods),
		periodFrom: filters.date('periodFrom'),
		periodMetric: filters.text('periodMetric'),
		periodTo: filters.date('periodTo'),
		search: filters.text('search'),
		tags: filters.list('tags'),
		to: filters.date('to'),
		trails: readObjects(filters, 'trails', 'list'),
	};
}

/**
 * The query as Kinbox has what it names: the IDs of the tags that *Tags* names, by name in any spelling or by ID, and the
 * phone in the spelling of its contact.
 */
export async function completeReportQuery(kinbox: KinboxClient, given: Record<string, QueryValue>, item: Item): Promise<Record<string, QueryValue>> {
	const query = given.contactPhone === undefined ? given : { ...given, contactPhone: await spelledPhone(kinbox, String(given.contactPhone)) };
	return await withTagIds(kinbox, query, 'tags', (what, advice) => item.collection('filters').refuse('tags', what, advice));
}

async function spelledPhone(kinbox: KinboxClient, digits: string): Promise<string> {
	const spellings = phoneSpellings(`+${digits}`).map((spelling) => spelling.slice(1));
	if (spellings.length === 1) return digits;
	for (const phone of spellings) {
		const { rows } = await kinbox.list('/contacts', { phone }, { limit: 5 });
		if (rows.some((contact) => String(contact.phone).replace(/\D/g, '') === phone)) return phone;
	}
	return digits;
}

/** Objects in a query, as JSON text: Kinbox does not publish how it wants them. A list becomes one text for each object. */
function readObjects(filters: Fields, name: string, form: 'object' | 'list'): string | string[] | undefined {
	const given = filters.raw(name);
	const value = filters.checked(name, typeof given === 'string' ? parsed(given) : given);
	if (value === undefined || value === null) return undefined;
	const objects: unknown[] = form === 'list' && Array.isArray(value) ? (value as unknown[]) : [value];
	if (objects.some((one) => one === null || typeof one !== 'object' || Array.isArray(one))) {
		throw filters.refuse(name, form === 'list' ? 'is not a list of objects' : 'is not a JSON object', `Give ${form === 'list' ? '[{"key": "value"}]' : '{"key": "value"}'}, with double quotes.`);
	}
	const texts = objects.filter((one) => Object.keys(one as object).length > 0).map((one) => JSON.stringify(one));
	if (texts.length === 0) return undefined;
	return form === 'list' ? texts : texts[0];
}

function parsed(text: string): unknown {
	if (text.trim() === '') return undefined;
	try {
		return JSON.parse(text) as unknown;
	} catch {
		return text;
	}
}
