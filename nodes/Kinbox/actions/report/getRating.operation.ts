import type { QueryValue } from '../../../shared/http/httpClient';
import { operation } from '../../../shared/operation/operation';
import { defaultCountry, readCountry } from '../../../shared/operation/listing';
import type { KinboxClient } from '../../transport/client';
import { readReportFilters } from '../../descriptions/reportFilters';
import { reportFilterField } from './report.fields';

/** `GET /v3/reports/rating`; the shape of the answer is not published. */
export const getRating = operation<KinboxClient, Record<string, QueryValue>>({
	option: {
		name: 'Get Rating',
		value: 'getRating',
		action: 'Get rating report',
		description: 'How contacts rated conversations (Avaliações). Needs a Token V3.',
	},
	properties: [reportFilterField, defaultCountry],
	read: (item) => readReportFilters(item.collection('filters'), readCountry(item)),
	async run(query, kinbox) {
		kinbox.needs('v3', 'Reports');
		return await kinbox.get('/reports/rating', query);
	},
});
