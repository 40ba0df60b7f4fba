import { readLimit, returnAllOrLimit } from '../../../shared/operation/listing';
import { objectOrEmpty } from '../../../shared/values/read';
import { accountOperation } from '../../helpers/accountOperation';
import { rowsIn } from '../../transport/answers';
import { messageOutput } from '../message/message';
import { searchPageSize, textField } from './search.fields';

/** `searchMessages`: `GET /search/messages`, 15 a page. */
export const messages = accountOperation<{ limit?: number; q: string }>({
	option: {
		name: 'Messages',
		value: 'messages',
		action: 'Search messages',
		description: 'Find messages of the last three months by their text',
	},
	properties: [textField, ...returnAllOrLimit],
	output: messageOutput,
	read: (item) => ({ limit: readLimit(item), q: item.required('text') }),
	async run({ limit, q }, account) {
		const { rows } = await account.collect(
			async (page) => ({ rows: rowsIn(objectOrEmpty((await account.get('/search/messages', { q, page })).payload).messages) }),
			searchPageSize,
			limit,
		);
		return rows;
	},
});
