import type { IDataObject } from 'n8n-workflow';

import { operation } from '../../../shared/operation';
import type { KinboxClient } from '../../client';
import { readDashboard } from './layout';

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
		{
			displayName: 'Description',
			name: 'description',
			type: 'string',
			default: '',
			placeholder: 'e.g. For the Monday meeting',
			description: 'What the dashboard is for',
		},
		{
			displayName: 'Layout (JSON)',
			name: 'layout',
			type: 'json',
			default: '[]',
			description: 'Places of the reports: a list of objects with i (report), x, y, w and h',
		},
	],
	read(item) {
		item.required('name');
		return readDashboard(item);
	},
	async run(body, kinbox) {
		kinbox.needs('v3', 'Dashboards');
		return await kinbox.post('/dashboards', body);
	},
});
