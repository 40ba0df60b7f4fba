import type { IDataObject } from 'n8n-workflow';

import { readLimit, returnAllOrLimit } from '../../../shared/operation/listing';
import { objectOrEmpty } from '../../../shared/values/read';
import { inboxLocator } from '../../descriptions/locators';
import { accountOperation } from '../../helpers/accountOperation';
import { rowsIn } from '../../transport/answers';
import type { AccountClient } from '../../transport/client';
import { messageOutput } from '../message/message';
import { searchPageSize, textField } from './search.fields';

interface Filters {
	/** Seconds since 1970. */
	since?: number;
	/** Seconds since 1970. */
	until?: number;
	inbox?: string;
}

interface Input {
	limit?: number;
	q: string;
	filters: Filters;
}

const seconds = (date: string | undefined) => (date === undefined ? undefined : Math.floor(Date.parse(date) / 1000));

/** `searchMessages`: `GET /search/messages`, 15 a page. */
export const messages = accountOperation<Input>({
	option: {
		name: 'Messages',
		value: 'messages',
		action: 'Search messages',
		description: 'Find messages of the last three months by their text',
	},
	properties: [
		textField,
		...returnAllOrLimit,
		{
			displayName: 'Filters',
			name: 'filters',
			type: 'collection',
			placeholder: 'Add Filter',
			default: {},
			description: 'Which of the messages to return; all filters have to fit',
			options: [
				{ ...inboxLocator, required: false, description: 'Only messages in this inbox' },
				{
					displayName: 'Sent After',
					name: 'since',
					type: 'dateTime',
					default: '',
					description: 'Only messages sent at or after this time',
				},
				{
					displayName: 'Sent Before',
					name: 'until',
					type: 'dateTime',
					default: '',
					description: 'Only messages sent at or before this time',
				},
			],
		},
	],
	output: messageOutput,
	read(item) {
		const filters = item.collection('filters');
		return { limit: readLimit(item), q: item.required('text'), filters: { since: seconds(filters.date('since')), until: seconds(filters.date('until')), inbox: filters.locator('inboxId') } };
	},
	async run({ limit, q, filters }, account) {
		if (Object.values(filters).some((value) => value !== undefined)) return await filtered(account, q, filters, limit);
		const { rows } = await account.collect(async (page) => ({ rows: await pageOf(account, { q, page }) }), searchPageSize, limit);
		return rows;
	},
});

const pageOf = async (account: AccountClient, query: Record<string, string | number | undefined>): Promise<IDataObject[]> => rowsIn(objectOrEmpty((await account.get('/search/messages', query)).payload).messages);

/** Looks at each message once more: without its feature advanced_search, off in most accounts, the server passes the filters over. */
async function filtered(account: AccountClient, q: string, { since, until, inbox }: Filters, limit = Infinity): Promise<IDataObject[]> {
	const kept = new Map<string, IDataObject>();
	for (let page = 1; kept.size < limit && !account.http.signal?.aborted; page += 1) {
		const rows = await pageOf(account, { q, page, since, until, inbox_id: inbox });
		for (const row of rows) {
			const sent = Number(row.created_at);
			if ((since === undefined || sent >= since) && (until === undefined || sent <= until) && (inbox === undefined || String(row.inbox_id) === inbox)) kept.set(String(row.id), row);
		}
		// Newest first: what follows is older still.
		if (rows.length < searchPageSize || Number(rows.at(-1)?.created_at) < (since ?? -Infinity)) break;
	}
	return [...kept.values()].slice(0, limit);
}
