import { path } from '../../../shared/http/httpClient';
import { notificationLocator } from '../../descriptions/locators';
import { accountOperation } from '../../helpers/accountOperation';
import { readId } from '../../helpers/read';
import { notificationOutput } from './notification';

/** `readNotification`: `PATCH /notifications/{id}`. */
export const markRead = accountOperation<string>({
	option: {
		name: 'Mark as Read',
		value: 'markRead',
		action: 'Mark notification as read',
		description: 'Take a notification off the unread ones',
	},
	properties: [notificationLocator],
	output: notificationOutput,
	read: (item) => readId(item, 'notificationId'),
	orderingKey: (id) => id,
	run: async (id, account) => await account.patch(path`/notifications/${id}`),
});
