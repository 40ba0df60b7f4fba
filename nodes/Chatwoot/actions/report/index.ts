import type { Resource } from '../../../shared/operation/operation';
import type { ChatwootClient } from '../../transport/client';
import { download } from './download.operation';
import { getAgentLoad } from './getAgentLoad.operation';
import { getBotMetrics } from './getBotMetrics.operation';
import { getCurrent } from './getCurrent.operation';
import { getFirstResponseDistribution } from './getFirstResponseDistribution.operation';
import { getInboxLabels } from './getInboxLabels.operation';
import { getOutgoingMessages } from './getOutgoingMessages.operation';
import { getOverview } from './getOverview.operation';
import { getSummary } from './getSummary.operation';
import { getTimeSeries } from './getTimeSeries.operation';

export const report: Resource<ChatwootClient> = {
	option: { name: 'Report', value: 'report', description: 'Numbers about conversations, messages and times; for administrators' },
	operations: [
		download,
		getAgentLoad,
		getBotMetrics,
		getCurrent,
		getFirstResponseDistribution,
		getInboxLabels,
		getOutgoingMessages,
		getOverview,
		getSummary,
		getTimeSeries,
	],
};
