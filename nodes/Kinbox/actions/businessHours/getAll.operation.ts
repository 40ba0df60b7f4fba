import { readLimit, returnAllOrLimit } from '../../../shared/operation/listing';
import { operation } from '../../../shared/operation/operation';
import type { KinboxClient } from '../../transport/client';
import { businessHoursOutput } from './businessHours';

/** `GET /v3/business-hours`, which does not page. */
export const getAll = operation<KinboxClient, { limit?: number }>({
	option: {
		name: 'Get Many',
		value: 'getAll',
		action: 'Get many business hours',
		description: 'Get many sets of business hours (Horários). Needs a Token V3.',
	},
	properties: [...returnAllOrLimit],
	output: businessHoursOutput,
	read: (item) => ({ limit: readLimit(item) }),
	async run({ limit }, kinbox) {
		kinbox.needs('v3', 'Business hours');
		return await kinbox.listAtOnce('/business-hours', {}, limit);
	},
});
