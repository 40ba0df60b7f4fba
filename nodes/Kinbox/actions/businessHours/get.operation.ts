import { path } from '../../../shared/http';
import { operation } from '../../../shared/operation';
import type { KinboxClient } from '../../client';
import { workingBusinessHoursLocator } from '../../locators';
import { businessHoursOutput } from '../../records';

/** `GET /v3/business-hours/{id}`. */
export const get = operation<KinboxClient, string>({
	option: {
		name: 'Get',
		value: 'get',
		action: 'Get business hours',
		description: 'Get one set of business hours (Horários). Needs a Token V3.',
	},
	properties: [workingBusinessHoursLocator],
	output: businessHoursOutput,
	read: (item) => item.requiredNumericId('businessHoursId'),
	async run(id, kinbox) {
		kinbox.needs('v3', 'Business hours');
		return await kinbox.get(path`/business-hours/${id}`);
	},
});
