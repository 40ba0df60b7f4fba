import { operation } from '../../../shared/operation/operation';
import { recordsOf, textOrNull } from '../../../shared/values/read';
import type { CallbellClient } from '../../transport/client';
import { simplifyTeam } from '../team/team';

/** `GET /plan`. */
export const getPlan = operation<CallbellClient, null>({
	option: {
		name: 'Get Plan',
		value: 'getPlan',
		action: 'Get plan of account',
		description: 'Get the plan, its channels and seats, and the teams of the account',
	},
	properties: [],
	read: () => null,
	async run(_, callbell) {
		const { plan, includedChannels, licenses, activeUsers, teams } = await callbell.get('/plan');
		return {
			plan: textOrNull(plan),
			includedChannels: includedChannels ?? null,
			licenses: licenses ?? null,
			activeUsers: activeUsers ?? null,
			teams: recordsOf(teams).map(simplifyTeam),
		};
	},
});
