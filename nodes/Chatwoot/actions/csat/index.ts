import type { Resource } from '../../../shared/operation/operation';
import type { ChatwootClient } from '../../transport/client';
import { download } from './download.operation';
import { getAll } from './getAll.operation';
import { getMetrics } from './getMetrics.operation';
import { review } from './review.operation';

export const csat: Resource<ChatwootClient> = {
	option: { name: 'CSAT', value: 'csat', description: 'The satisfaction survey; for administrators' },
	operations: [
		download,
		getAll,
		getMetrics,
		review,
	],
	defaultOperation: 'getAll',
};
