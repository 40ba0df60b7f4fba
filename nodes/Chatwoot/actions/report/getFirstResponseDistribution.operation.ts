import { objectOrEmpty } from '../../../shared/values/read';
import type { TimeRange } from '../../descriptions/timeRange';
import { fromField, readRange, toField } from '../../descriptions/timeRange';
import { accountOperation } from '../../helpers/accountOperation';
import { channelNames } from '../inbox/inbox';
import { numberOrNull } from './report.fields';

/** `getFirstResponseDistribution`: `GET /api/v2/accounts/{a}/reports/first_response_time_distribution`; Chatwoot 4.11 or later. */
export const getFirstResponseDistribution = accountOperation<TimeRange>({
	option: {
		name: 'Get First Response Distribution',
		value: 'getFirstResponseDistribution',
		action: 'Get report of first responses by time',
		description: 'Get how many conversations of each channel got their first answer within an hour, four, eight, a day or later; for Chatwoot 4.11 or later',
	},
	since: '4.11',
	properties: [{ ...fromField, description: "Beginning of the time to look at, in the workflow's time zone; left empty, everything" }, toField],
	read: readRange,
	async run(range, account) {
		const channels = objectOrEmpty(await account.getV2('/reports/first_response_time_distribution', { ...range }));
		return Object.entries(channels).map(([channel, counts]) => {
			const hours = objectOrEmpty(counts);
			return {
				id: channel,
				name: channelNames[channel] ?? channel,
				within1Hour: numberOrNull(hours['0-1h']),
				within4Hours: numberOrNull(hours['1-4h']),
				within8Hours: numberOrNull(hours['4-8h']),
				within24Hours: numberOrNull(hours['8-24h']),
				later: numberOrNull(hours['24h+']),
			};
		});
	},
});
