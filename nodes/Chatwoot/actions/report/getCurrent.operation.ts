import type { IDataObject } from 'n8n-workflow';

import { textOrNull } from '../../../shared/values/read';
import { locatorAs, teamLocator } from '../../descriptions/locators';
import { accountOperation } from '../../helpers/accountOperation';
import { rowsIn } from '../../transport/answers';
import { numberOrNull } from './report.fields';

const groups = ['all', 'assignee_id', 'team_id'] as const;

/** `getLiveConversationMetrics`, `getGroupedConversationMetrics`: `GET /api/v2/accounts/{a}/live_reports/…`. */
export const getCurrent = accountOperation<{ group: (typeof groups)[number]; team?: string }>({
	option: {
		name: 'Get Current',
		value: 'getCurrent',
		action: 'Get report of current load',
		description: 'Get how many conversations are open, unattended, unassigned and pending right now',
	},
	properties: [
		{
			displayName: 'One Item for Each',
			name: 'group',
			type: 'options',
			options: [
				{ name: 'Agent', value: 'assignee_id', description: 'Those without open conversations are left out' },
				{ name: 'Nothing (One Item in All)', value: 'all' },
				{ name: 'Team', value: 'team_id', description: 'Those without open conversations are left out' },
			],
			default: 'all',
			description: 'How to split the numbers',
		},
		locatorAs(teamLocator, { description: 'Only conversations of this team', optional: true }),
	],
	read: (item) => ({ group: item.choice('group', groups) ?? 'all', team: item.numericId('teamId') }),
	async run({ group, team }, account) {
		if (group === 'all') return toLoad(await account.getV2('/live_reports/conversation_metrics', { team_id: team }));
		const rows = rowsIn(await account.getV2('/live_reports/grouped_conversation_metrics', { group_by: group, team_id: team }));
		const names = new Map(rowsIn(await account.getOnce(group === 'team_id' ? '/teams' : '/agents')).map(({ id, name }) => [String(id), String(name)]));
		return rows.map((row) => toLoad(row, textOrNull(row[group]), names.get(String(row[group]))));
	},
});

/** @param id of the agent or team; null where the conversations have none */
function toLoad(counts: IDataObject, id: string | null = null, name?: string): IDataObject {
	return {
		id,
		name: name ?? null,
		open: numberOrNull(counts.open),
		unattended: numberOrNull(counts.unattended),
		unassigned: numberOrNull(counts.unassigned),
		pending: numberOrNull(counts.pending),
	};
}
