import type { QueryValue } from '../../../shared/http';
import { operation } from '../../../shared/operation';
import { defaultCountry, readCountry } from '../../../shared/properties';
import type { KinboxClient } from '../../client';
import { readReportFilters } from '../../reportFilters';
import { reportFilterField } from './filters';

/** `GET /v3/reports/productivity`; the shape of the answer is not published. */
export const getProductivity = operation<KinboxClient, Record<string, QueryValue>>({
	option: {
		name: 'Get Productivity',
		value: 'getProductivity',
		action: 'Get productivity report',
		description: 'What each member has done (Produtividade). Needs a Token V3.',
	},
	properties: [reportFilterField, defaultCountry],
	read: (item) => readReportFilters(item.collection('filters'), readCountry(item)),
	async run(query, kinbox) {
		kinbox.needs('v3', 'Reports');
		return await kinbox.get('/reports/productivity', query);
	},
});
