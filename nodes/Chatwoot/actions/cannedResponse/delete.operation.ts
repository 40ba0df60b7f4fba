import { path } from '../../../shared/http/httpClient';
import { cannedResponseLocator } from '../../descriptions/locators';
import { accountOperation } from '../../helpers/accountOperation';

/** `deleteCannedResponse`: `DELETE /canned_responses/{id}`. */
export const deleteCannedResponse = accountOperation({
	option: {
		name: 'Delete',
		value: 'delete',
		action: 'Delete canned response',
		description: 'Delete a canned response',
	},
	record: cannedResponseLocator,
	async run({ id }, account) {
		await account.delete(path`/canned_responses/${id}`);
		return { deleted: true };
	},
});
