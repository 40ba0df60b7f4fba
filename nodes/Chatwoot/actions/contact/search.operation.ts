import type { IDataObject } from 'n8n-workflow';

import { readLimit, returnAllOrLimit } from '../../../shared/operation/listing';
import { accountOperation } from '../../helpers/accountOperation';
import { rowsIn } from '../../transport/answers';
import { contactOutput } from './contact';
import { contactOrders, contactPageSize } from './contact.calls';
import { contactSort, readSort } from './contact.lists';

/** `searchContacts`: `GET /contacts/search`; its `meta.count` is no total since 4.11. */
export const search = accountOperation<{ text: string; limit?: number; sort: string }>({
	option: {
		name: 'Search',
		value: 'search',
		action: 'Search contacts',
		description: 'Find contacts by a part of the name, e-mail, phone or identifier; also those that Get Many leaves out',
	},
	properties: [
		{
			displayName: 'Search Text',
			name: 'searchText',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. Souza',
			description: 'A part of the name, e-mail, phone or identifier. Chatwoot allows 100 searches a minute.',
		},
		...returnAllOrLimit,
		contactSort,
	],
	output: contactOutput,
	read: (item) => ({ text: item.required('searchText'), limit: readLimit(item), sort: readSort(item) }),
	async run({ text, limit, sort }, account) {
		const { rows } = await account.collect(async (page, order) => {
			const answer = await account.get<IDataObject>('/contacts/search', { q: text, sort: order, page, include_contact_inboxes: 'false' });
			return { rows: rowsIn(answer), last: (answer.meta as IDataObject | undefined)?.has_more === false };
		}, contactPageSize, limit, contactOrders(sort));
		return rows;
	},
});
