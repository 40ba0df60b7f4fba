import { path } from '../../../shared/http/httpClient';
import { operation } from '../../../shared/operation/operation';
import { readLimit, returnAllOrLimit } from '../../../shared/operation/listing';
import type { CallbellClient } from '../../transport/client';
import { teamLocator } from '../../descriptions/locators';
import { simplifyMember } from './team';

/** `GET /teams/{uuid}/members`, the only call that lists people. */
export const getMembers = operation<CallbellClient, { status?: string; limit?: number }>({
	option: {
		name: 'Get Members',
		value: 'getMembers',
		action: 'Get members of team',
		description: 'Get the people of a team and whether they are available; Callbell gives their e-mail addresses, not their IDs',
	},
	record: { ...teamLocator, required: true },
	properties: [
		...returnAllOrLimit,
		{
			displayName: 'Availability',
			name: 'status',
			type: 'options',
			options: [
				{ name: 'Any', value: 'any' },
				{ name: 'Available', value: 'available' },
				{ name: 'Away', value: 'away' },
			],
			default: 'any',
			description: 'Only members who are available or away',
		},
	],
	read(item) {
		const status = item.choice('status', ['any', 'available', 'away'] as const);
		return { limit: readLimit(item), status: status === 'any' ? undefined : status };
	},
	run: async ({ id, status, limit }, callbell) =>
		(await callbell.list(path`/teams/${id}/members`, 'users', { status }, { limit }, 'email')).map(simplifyMember),
});
