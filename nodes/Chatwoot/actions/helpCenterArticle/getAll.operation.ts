import type { IDataObject } from 'n8n-workflow';

import type { QueryValue } from '../../../shared/http/httpClient';
import { path } from '../../../shared/http/httpClient';
import { readLimit, returnAllOrLimit } from '../../../shared/operation/listing';
import { objectOrEmpty } from '../../../shared/values/read';
import { agentLocator, locatorAs, categoryLocator, localeField, portalLocator } from '../../descriptions/locators';
import { accountOperation } from '../../helpers/accountOperation';
import { inPortal, readLocale, readPortal } from '../../helpers/helpCenter';
import { optionalId } from '../../helpers/read';
import { rowsIn } from '../../transport/answers';
import type { AccountClient } from '../../transport/client';
import { articleOutput } from './helpCenterArticle';
import { statuses, statusField } from './helpCenterArticle.fields';

/** Articles on a full page. */
const pageSize = 25;

interface Input {
	portal: string;
	limit?: number;
	query: Record<string, QueryValue>;
	categoryId?: number;
}

/** `listArticles`: `GET /portals/{slug}/articles`; last change first, in a category by position. */
export const getAll = accountOperation<Input>({
	option: {
		name: 'Get Many',
		value: 'getAll',
		action: 'Get many help center articles',
		description: 'Get articles of a portal, all of them or those with a text, status, category, language or author',
	},
	properties: [
		portalLocator,
		...returnAllOrLimit,
		{
			displayName: 'Filters',
			name: 'filters',
			type: 'collection',
			placeholder: 'Add Filter',
			default: {},
			description: 'Which articles to return; all filters have to fit',
			options: [
				locatorAs(agentLocator, { displayName: 'Author', name: 'authorId', description: 'Only articles of this agent', optional: true }),
				locatorAs(categoryLocator, { description: 'Only articles in this category', optional: true }),
				localeField,
				{
					displayName: 'Search Text',
					name: 'text',
					type: 'string',
					default: '',
					placeholder: 'e.g. return',
					description: 'Only articles with these words in title, description or text',
				},
				{ ...statusField, description: 'Only articles in this state' },
			],
		},
	],
	output: articleOutput,
	read(item) {
		const filters = item.collection('filters');
		return {
			portal: readPortal(item),
			limit: readLimit(item),
			categoryId: optionalId(filters, 'categoryId'),
			query: { locale: readLocale(filters), query: filters.text('text'), status: filters.choice('status', statuses), author_id: optionalId(filters, 'authorId') },
		};
	},
	async run({ portal, limit, query, categoryId }, account) {
		const category = categoryId === undefined ? undefined : await categoryOf(account, portal, categoryId);
		const locale = category?.locale as string | undefined;
		if (locale !== undefined && query.locale !== undefined && query.locale !== locale) return [];
		const { rows } = await account.collect(async (page) => {
			const answer = await account.get(path`/portals/${portal}/articles`, { ...query, ...(category ? { category_slug: String(category.slug), locale } : {}), page });
			const total = Number(objectOrEmpty(answer.meta).articles_count);
			return { rows: rowsIn(answer), total: Number.isFinite(total) ? total : undefined };
		}, pageSize, limit);
		return rows.map((article) => inPortal(article, portal));
	},
});

/** The list of articles names categories by slug, which each language has again. */
async function categoryOf(account: AccountClient, portal: string, id: number): Promise<IDataObject> {
	const found = rowsIn(await account.getOnce(path`/portals/${portal}/categories`)).find((category) => category.id === id);
	if (!found) throw account.http.error(`Portal ${portal} has no category ${id}`, 'Pick the category from the list.');
	return found;
}
