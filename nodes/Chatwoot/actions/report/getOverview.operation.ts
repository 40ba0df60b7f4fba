import type { IDataObject } from 'n8n-workflow';

import { objectOrEmpty, textOrNull } from '../../../shared/values/read';
import type { TimeRange } from '../../descriptions/timeRange';
import { fromField, readRange, toField, sixMonths, wholeRange } from '../../descriptions/timeRange';
import { accountOperation } from '../../helpers/accountOperation';
import { rowsIn } from '../../transport/answers';
import type { AccountClient } from '../../transport/client';
import { channelNames } from '../inbox/inbox';
import { businessHours, numberOrNull } from './report.fields';

const groups = ['agent', 'channel', 'inbox', 'label', 'team'] as const;
type Group = (typeof groups)[number];

/** The lists that have the names of what the server answers by ID. */
const lists: Partial<Record<Group, string>> = { agent: '/agents', inbox: '/inboxes', team: '/teams' };

/** `getAgentSummary`, `getTeamSummary` and so on: `GET /api/v2/accounts/{a}/summary_reports/{group}`. */
export const getOverview = accountOperation<{ group: Group; query: TimeRange & { business_hours?: boolean } }>({
	option: {
		name: 'Get Overview',
		value: 'getOverview',
		action: 'Get overview report',
		description: 'Get the conversations and times of every agent, team, inbox, label or channel, one item each',
	},
	properties: [
		{
			displayName: 'One Item for Each',
			name: 'group',
			type: 'options',
			options: [
				{ name: 'Agent', value: 'agent' },
				{ name: 'Channel', value: 'channel', description: 'Conversations by state; at most six months' },
				{ name: 'Inbox', value: 'inbox' },
				{ name: 'Label', value: 'label' },
				{ name: 'Team', value: 'team' },
			],
			default: 'agent',
			description: 'What to compare',
		},
		{ ...fromField, description: "Beginning of the time to look at, in the workflow's time zone; left empty, everything, for channels the last six months" },
		toField,
		businessHours,
	],
	read: (item) => ({ group: item.choice('group', groups) ?? 'agent', query: { ...readRange(item), business_hours: item.boolean('businessHours') || undefined } }),
	async run({ group, query }, account) {
		const answer = await account.getV2<unknown>(`/summary_reports/${group}`, { ...query, ...wholeRange(query, group === 'channel' ? sixMonths : undefined) });
		if (group === 'channel') return Object.entries(objectOrEmpty(answer)).map(toChannelRow);
		const names = await namesOf(account, group);
		return rowsIn(answer).map((row) => ({
			id: String(row.id ?? ''),
			name: textOrNull(row.name) ?? names.get(String(row.id)) ?? null,
			conversations: numberOrNull(row.conversations_count),
			resolutions: numberOrNull(row.resolved_conversations_count),
			firstResponseTime: numberOrNull(row.avg_first_response_time),
			resolutionTime: numberOrNull(row.avg_resolution_time),
			replyTime: numberOrNull(row.avg_reply_time),
		}));
	},
});

async function namesOf(account: AccountClient, group: Group): Promise<Map<string, string>> {
	const list = lists[group];
	if (!list) return new Map();
	return new Map(rowsIn(await account.getOnce(list)).map(({ id, name }) => [String(id), String(name)]));
}

function toChannelRow([channel, counts]: [string, unknown]): IDataObject {
	const { open, resolved, pending, snoozed, total } = objectOrEmpty(counts);
	return {
		id: channel,
		name: channelNames[channel] ?? channel,
		conversations: numberOrNull(total),
		open: numberOrNull(open),
		pending: numberOrNull(pending),
		snoozed: numberOrNull(snoozed),
		resolved: numberOrNull(resolved),
	};
}
