import { path } from '../../../shared/http/httpClient';
import { notificationLocator } from '../../descriptions/locators';
import { accountOperation } from '../../helpers/accountOperation';
import { notificationOutput } from './notification';

/** `unreadNotification`: `POST /notifications/{id}/unread`. */
export const markUnread = accountOperation({
	option: {
		name: 'Mark as Unread',
		value: 'markUnread',
		action: 'Mark notification as unread',
		description: 'Show a notification as unread again',
	},
	record: notificationLocator,
	output: notificationOutput,
	run: async ({ id }, account) => await account.postAgain(path`/notifications/${id}/unread`),
});
