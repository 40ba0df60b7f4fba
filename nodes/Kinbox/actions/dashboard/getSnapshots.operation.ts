import { path } from '../../../shared/http/httpClient';
import { operation } from '../../../shared/operation/operation';
import { readLimit, returnAllOrLimit } from '../../../shared/operation/listing';
import type { KinboxClient } from '../../transport/client';
import { dashboardLocator } from '../../descriptions/locators';

/** `GET /v3/dashboards/{dashboardId}/snapshots`. */
export const getSnapshots = operation<KinboxClient, { dashboard: string; name?: string; limit?: number }>({
	option: {
		name: 'Get Many Snapshots',
		value: 'getSnapshots',
		action: 'Get many snapshots of dashboard',
		description: 'Get what a dashboard showed at earlier times. Needs a Token V3.',
	},
	properties: [
		dashboardLocator,
		...returnAllOrLimit,
		{
			displayName: 'Snapshot Name',
			name: 'name',
			type: 'string',
			default: '',
			placeholder: 'e.g. Outubro',
			description: 'Only snapshots with this name',
		},
	],
	read: (item) => ({ dashboard: item.requiredLocator('dashboardId'), name: item.text('name'), limit: readLimit(item) }),
	async run({ dashboard, name, limit }, kinbox) {
		kinbox.needs('v3', 'Dashboards');
		return (await kinbox.list(path`/dashboards/${dashboard}/snapshots`, { name }, { limit })).rows;
	},
});
