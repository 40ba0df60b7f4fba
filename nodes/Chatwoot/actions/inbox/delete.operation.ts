import { path } from '../../../shared/http/httpClient';
import { inboxLocator } from '../../descriptions/locators';
import { accountOperation } from '../../helpers/accountOperation';

/** `deleteInbox`: `DELETE /inboxes/{id}`; the server works it off later. */
export const deleteInbox = accountOperation({
	option: {
		name: 'Delete',
		value: 'delete',
		action: 'Delete inbox',
		description: 'Delete an inbox with all its conversations; administrators only',
	},
	record: inboxLocator,
	async run({ id }, account) {
		await account.delete(path`/inboxes/${id}`);
		return { deleted: true };
	},
});
