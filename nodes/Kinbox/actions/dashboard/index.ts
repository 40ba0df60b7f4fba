import type { Resource } from '../../../shared/operation/operation';
import type { KinboxClient } from '../../transport/client';
import { create } from './create.operation';
import { createSnapshot } from './createSnapshot.operation';
import { deleteDashboard } from './delete.operation';
import { get } from './get.operation';
import { getAll } from './getAll.operation';
import { getSnapshot } from './getSnapshot.operation';
import { getSnapshots } from './getSnapshots.operation';
import { runReports } from './runReports.operation';
import { update } from './update.operation';

export const dashboard: Resource<KinboxClient> = {
	option: { name: 'Dashboard', value: 'dashboard', description: 'Reports on one page (Painel)' },
	defaultOperation: 'getAll',
	operations: [
		create,
		createSnapshot,
		deleteDashboard,
		get,
		getAll,
		getSnapshot,
		getSnapshots,
		runReports,
		update,
	],
};
