import type { IDataObject } from 'n8n-workflow';

import type { QueryValue } from '../../../shared/http/httpClient';
import type { Page } from '../../../shared/http/pagination';
import { readLimit, returnAllOrLimit } from '../../../shared/operation/listing';
import { comparing } from '../../../shared/values/compare';
import { objectOrEmpty } from '../../../shared/values/read';
import { table } from '../../../shared/values/table';
import { accountOperation } from '../../helpers/accountOperation';
import { rowsIn } from '../../transport/answers';
import { conversationOutput } from './conversation';
import type { ConversationQuery } from './conversation.fields';
import { conversationFilters, labelled, readConversationQuery, statusFilter } from './conversation.fields';
import { conversationPageSize } from './conversation.calls';

const sorts = [
	'created_at_asc', 'created_at_desc', 'last_activity_at_asc', 'last_activity_at_desc', 'priority_asc', 'priority_desc', 'waiting_since_asc',
	'waiting_since_desc',
] as const;

/** The count of each list; with a search text the server counts messages, and may count too many. */
const counts = table({ all: 'all_count', assigned: 'assigned_count', me: 'mine_count', unassigned: 'unassigned_count' });

const ranks = ['low', 'medium', 'high', 'urgent'];

/** The order of the output, when the list was read in several. */
function inOrder(sort: string): (one: IDataObject, other: IDataObject) => number {
	const key = sort.replace(/_(?:asc|desc)$/, '');
	// Zero is nobody who waits.
	const valueOf = (row: IDataObject) => (key === 'priority' ? ranks.indexOf(String(row.priority)) : key === 'last_activity_at' ? (row.last_activity_at ?? row.timestamp) : row[key] === 0 ? undefined : row[key]);
	return comparing((row) => (valueOf(row) === -1 ? undefined : valueOf(row)), sort.endsWith('desc'));
}

interface Input {
	limit?: number;
	narrowed: ConversationQuery;
	sortBy: string;
	updatedWithin?: number;
}

/** `listConversations`: `GET /conversations`. */
export const getAll = accountOperation<Input>({
	option: {
		name: 'Get Many',
		value: 'getAll',
		action: 'Get many conversations',
		description: 'Get many conversations; an agent sees only those of its inboxes',
	},
	properties: [
		...returnAllOrLimit,
		statusFilter,
		conversationFilters,
		{
			displayName: 'Updated Within',
			name: 'updatedWithin',
			type: 'number',
			typeOptions: { minValue: 0 },
			default: 0,
			description: 'Only conversations with activity in the last so many minutes; 0 for any. Chatwoot then gives all of them at once.',
		},
		{
			displayName: 'Sort',
			name: 'sort',
			type: 'options',
			options: [
				{ name: 'Created, Newest First', value: 'created_at_desc' },
				{ name: 'Created, Oldest First', value: 'created_at_asc' },
				{ name: 'Last Activity, Newest First', value: 'last_activity_at_desc' },
				{ name: 'Last Activity, Oldest First', value: 'last_activity_at_asc' },
				{ name: 'Priority, Highest First', value: 'priority_desc' },
				{ name: 'Priority, Lowest First', value: 'priority_asc' },
				{ name: 'Waiting, Longest First', value: 'waiting_since_asc' },
				{ name: 'Waiting, Shortest First', value: 'waiting_since_desc' },
			],
			default: 'last_activity_at_desc',
			description: 'The order of the conversations',
		},
	],
	output: conversationOutput,
	read(item) {
		const minutes = item.number('updatedWithin', { min: 0 }) ?? 0;
		return {
			limit: readLimit(item),
			narrowed: readConversationQuery(item),
			sortBy: item.choice('sort', sorts) ?? 'last_activity_at_desc',
			updatedWithin: minutes > 0 ? Math.round(minutes * 60) : undefined,
		};
	},
	async run({ limit, narrowed, sortBy, updatedWithin }, account) {
		const query: Record<string, QueryValue> = await labelled(account, narrowed);
		const count = counts[String(query.assignee_type ?? 'all')] ?? 'all_count';
		const { rows } = await account.collectUnknownSize(async (page, sort): Promise<Page<IDataObject>> => {
			const { data } = await account.get<IDataObject>('/conversations', { ...query, sort_by: sort, updated_within: updatedWithin, page: updatedWithin === undefined ? page : undefined });
			const list = objectOrEmpty(data);
			const total = Number(objectOrEmpty(list.meta)[count]);
			const counted = Number.isFinite(total) ? total : undefined;
			return { rows: rowsIn(list), ...(query.q === undefined ? { total: counted } : { upTo: counted }), last: updatedWithin !== undefined };
		}, conversationPageSize, limit, { sort: sortBy, others: ['created_at_desc', 'created_at_asc'], compare: inOrder(sortBy) });
		return rows;
	},
});
