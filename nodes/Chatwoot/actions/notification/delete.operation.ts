import { path } from '../../../shared/http/httpClient';
import { notificationLocator } from '../../descriptions/locators';
import { accountOperation } from '../../helpers/accountOperation';

/** `deleteNotification`: `DELETE /notifications/{id}`. */
export const deleteNotification = accountOperation({
	option: {
		name: 'Delete',
		value: 'delete',
		action: 'Delete notification',
		description: 'Delete a notification; its conversation stays',
	},
	record: notificationLocator,
	async run({ id }, account) {
		await account.delete(path`/notifications/${id}`);
		return { deleted: true };
	},
});
