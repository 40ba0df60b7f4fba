import { path } from '../../../shared/http/httpClient';
import { inboxLocator } from '../../descriptions/locators';
import { accountOperation } from '../../helpers/accountOperation';
import { readId } from '../../helpers/read';

/** `deleteInboxAvatar`: `DELETE /inboxes/{id}/avatar`. */
export const deleteAvatar = accountOperation<string>({
	option: {
		name: 'Delete Avatar',
		value: 'deleteAvatar',
		action: 'Delete avatar of inbox',
		description: 'Remove the picture of an inbox, which visitors of a website see; administrators only',
	},
	properties: [inboxLocator],
	read: (item) => readId(item, 'inboxId'),
	orderingKey: (id) => id,
	async run(id, account) {
		await account.delete(path`/inboxes/${id}/avatar`);
		return { inboxId: id, avatarDeleted: true };
	},
});
