import type { Resource } from '../../../shared/operation/operation';
import type { KinboxClient } from '../../transport/client';
import { getAssignment } from './getAssignment.operation';
import { getOverview } from './getOverview.operation';
import { getPresence } from './getPresence.operation';
import { getPresenceReport } from './getPresenceReport.operation';
import { getProductivity } from './getProductivity.operation';
import { getRating } from './getRating.operation';

export const report: Resource<KinboxClient> = {
	option: { name: 'Report', value: 'report', description: 'Numbers about conversations and members (Relatório)' },
	defaultOperation: 'getOverview',
	operations: [
		getAssignment,
		getOverview,
		getPresence,
		getPresenceReport,
		getProductivity,
		getRating,
	],
};
