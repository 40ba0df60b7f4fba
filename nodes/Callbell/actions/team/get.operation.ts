import { path } from '../../../shared/http';
import { operation } from '../../../shared/operation';
import { simplifyTeam } from '../../team';
import type { CallbellClient } from '../../client';
import { recordIn } from '../../client';
import { teamLocator } from '../../locators';

/** `GET /teams/{uuid}`. */
export const get = operation<CallbellClient, string>({
	option: {
		name: 'Get',
		value: 'get',
		action: 'Get team',
		description: 'Get one team by its ID',
	},
	properties: [{ ...teamLocator, required: true }],
	read: (item) => item.requiredLocator('teamId'),
	run: async (id, callbell) => simplifyTeam(recordIn(await callbell.get(path`/teams/${id}`), 'team')),
});
