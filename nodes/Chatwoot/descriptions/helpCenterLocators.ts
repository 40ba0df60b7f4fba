import type { INodeProperties } from 'n8n-workflow';

import type { Fields, Item } from '../../shared/operation/item';
import { locator } from './locators';

/** A portal of the help center, by its slug: the part of the address that names it. */
export const portalLocator: INodeProperties = locator({
	label: 'Portal',
	field: 'portalSlug',
	help: 'The help center portal; by ID means by its slug, which stands in its address',
	search: 'searchPortals',
	record: 'a portal',
	example: 'my-shop',
	idPattern: '^\\s*[^\\s/]+\\s*$',
	page: { example: 'portals/my-shop/en/articles', regex: 'https?://[^\\s]*?/(?:portals|hc)/([^/?#\\s]+)' },
});

/** A category of the chosen portal. */
export const categoryLocator: INodeProperties = locator({
	label: 'Category',
	field: 'categoryId',
	help: 'The category of the portal to work with',
	search: 'searchCategories',
	record: 'a category',
	example: '4',
});

/** An article of the chosen portal. */
export const articleLocator: INodeProperties = locator({
	label: 'Article',
	field: 'articleId',
	help: 'The article of the portal to work with',
	search: 'searchArticles',
	record: 'an article',
	example: '12',
	page: { example: 'portals/my-shop/en/articles/edit/12', regex: 'https?://[^\\s]*?/articles/(?:[^\\s?#]*/)?(\\d+)' },
});

/** An article where it may be left empty; without the URL mode, which n8n reads for the node's own fields only. */
export const otherArticle: INodeProperties = {
	...locator({
		label: 'Translation Of',
		field: 'translationOf',
		help: 'The article in another language that this one translates',
		search: 'searchArticles',
		record: 'an article',
		example: '12',
		required: false,
	}),
};

/** A language of the portal. */
export const localeField: INodeProperties = {
	displayName: 'Language Name or ID',
	name: 'locale',
	type: 'options',
	typeOptions: { loadOptionsMethod: 'portalLocales', loadOptionsDependsOn: ['portalSlug.value'] },
	default: '',
	description: 'One of the languages of the portal. Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
};

/**
 * The portal of an item; slugs hold no blanks and no slashes.
 *
 * @param part field of a record in the portal, whose address names the portal as well
 */
export function readPortal(item: Item, part?: string): string {
	const slug = part === undefined ? item.requiredLocator('portalSlug') : item.requiredWhole('portalSlug', part);
	if (/[/?#]/.test(slug)) throw item.refuse('portalSlug', 'is not the slug of a portal', 'Pick the portal from the list, or give the part of its address after /hc/.');
	return slug;
}

/** A language code such as "en" or "pt_BR". */
export function readLocale(fields: Fields, name = 'locale'): string | undefined {
	const locale = fields.text(name);
	if (locale !== undefined && !isLocale(locale)) throw fields.refuse(name, 'is not a language code', 'Give a code such as en, pt_BR or es.');
	return locale;
}

export const isLocale = (text: string): boolean => /^[a-z]{2,3}([_-][A-Za-z0-9]{2,8})*$/.test(text);
