import { readLimit, returnAllOrLimit } from '../../../shared/operation/listing';
import { objectOrEmpty } from '../../../shared/values/read';
import { accountOperation } from '../../helpers/accountOperation';
import { rowsIn } from '../../transport/answers';
import { articleOutput } from '../helpCenterArticle/helpCenterArticle';
import { searchPageSize, textField } from './search.fields';

/** `searchArticles`: `GET /search/articles`, 15 a page. */
export const articles = accountOperation<{ limit?: number; q: string }>({
	option: {
		name: 'Articles',
		value: 'articles',
		action: 'Search articles',
		description: 'Find help center articles of all portals by title, description or text',
	},
	properties: [textField, ...returnAllOrLimit],
	output: articleOutput,
	read: (item) => ({ limit: readLimit(item), q: item.required('text') }),
	async run({ limit, q }, account) {
		const { rows } = await account.collect(
			async (page) => ({ rows: rowsIn(objectOrEmpty((await account.get('/search/articles', { q, page })).payload).articles) }),
			searchPageSize,
			limit,
		);
		return rows;
	},
});
