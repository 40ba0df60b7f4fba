import { readLimit, returnAllOrLimit } from '../../../shared/operation/listing';
import { objectOrEmpty } from '../../../shared/values/read';
import { accountOperation } from '../../helpers/accountOperation';
import { rowsIn } from '../../transport/answers';
import { contactOutput } from '../contact/contact';
import { searchPageSize, textField } from './search.fields';

/** `searchResolvedContacts`: `GET /search/contacts`, 15 a page. */
export const contacts = accountOperation<{ limit?: number; q: string }>({
	option: {
		name: 'Contacts',
		value: 'contacts',
		action: 'Search for reachable contacts',
		description: 'Find contacts that have an e-mail, phone or identifier, by any of these or by name',
	},
	properties: [textField, ...returnAllOrLimit],
	output: contactOutput,
	read: (item) => ({ limit: readLimit(item), q: item.required('text') }),
	async run({ limit, q }, account) {
		const { rows } = await account.collect(
			async (page) => ({ rows: rowsIn(objectOrEmpty((await account.get('/search/contacts', { q, page })).payload).contacts) }),
			searchPageSize,
			limit,
		);
		return rows;
	},
});
