import type { IDataObject } from 'n8n-workflow';

import { operation } from '../../../shared/operation/operation';
import type { KinboxClient } from '../../transport/client';
import { dashboardFields, readDashboard } from './dashboard.fields';

/** `POST /v3/dashboards`. */
export const create = operation<KinboxClient, IDataObject>({
	option: {
		name: 'Create',
		value: 'create',
		action: 'Create dashboard',
		description: 'Create a dashboard (Painel). Needs a Token V3.',
	},
	properties: [
		{
			displayName: 'Name',
			name: 'name',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. Vendas do mês',
			description: 'How the dashboard is called',
		},
		...dashboardFields,
	],
	read(item) {
		item.required('name');
		return readDashboard(item);
	},
	unordered: 'Each item makes a record of its own',
	async run(body, kinbox) {
		kinbox.needs('v3', 'Dashboards');
		return await kinbox.post('/dashboards', body);
	},
});
