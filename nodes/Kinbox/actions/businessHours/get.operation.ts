import { path } from '../../../shared/http/httpClient';
import { operation } from '../../../shared/operation/operation';
import { workingBusinessHoursLocator } from '../../descriptions/locators';
import type { KinboxClient } from '../../transport/client';
import { businessHoursOutput } from './businessHours';

/** `GET /v3/business-hours/{id}`. */
export const get = operation<KinboxClient>({
	option: {
		name: 'Get',
		value: 'get',
		action: 'Get business hours',
		description: 'Get one set of business hours (Horários). Needs a Token V3.',
	},
	record: workingBusinessHoursLocator,
	output: businessHoursOutput,
	async run({ id }, kinbox) {
		kinbox.needs('v3', 'Business hours');
		return await kinbox.get(path`/business-hours/${id}`);
	},
});
