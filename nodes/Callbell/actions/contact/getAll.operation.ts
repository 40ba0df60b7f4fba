import type { IDataObject } from 'n8n-workflow';

import type { QueryValue } from '../../../shared/http/httpClient';
import { operation } from '../../../shared/operation/operation';
import { readLimit, returnAllOrLimit } from '../../../shared/operation/listing';
import { channelTypeOptions, channelTypes } from '../channel/channel';
import type { CallbellClient } from '../../transport/client';
import { contactOutput } from './contact';
import { teamLocator } from '../../descriptions/locators';
import { includeFieldTypes } from './get.operation';

export interface ContactFilters {
	tags: string[];
	match: 'all' | 'any';
	ignoreCase: boolean;
	query: Record<string, QueryValue>;
}

/** `GET /contacts`, by page and from page 500 on by cursor. */
export const getAll = operation<CallbellClient, ContactFilters & { limit?: number }>({
	option: {
		name: 'Get Many',
		value: 'getAll',
		action: 'Get many contacts',
		description: 'Get many contacts, the most recently active first, also by tags',
	},
	properties: [
		...returnAllOrLimit,
		{
			displayName: 'Filters',
			name: 'filters',
			type: 'collection',
			placeholder: 'Add Filter',
			default: {},
			description: 'Which contacts to return; all filters have to fit',
			options: [
				{
					displayName: 'Channel Type',
					name: 'source',
					type: 'options',
					options: channelTypeOptions,
					default: 'whatsapp',
					description: 'Only contacts of this type of channel',
				},
				{
					displayName: 'Ignore Case of Tags',
					name: 'ignoreCase',
					type: 'boolean',
					default: false,
					description: 'Whether "vip" also finds contacts tagged "VIP"',
				},
				{
					displayName: 'Match Tags',
					name: 'match',
					type: 'options',
					options: [
						{ name: 'All', value: 'all', description: 'Contacts that have every tag' },
						{ name: 'Any', value: 'any', description: 'Contacts that have at least one of the tags' },
					],
					default: 'all',
					description: 'How several tags are combined',
				},
				{
					displayName: 'Tags',
					name: 'tags',
					type: 'string',
					typeOptions: { multipleValues: true, multipleValueButtonText: 'Add Tag' },
					default: [],
					placeholder: 'e.g. Call back',
					description: 'Only contacts with these tags; the tags are compared exactly',
				},
				{ ...teamLocator, description: 'Only contacts of this team' },
			],
		},
		includeFieldTypes,
	],
	output: contactOutput,
	read(item) {
		const filters = item.collection('filters');
		return {
			limit: readLimit(item),
			tags: filters.list('tags') ?? [],
			match: filters.choice('match', ['all', 'any'] as const) ?? 'all',
			ignoreCase: filters.boolean('ignoreCase') ?? false,
			query: {
				source: filters.choice('source', channelTypes),
				team_uuid: filters.locator('teamId'),
				include_field_types: item.boolean('includeFieldTypes') || undefined,
			},
		};
	},
	run: async ({ limit, ...filters }, callbell) => await findContacts(callbell, filters, limit),
});

/**
 * Contacts that fit the filters. Callbell ignores the case of tags and does not say how it combines several, so it
 * is asked for one tag at a time, and the tags of each contact are looked at again.
 */
export async function findContacts(callbell: CallbellClient, { tags, match, ignoreCase, query }: ContactFilters, limit?: number): Promise<IDataObject[]> {
	const spelled = (tag: unknown) => (ignoreCase ? String(tag).toLowerCase() : String(tag));
	const wanted = tags.map(spelled);
	const keep = (contact: IDataObject) => {
		const has = new Set((Array.isArray(contact.tags) ? contact.tags : []).map(spelled));
		return match === 'all' ? wanted.every((tag) => has.has(tag)) : wanted.some((tag) => has.has(tag));
	};
	// In one query value commas separate tags, so a tag with a comma is found by looking through all contacts.
	const asked = tags.some((tag) => tag.includes(',')) ? [] : match === 'all' ? tags.slice(0, 1) : tags;
	const lists: IDataObject[][] = [];
	for (const tag of asked.length ? asked : [undefined]) {
		lists.push(await callbell.list('/contacts', 'contacts', { ...query, tags: tag }, { limit, ...(wanted.length ? { keep } : {}) }));
	}
	const found = new Map(lists.flat().map((contact) => [contact.uuid ?? contact, contact]));
	return [...found.values()].slice(0, limit);
}
