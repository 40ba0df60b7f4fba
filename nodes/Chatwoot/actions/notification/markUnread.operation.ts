import { path } from '../../../shared/http/httpClient';
import { notificationLocator } from '../../descriptions/locators';
import { accountOperation } from '../../helpers/accountOperation';
import { readId } from '../../helpers/read';
import { notificationOutput } from './notification';

/** `unreadNotification`: `POST /notifications/{id}/unread`. */
export const markUnread = accountOperation<string>({
	option: {
		name: 'Mark as Unread',
		value: 'markUnread',
		action: 'Mark notification as unread',
		description: 'Show a notification as unread again',
	},
	properties: [notificationLocator],
	output: notificationOutput,
	read: (item) => readId(item, 'notificationId'),
	orderingKey: (id) => id,
	run: async (id, account) => await account.postAgain(path`/notifications/${id}/unread`),
});
