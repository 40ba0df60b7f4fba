import type { QueryValue } from '../../../shared/http/httpClient';
import { defaultCountry, readCountry } from '../../../shared/operation/country';
import { readLimit, returnAllOrLimit } from '../../../shared/operation/listing';
import { operation } from '../../../shared/operation/operation';
import { readReportFilters, reportFilters, completeReportQuery } from '../../descriptions/reportFilters';
import { readRange, timeRange, type TimeRange } from '../../descriptions/timeRange';
import type { KinboxClient } from '../../transport/client';
import { sessionOutput } from './conversation';

/** Those that say nothing about the time: that is the range's. */
const filterOptions = reportFilters.filter(({ name }) => !['from', 'to', 'period'].includes(name));

interface Input extends TimeRange {
	limit?: number;
	filters: Record<string, QueryValue>;
}

/** `GET /v3/reports/sessions/all`: Kinbox's export, in as many windows of two hours as the range has. */
export const getAllInRange = operation<KinboxClient, Input>({
	option: {
		name: 'Get Many in Time Range',
		value: 'getAllInRange',
		action: 'Get many conversations in time range',
		description: 'Export the conversations of a time range, however long. Needs a Token V3.',
	},
	properties: [
		...timeRange,
		...returnAllOrLimit,
		{
			displayName: 'Filters',
			name: 'filters',
			type: 'collection',
			placeholder: 'Add Filter',
			default: {},
			description: 'Which conversations of the range to return; all filters have to fit',
			options: filterOptions,
		},
		defaultCountry,
	],
	output: sessionOutput,
	read(item) {
		return { ...readRange(item), limit: readLimit(item), filters: readReportFilters(item.collection('filters'), readCountry(item)) };
	},
	async run({ from, to, limit, filters: given }, kinbox, { item }) {
		kinbox.needs('v3', 'The export of conversations');
		const filters = await completeReportQuery(kinbox, given, item);
		return await kinbox.listInWindows('/reports/sessions/all', filters, { from: 'from', to: 'to' }, from, to, limit);
	},
});
