import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { path } from '../../shared/http/httpClient';
import { rowsIn } from '../transport/client';
import { accountOf, filtered, item, pickedId, searchAtOnce } from './context';

/** Portals of the help center by their slug, which stands in every address. */
export async function searchPortals(this: ILoadOptionsFunctions, filter?: string): Promise<INodeListSearchResult> {
	const account = await accountOf(this);
	const portals = rowsIn(await account.get('/portals'));
	return { results: filtered(portals.map(({ slug, name }) => ({ name: `${String(name)} · ${String(slug)}`, value: String(slug) })), filter) };
}

/** The categories of the portal that is picked in the node. */
export async function searchCategories(this: ILoadOptionsFunctions, filter?: string): Promise<INodeListSearchResult> {
	const portal = pickedId(this, 'portalSlug');
	if (portal === undefined) return { results: [] };
	return await searchAtOnce(this, filter, async (account) => await account.get(path`/portals/${portal}/categories`), (category) => item(category, category.name, category.locale));
}

/** Articles of the portal that is picked in the node, last change first; with a text, those that hold it. */
export async function searchArticles(this: ILoadOptionsFunctions, filter?: string, paginationToken?: string): Promise<INodeListSearchResult> {
	const portal = pickedId(this, 'portalSlug');
	if (portal === undefined) return { results: [] };
	const page = Number(paginationToken ?? 1);
	const account = await accountOf(this);
	const rows = rowsIn(await account.get(path`/portals/${portal}/articles`, { query: filter?.trim(), page }));
	return { results: rows.map((article) => item(article, article.title, article.status)), paginationToken: rows.length < 25 ? undefined : String(page + 1) };
}
