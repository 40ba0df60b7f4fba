import { path } from '../../../shared/http/httpClient';
import { teamLocator } from '../../descriptions/locators';
import { accountOperation } from '../../helpers/accountOperation';
import { teamOutput } from './team';

/** `getTeam`: `GET /teams/{id}`. */
export const get = accountOperation({
	option: {
		name: 'Get',
		value: 'get',
		action: 'Get team',
		description: 'Get one team',
	},
	record: teamLocator,
	output: teamOutput,
	run: async ({ id }, account) => await account.get(path`/teams/${id}`),
});
