import type { QueryValue } from '../../../shared/http/httpClient';
import { readLimit, returnAllOrLimit } from '../../../shared/operation/listing';
import { objectOrEmpty } from '../../../shared/values/read';
import { accountOperation } from '../../helpers/accountOperation';
import { rowsIn } from '../../transport/answers';
import { foundByMessageOutput } from '../search/search';
import type { ConversationQuery } from './conversation.fields';
import { conversationFilters, labelled, readConversationFilters } from './conversation.fields';
import { conversationPageSize } from './conversation.calls';

/** `searchConversationMessages`: `GET /conversations/search`. */
export const searchMessages = accountOperation<{ limit?: number; narrowed: ConversationQuery; text: string }>({
	option: {
		name: 'Search by Message Text',
		value: 'searchMessages',
		action: 'Search conversations by message text',
		description: 'Find conversations in any state by a text in their messages: short records with the messages that hold it',
	},
	properties: [
		{
			displayName: 'Message Text',
			name: 'text',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. invoice',
			description: 'The text to look for; capital and small letters are the same',
		},
		...returnAllOrLimit,
		{ ...conversationFilters, options: conversationFilters.options?.filter(({ name }) => name !== 'q') as typeof conversationFilters.options },
	],
	output: foundByMessageOutput,
	// Chatwoot does not look at the status here.
	read: (item) => ({ limit: readLimit(item), narrowed: readConversationFilters(item), text: item.required('text') }),
	async run({ limit, narrowed, text }, account) {
		const query: Record<string, QueryValue> = { ...(await labelled(account, narrowed)), q: text };
		const fetchPage = async (page: number) => {
			const answer = await account.get('/conversations/search', { ...query, page });
			const total = Number(objectOrEmpty(answer.meta).all_count);
			// Counted by messages, a conversation with several is counted several times.
			return { rows: rowsIn(answer), upTo: query.assignee_type === undefined && Number.isFinite(total) ? total : undefined };
		};
		const { rows } = await account.collectUnknownSize(fetchPage, conversationPageSize, limit);
		return rows;
	},
});
