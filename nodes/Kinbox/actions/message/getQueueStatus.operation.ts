import { path } from '../../../shared/http/httpClient';
import { operation } from '../../../shared/operation/operation';
import type { KinboxClient } from '../../transport/client';
import { queueIdField, readQueueId } from './message.fields';

/** `GET /v1/messages/queue/{id}`. */
export const getQueueStatus = operation<KinboxClient, string>({
	option: {
		name: 'Get Status in Queue',
		value: 'getQueueStatus',
		action: 'Get status of message in queue',
		description: 'Find out whether a message has left: waiting, executed, error, not_found or unknown. Needs an API Token.',
	},
	properties: [queueIdField],
	read: (item) => readQueueId(item),
	async run(id, kinbox) {
		kinbox.needs('v1', 'The queue of messages');
		const { queue_status: status } = await kinbox.get(path`/messages/queue/${id}`);
		return { id, status: status ?? 'unknown' };
	},
});
