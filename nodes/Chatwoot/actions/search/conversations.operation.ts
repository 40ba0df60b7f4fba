import { readLimit, returnAllOrLimit } from '../../../shared/operation/listing';
import { objectOrEmpty } from '../../../shared/values/read';
import { accountOperation } from '../../helpers/accountOperation';
import { rowsIn } from '../../transport/answers';
import { foundConversationOutput } from './search';
import { insteadOfStumbling } from './search.calls';
import { searchPageSize, textField } from './search.fields';

/** `searchConversations`: `GET /search/conversations`, 15 a page. */
export const conversations = accountOperation<{ limit?: number; q: string }>({
	option: {
		name: 'Conversations',
		value: 'conversations',
		action: 'Search conversations',
		description: 'Find conversations by their number, or by name, e-mail, phone or identifier of the contact',
	},
	properties: [textField, ...returnAllOrLimit],
	output: foundConversationOutput,
	read: (item) => ({ limit: readLimit(item), q: item.required('text') }),
	async run({ limit, q }, account) {
		const found = await account.collect(
			async (page) => ({ rows: rowsIn(objectOrEmpty((await account.get('/search/conversations', { q, page })).payload).conversations) }),
			searchPageSize,
			limit,
		).catch(async (error: unknown) => ({ rows: await insteadOfStumbling(account, q, error) }));
		return found.rows.slice(0, limit);
	},
});
