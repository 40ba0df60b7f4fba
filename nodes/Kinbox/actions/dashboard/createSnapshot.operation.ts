import { path } from '../../../shared/http/httpClient';
import { operation } from '../../../shared/operation/operation';
import { withoutUndefined } from '../../../shared/values/read';
import { dashboardLocator, operatorLocator } from '../../descriptions/locators';
import type { KinboxClient } from '../../transport/client';

interface Input {
	dashboard: string;
	operator: string;
	name?: string;
}

/** `POST /v3/dashboards/{dashboardId}/snapshots`, with the names that Kinbox wants of dashboard and author. */
export const createSnapshot = operation<KinboxClient, Input>({
	option: {
		name: 'Create Snapshot',
		value: 'createSnapshot',
		action: 'Create snapshot of dashboard',
		description: 'Keep what a dashboard shows now. Needs a Token V3.',
	},
	properties: [
		dashboardLocator,
		{ ...operatorLocator, description: 'The operator (Operador) who is named as author' },
		{
			displayName: 'Snapshot Name',
			name: 'name',
			type: 'string',
			default: '',
			placeholder: 'e.g. Outubro',
			description: 'How the snapshot is called',
		},
	],
	read: (item) => ({ dashboard: item.requiredLocator('dashboardId'), operator: item.requiredNumericId('operatorId'), name: item.text('name') }),
	unordered: 'Each item makes a record of its own',
	async run({ dashboard, operator, name }, kinbox) {
		kinbox.needs('v3', 'Dashboards');
		const { name: dashboardName } = await kinbox.get(path`/dashboards/${dashboard}`);
		const { name: authorName } = await kinbox.get(path`/operators/${operator}`);
		return await kinbox.post(path`/dashboards/${dashboard}/snapshots`, withoutUndefined({
			dashboardId: dashboard,
			dashboardName: String(dashboardName ?? ''),
			authorId: Number(operator),
			authorName: String(authorName ?? ''),
			name,
		}));
	},
});
