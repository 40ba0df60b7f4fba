import { operation } from '../../../shared/operation/operation';
import { readLimit, returnAllOrLimit } from '../../../shared/operation/listing';
import { channelTypeOptions, channelTypes } from '../channel/channel';
import type { CallbellClient } from '../../transport/client';
import { contactOutput } from './contact';
import { teamLocator } from '../../descriptions/locators';
import { includeFieldTypes } from './contact.fields';
import { suggest } from '../../../shared/values/nearNames';
import { spelledTag, tagsLike } from '../../helpers/tags';
import { findContacts } from './contact.calls';
import type { ContactFilters } from './contact.calls';

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
					description: 'Only contacts with these tags; a tag that nobody has is looked for in other spellings',
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
	async run({ limit, ...filters }, callbell, { item }) {
		const rows = await findContacts(callbell, filters, limit);
		const isFound = (tag: string) => rows.some(({ tags }) => Array.isArray(tags) && tags.some((own) => (filters.ignoreCase ? String(own).toLowerCase() === tag.toLowerCase() : own === tag)));
		const open = filters.tags.filter((tag) => !isFound(tag));
		if (open.length === 0) return rows;
		// A tag that nobody of these has may be spelled otherwise, or be one that nobody has at all.
		const known = await tagsLike(callbell, open);
		const spelled = new Map(open.map((tag) => [tag, spelledTag(known, tag, (what, advice) => item.collection('filters').refuse('tags', what, advice))]));
		for (const [tag, found] of spelled) if (found === undefined) callbell.http.notices.add(`No contact in Callbell has the tag '${tag.slice(0, 60)}'. ${suggest(known, tag)}`);
		const tags = filters.tags.map((tag) => spelled.get(tag) ?? tag);
		return tags.join() === filters.tags.join() ? rows : await findContacts(callbell, { ...filters, tags }, limit);
	},
});
