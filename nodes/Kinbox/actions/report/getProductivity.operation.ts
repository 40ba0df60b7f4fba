import type { QueryValue } from '../../../shared/http/httpClient';
import { defaultCountry, readCountry } from '../../../shared/operation/country';
import { operation } from '../../../shared/operation/operation';
import { readReportFilters, completeReportQuery } from '../../descriptions/reportFilters';
import type { KinboxClient } from '../../transport/client';
import { reportFilterField } from './report.fields';

/** `GET /v3/reports/productivity`; the shape of the answer is not published. */
export const getProductivity = operation<KinboxClient, Record<string, QueryValue>>({
	option: {
		name: 'Get Productivity',
		value: 'getProductivity',
		action: 'Get productivity report',
		description: 'What each operator has done (Produtividade). Needs a Token V3.',
	},
	properties: [reportFilterField, defaultCountry],
	read: (item) => readReportFilters(item.collection('filters'), readCountry(item)),
	async run(filters, kinbox, { item }) {
		kinbox.needs('v3', 'Reports');
		const query = await completeReportQuery(kinbox, filters, item);
		return await kinbox.get('/reports/productivity', query);
	},
});
