import type { IDataObject } from 'n8n-workflow';

import { objectOrEmpty } from '../../../shared/values/read';
import { accountOperation } from '../../helpers/accountOperation';
import { withoutSecrets } from '../../transport/answers';
import { textField } from './search.fields';

/** `searchAll`: `GET /search`; the first 15 records of each kind. */
export const all = accountOperation<string>({
	option: {
		name: 'Everything',
		value: 'all',
		action: 'Search everything',
		description: 'Find conversations, contacts, messages of the last three months and help center articles: one item with the first 15 of each kind',
	},
	properties: [textField],
	read: (item) => item.required('text'),
	async run(q, account) {
		const found = withoutSecrets(objectOrEmpty((await account.get('/search', { q })).payload));
		return Object.fromEntries(['articles', 'contacts', 'conversations', 'messages'].map((kind) => [kind, Array.isArray(found[kind]) ? (found[kind] as IDataObject[]) : []]));
	},
});
