import { path } from '../../../shared/http/httpClient';
import { teamLocator } from '../../descriptions/locators';
import { accountOperation } from '../../helpers/accountOperation';

/** `deleteTeam`: `DELETE /teams/{id}`. */
export const deleteTeam = accountOperation({
	option: {
		name: 'Delete',
		value: 'delete',
		action: 'Delete team',
		description: 'Delete a team; its conversations stay, without a team',
	},
	record: teamLocator,
	async run({ id }, account) {
		await account.delete(path`/teams/${id}`);
		return { deleted: true };
	},
});
