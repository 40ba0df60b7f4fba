import { path } from '../../../shared/http/httpClient';
import { accountOperation, readId } from '../../helpers/accountOperation';
import { notificationLocator } from '../../descriptions/settingsLocators';

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
