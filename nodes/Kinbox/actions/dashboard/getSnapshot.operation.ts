import { path } from '../../../shared/http/httpClient';
import { operation } from '../../../shared/operation/operation';
import type { KinboxClient } from '../../transport/client';
import { dashboardLocator, snapshotLocator } from '../../descriptions/locators';

/** `GET /v3/dashboards/{dashboardId}/snapshots/{id}`. */
export const getSnapshot = operation<KinboxClient, { dashboard: string; snapshot: string }>({
	option: {
		name: 'Get Snapshot',
		value: 'getSnapshot',
		action: 'Get snapshot of dashboard',
		description: 'Get what a dashboard showed at one earlier time. Needs a Token V3.',
	},
	properties: [dashboardLocator, snapshotLocator],
	read: (item) => ({ dashboard: item.requiredLocator('dashboardId'), snapshot: item.requiredLocator('snapshotId') }),
	async run({ dashboard, snapshot }, kinbox) {
		kinbox.needs('v3', 'Dashboards');
		return await kinbox.get(path`/dashboards/${dashboard}/snapshots/${snapshot}`);
	},
});
