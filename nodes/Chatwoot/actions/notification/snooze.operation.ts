import { path } from '../../../shared/http/httpClient';
import { notificationLocator } from '../../descriptions/locators';
import { accountOperation } from '../../helpers/accountOperation';
import { notificationOutput } from './notification';

/** `snoozeNotification`: `POST /notifications/{id}/snooze`, in seconds since 1970. */
export const snooze = accountOperation<{ until: string }>({
	option: {
		name: 'Snooze',
		value: 'snooze',
		action: 'Snooze notification',
		description: 'Hide a notification until a time',
	},
	record: notificationLocator,
	properties: [
		{
			displayName: 'Until',
			name: 'snoozedUntil',
			type: 'dateTime',
			default: '',
			required: true,
			description: "When it comes back, in the workflow's time zone",
		},
	],
	output: notificationOutput,
	read(item) {
		item.required('snoozedUntil');
		const until = item.date('snoozedUntil')!;
		if (Date.parse(until) <= Date.now()) throw item.refuse('snoozedUntil', 'is in the past', 'Pick a time that is still to come.');
		return { until };
	},
	run: async ({ id, until }, account) => await account.postAgain(path`/notifications/${id}/snooze`, { snoozed_until: Math.floor(Date.parse(until) / 1000) }),
});
