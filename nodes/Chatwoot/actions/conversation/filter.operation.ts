import type { IDataObject } from 'n8n-workflow';

import { readLimit, returnAllOrLimit } from '../../../shared/operation/listing';
import type { FilterForm, FilterKey } from '../../descriptions/filters';
import { completeFilter, explainFilter, filterProperties, readFilter } from '../../descriptions/filters';
import { accountOperation } from '../../helpers/accountOperation';
import { rowsIn } from '../../transport/answers';
import { conversationOutput } from './conversation';
import { conversationPageSize } from './conversation.calls';
import { table } from '../../../shared/values/table';

const equality = ['equal_to', 'not_equal_to'] as const;
const presence = [...equality, 'is_present', 'is_not_present'] as const;
const parts = [...equality, 'contains', 'does_not_contain'] as const;
const days = ['is_greater_than', 'is_less_than', 'days_before'] as const;

/** `ConversationFilterRow`, `x-operators`. */
export const conversationFilterKeys: Record<string, FilterKey> = table({
	assignee_id: { name: 'Assignee ID', operators: presence, kind: 'ids' },
	browser_language: { name: 'Browser Language', operators: equality },
	campaign_id: { name: 'Campaign ID', operators: presence, kind: 'ids' },
	contact_id: { name: 'Contact ID', operators: equality, kind: 'ids' },
	conversation_language: { name: 'Conversation Language', operators: equality },
	created_at: { name: 'Created', operators: days, kind: 'day' },
	display_id: { name: 'Conversation ID', operators: equality, kind: 'ids' },
	inbox_id: { name: 'Inbox ID', operators: presence, kind: 'ids' },
	labels: { name: 'Label', operators: presence, kind: 'labels' },
	last_activity_at: { name: 'Last Activity', operators: days, kind: 'day' },
	mail_subject: { name: 'Mail Subject', operators: parts },
	priority: { name: 'Priority', operators: equality, kind: 'words', words: ['low', 'medium', 'high', 'urgent'] },
	referer: { name: 'Referer', operators: parts },
	status: { name: 'Status', operators: equality, kind: 'words', words: ['all', 'open', 'pending', 'resolved', 'snoozed'] },
	team_id: { name: 'Team ID', operators: presence, kind: 'ids' },
});

/** `filterConversations`: `POST /conversations/filter`; its answer has no `data`, unlike the list. */
export const filter = accountOperation<{ conditions: FilterForm; limit?: number }>({
	option: {
		name: 'Filter',
		value: 'filter',
		action: 'Filter conversations',
		description: 'Get the conversations that fit conditions on their fields, labels or custom attributes',
	},
	properties: [...filterProperties(conversationFilterKeys), ...returnAllOrLimit],
	output: conversationOutput,
	read: (item) => ({ conditions: readFilter(item, conversationFilterKeys), limit: readLimit(item) }),
	async run({ conditions, limit }, account) {
		const payload = await completeFilter(account, conditions, 'conversation');
		const { rows } = await explainFilter(account, conditions, async () => await account.collectUnknownSize(async (page) => {
			const answer = await account.postAgain<IDataObject>('/conversations/filter', { payload }, { page });
			const total = Number((answer.meta as IDataObject | undefined)?.all_count);
			return { rows: rowsIn(answer), total: Number.isFinite(total) ? total : undefined };
		}, conversationPageSize, limit));
		return rows;
	},
});
