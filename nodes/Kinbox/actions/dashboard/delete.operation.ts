import { path } from '../../../shared/http/httpClient';
import { operation } from '../../../shared/operation/operation';
import type { KinboxClient } from '../../transport/client';
import { dashboardLocator } from '../../descriptions/locators';

/** `DELETE /v3/dashboards/{id}`. */
export const deleteDashboard = operation<KinboxClient>({
	option: {
		name: 'Delete',
		value: 'delete',
		action: 'Delete dashboard',
		description: 'Delete a dashboard. Needs a Token V3.',
	},
	record: dashboardLocator,
	async run({ id }, kinbox) {
		kinbox.needs('v3', 'Dashboards');
		await kinbox.delete(path`/dashboards/${id}`);
		return { id, deleted: true };
	},
});
