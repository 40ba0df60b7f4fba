import { path } from '../../../shared/http/httpClient';
import { operation } from '../../../shared/operation/operation';
import { simplifyTeam } from './team';
import type { CallbellClient } from '../../transport/client';
import { recordIn } from '../../transport/client';
import { teamLocator } from '../../descriptions/locators';

/** `GET /teams/{uuid}`. */
export const get = operation<CallbellClient>({
	option: {
		name: 'Get',
		value: 'get',
		action: 'Get team',
		description: 'Get one team by its ID',
	},
	record: { ...teamLocator, required: true },
	run: async ({ id }, callbell) => simplifyTeam(recordIn(await callbell.get(path`/teams/${id}`), 'team')),
});
