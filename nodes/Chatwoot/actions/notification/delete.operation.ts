import { path } from '../../../shared/http/httpClient';
import { notificationLocator } from '../../descriptions/locators';
import { accountOperation } from '../../helpers/accountOperation';
import { readId } from '../../helpers/read';

/** `deleteNotification`: `DELETE /notifications/{id}`. */
export const deleteNotification = accountOperation<string>({
	option: {
		name: 'Delete',
		value: 'delete',
		action: 'Delete notification',
		description: 'Delete a notification; its conversation stays',
	},
	properties: [notificationLocator],
	read: (item) => readId(item, 'notificationId'),
	orderingKey: (id) => id,
	async run(id, account) {
		await account.delete(path`/notifications/${id}`);
		return { deleted: true };
	},
});
