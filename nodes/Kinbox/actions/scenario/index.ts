import type { Resource } from '../../../shared/operation/operation';
import type { KinboxClient } from '../../transport/client';
import { get } from './get.operation';
import { getAll } from './getAll.operation';
import { getLogs } from './getLogs.operation';
import { getTodayReport } from './getTodayReport.operation';
import { start } from './start.operation';

export const scenario: Resource<KinboxClient> = {
	option: { name: 'Scenario', value: 'scenario', description: 'An automation inside Kinbox (Cenário)' },
	defaultOperation: 'start',
	operations: [
		get,
		getAll,
		getLogs,
		getTodayReport,
		start,
	],
};
