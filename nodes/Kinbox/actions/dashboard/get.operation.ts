import { path } from '../../../shared/http/httpClient';
import { operation } from '../../../shared/operation/operation';
import type { KinboxClient } from '../../transport/client';
import { dashboardLocator } from '../../descriptions/locators';

/** `GET /v3/dashboards/{id}`. */
export const get = operation<KinboxClient>({
	option: {
		name: 'Get',
		value: 'get',
		action: 'Get dashboard',
		description: 'Get one dashboard (Painel). Needs a Token V3.',
	},
	record: dashboardLocator,
	async run({ id }, kinbox) {
		kinbox.needs('v3', 'Dashboards');
		return await kinbox.get(path`/dashboards/${id}`);
	},
});
