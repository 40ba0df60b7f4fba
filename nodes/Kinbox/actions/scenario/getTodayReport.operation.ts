import { path } from '../../../shared/http/httpClient';
import { operation } from '../../../shared/operation/operation';
import { localTimeToUtc, zoneOffset } from '../../../shared/values/time';
import { scenarioLocator } from '../../descriptions/locators';
import type { KinboxClient } from '../../transport/client';

/** `GET /v3/workflows/{id}/today-report`; the shape of the answer is not published. */
export const getTodayReport = operation<KinboxClient>({
	option: {
		name: "Get Today's Report",
		value: 'getTodayReport',
		action: 'Get today\'s report of scenario',
		description: "Get how often a scenario (Cenário) ran today, by the workflow's time zone. Needs a Token V3.",
	},
	record: scenarioLocator,
	async run({ id }, kinbox, { item }) {
		kinbox.needs('v3', 'Scenarios');
		const timezone = item.timezone();
		const now = Date.now();
		const today = new Date(now + zoneOffset(now, timezone)).toISOString().slice(0, 10);
		return await kinbox.get(path`/workflows/${id}/today-report`, { from: localTimeToUtc(today, timezone) ?? undefined, to: new Date(now).toISOString() });
	},
});
