import { accountOperation } from '../../helpers/accountOperation';

/** `countUnreadNotifications`: `GET /notifications/unread_count`. The answer is a bare number. */
export const getUnreadCount = accountOperation<Record<string, never>>({
	option: {
		name: 'Get Unread Count',
		value: 'getUnreadCount',
		action: 'Get number of unread notifications',
		description: "Count the unread notifications of the token's owner; snoozed ones do not count",
	},
	properties: [],
	read: () => ({}),
	async run(_input, account) {
		const count = Number(await account.send<unknown>({ method: 'GET', path: '/notifications/unread_count', expect: 'anything' }));
		return { unread: Number.isFinite(count) ? count : null };
	},
});
