import { textOrNull } from '../../../shared/values/read';
import type { TimeRange } from '../../descriptions/timeRange';
import { fromField, readRange, toField, wholeRange } from '../../descriptions/timeRange';
import { accountOperation } from '../../helpers/accountOperation';
import { rowsIn } from '../../transport/answers';
import { numberOrNull } from './report.fields';

const groups = ['agent', 'inbox', 'label', 'team'] as const;

/** `getOutgoingMessagesCount`: `GET /api/v2/accounts/{a}/reports/outgoing_messages_count`; Chatwoot 4.11 or later. */
export const getOutgoingMessages = accountOperation<{ group: (typeof groups)[number]; range: TimeRange }>({
	option: {
		name: 'Get Outgoing Messages',
		value: 'getOutgoingMessages',
		action: 'Get outgoing messages report',
		description: 'Get how many messages each agent, team, inbox or label sent; for Chatwoot 4.11 or later',
	},
	since: '4.11',
	properties: [
		{
			displayName: 'One Item for Each',
			name: 'group',
			type: 'options',
			options: [
				{ name: 'Agent', value: 'agent' },
				{ name: 'Inbox', value: 'inbox' },
				{ name: 'Label', value: 'label' },
				{ name: 'Team', value: 'team' },
			],
			default: 'agent',
			description: 'What to compare',
		},
		{ ...fromField, description: "Beginning of the time to look at, in the workflow's time zone; left empty, everything" },
		toField,
	],
	read: (item) => ({ group: item.choice('group', groups) ?? 'agent', range: readRange(item) }),
	run: async ({ group, range }, account) =>
		rowsIn(await account.getV2('/reports/outgoing_messages_count', { group_by: group, ...range, ...wholeRange(range) })).map((row) => ({
			id: textOrNull(row.id), name: textOrNull(row.name), messages: numberOrNull(row.outgoing_messages_count),
		})),
});
