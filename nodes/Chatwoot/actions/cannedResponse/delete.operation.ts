import { path } from '../../../shared/http/httpClient';
import { accountOperation } from '../../helpers/accountOperation';
import { cannedResponseLocator } from '../../descriptions/settingsLocators';

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
