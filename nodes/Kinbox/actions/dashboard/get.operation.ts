import { path } from '../../../shared/http';
import { operation } from '../../../shared/operation';
import type { KinboxClient } from '../../client';
import { dashboardLocator } from '../../locators';

/** `GET /v3/dashboards/{id}`. */
export const get = operation<KinboxClient, string>({
	option: {
		name: 'Get',
		value: 'get',
		action: 'Get dashboard',
		description: 'Get one dashboard (Painel). Needs a Token V3.',
	},
	properties: [dashboardLocator],
	read: (item) => item.requiredLocator('dashboardId'),
	async run(id, kinbox) {
		kinbox.needs('v3', 'Dashboards');
		return await kinbox.get(path`/dashboards/${id}`);
	},
});
