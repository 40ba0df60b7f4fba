import type { Resource } from '../../../shared/operation';
import type { ChatwootClient } from '../../client';
import { getAll } from './getAll.operation';
import { getMetrics } from './getMetrics.operation';

export const csat: Resource<ChatwootClient> = {
	option: { name: 'CSAT', value: 'csat', description: 'The satisfaction survey; for administrators' },
	operations: [
		getAll,
		getMetrics,
	],
};
