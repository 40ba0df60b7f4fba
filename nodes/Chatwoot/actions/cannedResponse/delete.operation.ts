import { path } from '../../../shared/http/httpClient';
import { cannedResponseLocator } from '../../descriptions/locators';
import { accountOperation } from '../../helpers/accountOperation';

/** `deleteCannedResponse`: `DELETE /canned_responses/{id}`. */
export const deleteCannedResponse = accountOperation<string>({
	option: {
		name: 'Delete',
		value: 'delete',
		action: 'Delete canned response',
		description: 'Delete a canned response',
	},
	properties: [cannedResponseLocator],
	read: (item) => item.requiredNumericId('cannedResponseId'),
	orderingKey: (id) => id,
	async run(id, account) {
		await account.delete(path`/canned_responses/${id}`);
		return { deleted: true };
	},
});
