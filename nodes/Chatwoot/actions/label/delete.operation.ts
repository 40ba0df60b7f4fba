import { path } from '../../../shared/http/httpClient';
import { labelLocator } from '../../descriptions/locators';
import { accountOperation } from '../../helpers/accountOperation';
import { readId } from '../../helpers/read';

/** `deleteLabel`: `DELETE /labels/{id}`. */
export const deleteLabel = accountOperation<string>({
	option: {
		name: 'Delete',
		value: 'delete',
		action: 'Delete label',
		description: 'Delete a label; it is taken off contacts and conversations a little later. Administrators only.',
	},
	properties: [labelLocator],
	read: (item) => readId(item, 'labelId'),
	orderingKey: (id) => id,
	async run(id, account) {
		await account.delete(path`/labels/${id}`);
		return { deleted: true };
	},
});
