import type { QueryValue } from '../../../shared/http/httpClient';
import { objectOrEmpty } from '../../../shared/values/read';
import { accountOperation } from '../../helpers/accountOperation';
import { csatFilters, readCsatQuery } from './csat.fields';

/** `getCsatMetrics`: `GET /csat_survey_responses/metrics`. */
export const getMetrics = accountOperation<Record<string, QueryValue>>({
	option: {
		name: 'Get Metrics',
		value: 'getMetrics',
		action: 'Get CSAT metrics',
		description: 'Get how many surveys were sent and answered, the ratings, and how many percent are satisfied (rating 4 or 5). How many were sent is known without filters only.',
	},
	properties: [csatFilters],
	read: readCsatQuery,
	async run(query, account) {
		const metrics = await account.get('/csat_survey_responses/metrics', query);
		const given = objectOrEmpty(metrics.ratings_count);
		// Ratings that nobody gave are missing.
		const [one, two, three, four, five] = ['1', '2', '3', '4', '5'].map((rating) => Number(given[rating]) || 0) as [number, number, number, number, number];
		const answers = one + two + three + four + five;
		const percent = (part: number, whole: number) => (whole > 0 ? Math.round((part * 1000) / whole) / 10 : null);
		// The server counts the surveys of the whole account, whatever the answers are narrowed to.
		const narrowed = Object.entries(query).some(([key, value]) => value !== undefined && !['since', 'until', 'sort'].includes(key));
		const sent = narrowed ? null : Number(metrics.total_sent_messages_count) || 0;
		const responses = Number(metrics.total_count) || 0;
		return {
			sent,
			responses,
			responsePercent: sent === null ? null : percent(responses, sent),
			satisfiedPercent: percent(four + five, answers),
			averageRating: answers > 0 ? Math.round(((one + 2 * two + 3 * three + 4 * four + 5 * five) * 100) / answers) / 100 : null,
			rating1: one,
			rating2: two,
			rating3: three,
			rating4: four,
			rating5: five,
		};
	},
});
