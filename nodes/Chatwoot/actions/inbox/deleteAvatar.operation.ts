import { path } from '../../../shared/http/httpClient';
import { inboxLocator } from '../../descriptions/locators';
import { accountOperation } from '../../helpers/accountOperation';

/** `deleteInboxAvatar`: `DELETE /inboxes/{id}/avatar`. */
export const deleteAvatar = accountOperation({
	option: {
		name: 'Delete Avatar',
		value: 'deleteAvatar',
		action: 'Delete avatar of inbox',
		description: 'Remove the picture of an inbox, which visitors of a website see; administrators only',
	},
	record: inboxLocator,
	async run({ id }, account) {
		await account.delete(path`/inboxes/${id}/avatar`);
		return { inboxId: id, avatarDeleted: true };
	},
});
