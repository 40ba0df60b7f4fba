import type { Resource } from '../../../shared/operation/operation';
import type { KinboxClient } from '../../transport/client';
import { getAssignment } from './getAssignment.operation';
import { getOverview } from './getOverview.operation';
import { getPresenceTimes } from './getPresenceTimes.operation';
import { getPresenceSummary } from './getPresenceSummary.operation';
import { getProductivity } from './getProductivity.operation';
import { getRating } from './getRating.operation';

export const report: Resource<KinboxClient> = {
	option: { name: 'Report', value: 'report', description: 'Numbers about conversations and operators (Relatório)' },
	defaultOperation: 'getOverview',
	operations: [
		getAssignment,
		getOverview,
		getPresenceTimes,
		getPresenceSummary,
		getProductivity,
		getRating,
	],
};
