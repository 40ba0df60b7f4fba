import type { IDataObject } from 'n8n-workflow';

import { operation } from '../../../shared/operation/operation';
import { withoutUndefined } from '../../../shared/values/read';
import { dashboardLocator } from '../../descriptions/locators';
import type { KinboxClient } from '../../transport/client';

/** `POST /v3/dashboards/reports`; the shapes of reports are not published. */
export const runReports = operation<KinboxClient, IDataObject>({
	option: {
		name: 'Run Reports',
		value: 'runReports',
		action: 'Run reports of dashboard',
		description: 'Get the numbers of a dashboard now. Needs a Token V3. Kinbox does not document this call.',
	},
	properties: [
		dashboardLocator,
		{
			displayName: 'Reports (JSON)',
			name: 'reports',
			type: 'json',
			default: '{}',
			description: 'Which reports, as the dashboard page of Kinbox sends them: an object of report and its settings',
		},
		{
			displayName: 'Parameters (JSON)',
			name: 'indexedParams',
			type: 'json',
			default: '{}',
			description: 'Parameters of the reports, as the dashboard page of Kinbox sends them',
		},
		{
			displayName: 'Previous Period',
			name: 'previous',
			type: 'boolean',
			default: false,
			description: 'Whether to get the period before, for comparing',
		},
	],
	read: (item) => withoutUndefined({
		dashboardId: item.requiredLocator('dashboardId'),
		reports: item.object('reports'),
		indexedParams: item.object('indexedParams'),
		previous: item.boolean('previous'),
	}),
	unordered: 'It only reads',
	async run(body, kinbox) {
		kinbox.needs('v3', 'Dashboards');
		return await kinbox.post('/dashboards/reports', body);
	},
});
