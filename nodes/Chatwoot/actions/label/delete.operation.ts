import { path } from '../../../shared/http/httpClient';
import { labelLocator } from '../../descriptions/locators';
import { accountOperation } from '../../helpers/accountOperation';

/** `deleteLabel`: `DELETE /labels/{id}`. */
export const deleteLabel = accountOperation({
	option: {
		name: 'Delete',
		value: 'delete',
		action: 'Delete label',
		description: 'Delete a label; it is taken off contacts and conversations a little later. Administrators only.',
	},
	record: labelLocator,
	async run({ id }, account) {
		await account.delete(path`/labels/${id}`);
		return { deleted: true };
	},
});
