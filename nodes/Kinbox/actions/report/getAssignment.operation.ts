import type { QueryValue } from '../../../shared/http/httpClient';
import { operation } from '../../../shared/operation/operation';
import { defaultCountry, readCountry } from '../../../shared/operation/listing';
import type { KinboxClient } from '../../transport/client';
import { readReportFilters } from '../../descriptions/reportFilters';
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
	async run(query, kinbox) {
		kinbox.needs('v3', 'Reports');
		return await kinbox.get('/reports/assignment', query);
	},
});
