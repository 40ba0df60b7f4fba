import { NodeOperationError } from 'n8n-workflow';

import { path } from '../../../shared/http/httpClient';
import { operation } from '../../../shared/operation/operation';
import { pause } from '../../../shared/http/pause';
import type { KinboxClient } from '../../transport/client';
import { queueIdField, readQueueId } from './message.fields';

interface Input {
	id: string;
	/** Milliseconds. */
	interval: number;
	patience: number;
	failLate: boolean;
}

/** Asks `GET /v1/messages/queue/{id}` again and again while the message waits. */
export const waitUntilExecuted = operation<KinboxClient, Input>({
	option: {
		name: 'Wait Until Executed',
		value: 'waitUntilExecuted',
		action: 'Wait until message has left',
		description: 'Wait until a message has left the queue, or has failed. Needs an API Token.',
	},
	properties: [
		queueIdField,
		{
			displayName: 'Ask Every (Seconds)',
			name: 'interval',
			type: 'number',
			typeOptions: { minValue: 1 },
			default: 3,
			description: 'How often to look',
		},
		{
			displayName: 'Wait at Most (Minutes)',
			name: 'patience',
			type: 'number',
			typeOptions: { minValue: 0 },
			default: 5,
			description: 'When to stop waiting',
		},
		{
			displayName: 'When Time Is Over',
			name: 'whenLate',
			type: 'options',
			options: [
				{ name: 'Fail', value: 'fail', description: 'End with an error' },
				{ name: 'Output the Status', value: 'output', description: 'Output the status that it has then' },
			],
			default: 'fail',
			description: 'What to do with a message that still waits',
		},
	],
	read: (item) => ({
		id: readQueueId(item),
		interval: (item.number('interval', { min: 1 }) ?? 3) * 1000,
		patience: (item.number('patience', { min: 0 }) ?? 5) * 60_000,
		failLate: item.choice('whenLate', ['fail', 'output'] as const) !== 'output',
	}),
	async run({ id, interval, patience, failLate }, kinbox, { itemIndex }) {
		kinbox.needs('v1', 'The queue of messages');
		const { context, signal } = kinbox.http;
		for (const deadline = Date.now() + patience; ; await pause(Math.min(interval, Math.max(0, deadline - Date.now())), signal)) {
			const { queue_status: status } = await kinbox.get(path`/messages/queue/${id}`);
			if (status !== 'waiting' && status !== 'unknown') return { id, status, executed: status === 'executed' };
			if (Date.now() < deadline && !signal?.aborted) continue;
			if (!failLate) return { id, status, executed: false };
			throw new NodeOperationError(context.getNode(), `The message was still ${String(status)} after ${patience / 60_000} minutes`, {
				itemIndex,
				description: "Raise 'Wait at Most', or choose to output the status when time is over.",
			});
		}
	},
});
