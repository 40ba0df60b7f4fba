import type { QueryValue } from '../../../shared/http/httpClient';
import { defaultCountry, readCountry } from '../../../shared/operation/country';
import { operation } from '../../../shared/operation/operation';
import { readReportFilters, completeReportQuery } from '../../descriptions/reportFilters';
import type { KinboxClient } from '../../transport/client';
import { reportFilterField } from './report.fields';

/** `GET /v3/reports/assignment`; the shape of the answer is not published. */
export const getAssignment = operation<KinboxClient, Record<string, QueryValue>>({
	option: {
		name: 'Get Assignment',
		value: 'getAssignment',
		action: 'Get assignment report',
		description: 'How conversations were assigned (Atribuição). Needs a Token V3.',
	},
	properties: [reportFilterField, defaultCountry],
	read: (item) => readReportFilters(item.collection('filters'), readCountry(item)),
	async run(filters, kinbox, { item }) {
		kinbox.needs('v3', 'Reports');
		const query = await completeReportQuery(kinbox, filters, item);
		return await kinbox.get('/reports/assignment', query);
	},
});
