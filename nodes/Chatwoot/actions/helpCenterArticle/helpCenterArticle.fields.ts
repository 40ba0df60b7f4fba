import type { IDataObject, INodeProperties } from 'n8n-workflow';

import type { Fields } from '../../../shared/operation/item';
import { filledIn, withoutUndefined } from '../../../shared/values/read';
import { agentLocator, locatorAs, categoryLocator, localeField, otherArticle } from '../../descriptions/locators';
import { readLocale } from '../../helpers/helpCenter';
import { longText, textUpTo, optionalId } from '../../helpers/read';

export const titleField: INodeProperties = {
	displayName: 'Title',
	name: 'title',
	type: 'string',
	default: '',
	placeholder: 'e.g. How do I return an order?',
	description: 'The heading of the article',
};

export const contentField: INodeProperties = {
	displayName: 'Content',
	name: 'content',
	type: 'string',
	typeOptions: { rows: 8 },
	default: '',
	placeholder: 'e.g. You can return orders within **30 days**.',
	description: 'The text of the article; it may have Markdown. An article without it cannot be published.',
};

export const statuses = ['archived', 'draft', 'published'] as const;

export const statusField: INodeProperties = {
	displayName: 'Status',
	name: 'status',
	type: 'options',
	options: [
		{ name: 'Archived', value: 'archived', description: 'Put away; the public does not see it' },
		{ name: 'Draft', value: 'draft', description: 'In work; the public does not see it' },
		{ name: 'Published', value: 'published', description: 'The public sees it at once' },
	],
	default: 'draft',
	description: 'Who sees the article',
};

/** What an article has besides title, content and status, for create and update alike. */
export const articleFields: INodeProperties[] = [
	locatorAs(agentLocator, { displayName: 'Author', name: 'authorId', description: "The agent who stands as author; for a new article, without this field, the token's owner", optional: true }),
	locatorAs(categoryLocator, { description: 'The category of the article; it decides the language, too', optional: true }),
	{
		displayName: 'Description',
		name: 'description',
		type: 'string',
		default: '',
		placeholder: 'e.g. Deadlines and addresses for returns',
		description: 'A short text about the article',
	},
	localeField,
	{
		displayName: 'Position',
		name: 'position',
		type: 'number',
		typeOptions: { minValue: 0 },
		default: 0,
		description: 'Its place in the category; small numbers come first',
	},
	{
		displayName: 'Search Engine Description',
		name: 'metaDescription',
		type: 'string',
		default: '',
		placeholder: 'e.g. How to return an order to My Shop',
		description: 'What search engines show below the title',
	},
	{
		displayName: 'Search Engine Tags',
		name: 'metaTags',
		type: 'string',
		default: '',
		placeholder: 'e.g. return, refund',
		description: 'Words for search engines, with commas between them',
	},
	{
		displayName: 'Search Engine Title',
		name: 'metaTitle',
		type: 'string',
		default: '',
		placeholder: 'e.g. Returns | My Shop',
		description: 'What search engines show as title',
	},
	{
		displayName: 'Slug',
		name: 'slug',
		type: 'string',
		default: '',
		placeholder: 'e.g. return-an-order',
		description: 'The part of the address that names the article; left empty, Chatwoot makes it from the title',
	},
	otherArticle,
];

/** Reads `ArticleCreate` or `ArticleUpdate` without title, content and status. */
export function readArticleFields(fields: Fields): IDataObject {
	return withoutUndefined({
		slug: readArticleSlug(fields),
		position: fields.number('position', { min: 0, max: 2_147_483_647, integer: true }),
		description: textUpTo(fields, 'description', longText),
		category_id: optionalId(fields, 'categoryId'),
		author_id: optionalId(fields, 'authorId'),
		associated_article_id: optionalId(fields, 'translationOf'),
		locale: readLocale(fields),
		meta: filledIn({ title: fields.text('metaTitle'), description: fields.text('metaDescription'), tags: readTags(fields) }),
	});
}

// Words that the portal's own pages have in their addresses.
const reserved = ['articles', 'categories', 'search'];

function readArticleSlug(fields: Fields): string | undefined {
	const slug = textUpTo(fields, 'slug');
	if (slug === undefined) return undefined;
	if (!/^[\p{L}\p{N}_-]+$/u.test(slug)) throw fields.refuse('slug', 'cannot stand in an address', 'Use letters, digits and hyphens only: return-an-order.');
	if (reserved.includes(slug.toLowerCase())) throw fields.refuse('slug', 'is a word that Chatwoot keeps for itself', `Any other than: ${reserved.join(', ')}.`);
	return slug;
}

function readTags(fields: Fields): string[] | undefined {
	const tags = fields.list('metaTags');
	return tags?.length ? [...new Set(tags)] : undefined;
}
