import type { IDataObject } from 'n8n-workflow';

import { path } from '../../../shared/http/httpClient';
import { operation } from '../../../shared/operation/operation';
import type { KinboxClient } from '../../transport/client';
import { dashboardLocator } from '../../descriptions/locators';
import { dashboardFields, readDashboard } from './dashboard.fields';

/** `PATCH /v3/dashboards/{id}`. */
export const update = operation<KinboxClient, { body: IDataObject }>({
	option: {
		name: 'Update',
		value: 'update',
		action: 'Update dashboard',
		description: 'Change a dashboard; fields left empty stay as they are. Needs a Token V3.',
	},
	record: dashboardLocator,
	properties: [
		{
			displayName: 'Name',
			name: 'name',
			type: 'string',
			default: '',
			placeholder: 'e.g. Vendas do mês',
			description: 'How the dashboard is called',
		},
		...dashboardFields,
	],
	read(item) {
		const body = readDashboard(item);
		if (Object.keys(body).length === 0) throw item.refuse('dashboardId', 'is given, but no field to change', 'Fill in at least one field.');
		return { body };
	},
	async run({ id, body }, kinbox) {
		kinbox.needs('v3', 'Dashboards');
		return await kinbox.patch(path`/dashboards/${id}`, body);
	},
});
