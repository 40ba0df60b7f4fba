import type { INodeProperties } from 'n8n-workflow';

import type { Fields, Item } from '../../../shared/operation/item';
import type { QueryValue } from '../../../shared/http/httpClient';
import { zoneOffset } from '../../../shared/values/time';
import { agentLocator, inboxLocator, labelLocator, locatorAs, teamLocator } from '../../descriptions/locators';
import { requiredRange } from '../../descriptions/timeRange';

const scopes = ['account', 'agent', 'inbox', 'label', 'team'] as const;
const idFields = { agent: 'agentId', inbox: 'inboxId', label: 'labelId', team: 'teamId' } as const;
const intervals = ['day', 'hour', 'month', 'week', 'year'] as const;

/** What the numbers are about: the whole account, or one agent, inbox, label or team. */
export const scopeFields: INodeProperties[] = [
	{
		displayName: 'About',
		name: 'scope',
		type: 'options',
		options: [
			{ name: 'Account', value: 'account' },
			{ name: 'Agent', value: 'agent' },
			{ name: 'Inbox', value: 'inbox' },
			{ name: 'Label', value: 'label' },
			{ name: 'Team', value: 'team' },
		],
		default: 'account',
		description: 'What the numbers are about',
	},
	...([[agentLocator, 'agent'], [inboxLocator, 'inbox'], [labelLocator, 'label'], [teamLocator, 'team']] as const).map(([base, scope]) =>
		locatorAs(base, { description: `The ${scope} that the numbers are about`, displayOptions: { show: { scope: [scope] } } })),
];

export const businessHours: INodeProperties = {
	displayName: 'Business Hours Only',
	name: 'businessHours',
	type: 'boolean',
	default: false,
	description: 'Whether times count only while the inbox is open',
};

/** The question of a report as the query of `getReport`, `getReportSummary` and `getBotReportSummary`. */
export function readScope(item: Item): Record<string, QueryValue> {
	const type = item.choice('scope', scopes) ?? 'account';
	const range = requiredRange(item);
	return {
		type,
		id: type === 'account' ? undefined : item.requiredNumericId(idFields[type]),
		...range,
		// The server's days begin at midnight of this zone.
		timezone_offset: zoneOffset(Number(range.since) * 1000, item.timezone()) / 3_600_000,
	};
}

export const intervalField: INodeProperties = {
	displayName: 'Interval',
	name: 'interval',
	type: 'options',
	options: [
		{ name: 'Day', value: 'day' },
		{ name: 'Hour', value: 'hour' },
		{ name: 'Month', value: 'month' },
		{ name: 'Week', value: 'week' },
		{ name: 'Year', value: 'year' },
	],
	default: 'day',
	description: 'What one number stands for',
};

export function readInterval(fields: Fields) {
	return fields.choice('interval', intervals) ?? 'day';
}

/** Seconds or a count, as a number; the server writes some as text. */
export function numberOrNull(value: unknown): number | null {
	if (value === null || value === undefined || value === '' || typeof value === 'object') return null;
	const number = Number(value);
	return Number.isFinite(number) ? number : null;
}
