import { path } from '../../../shared/http/httpClient';
import { notificationLocator } from '../../descriptions/locators';
import { accountOperation } from '../../helpers/accountOperation';
import { notificationOutput } from './notification';

/** `readNotification`: `PATCH /notifications/{id}`. */
export const markRead = accountOperation({
	option: {
		name: 'Mark as Read',
		value: 'markRead',
		action: 'Mark notification as read',
		description: 'Take a notification off the unread ones',
	},
	record: notificationLocator,
	output: notificationOutput,
	run: async ({ id }, account) => await account.patch(path`/notifications/${id}`),
});
