import { operation } from '../../../shared/operation';
import { readLimit, returnAllOrLimit } from '../../../shared/properties';
import type { KinboxClient } from '../../client';
import { sessionOutput } from '../../session';
import { readRange, timeRange, type TimeRange } from '../../timeRange';

/** `GET /v3/reports/sessions/all`: Kinbox's export, in as many windows of two hours as the range has. */
export const getAllInRange = operation<KinboxClient, TimeRange & { limit?: number }>({
	option: {
		name: 'Get Many in Time Range',
		value: 'getAllInRange',
		action: 'Get many conversations in time range',
		description: 'Export the conversations of a time range, however long. Needs a Token V3.',
	},
	properties: [...timeRange, ...returnAllOrLimit],
	output: sessionOutput,
	read: (item) => ({ ...readRange(item), limit: readLimit(item) }),
	async run({ from, to, limit }, kinbox) {
		kinbox.needs('v3', 'The export of conversations');
		return await kinbox.listInWindows('/reports/sessions/all', {}, { from: 'from', to: 'to' }, from, to, limit);
	},
});
