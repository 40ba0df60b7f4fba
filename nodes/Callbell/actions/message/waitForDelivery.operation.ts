import type { IDataObject } from 'n8n-workflow';

import { path } from '../../../shared/http/httpClient';
import { operation } from '../../../shared/operation/operation';
import { pause } from '../../../shared/http/pause';
import type { CallbellClient } from '../../transport/client';
import { recordIn } from '../../transport/client';
import type { Progress } from './message';
import { deliveryOf, hasFailed, hasReached, simplifySent } from './message';
import { messageIdField } from './message.fields';

const goals = ['delivered', 'read', 'sent'] as const;

interface Input {
	id: string;
	goal: Progress;
	/** Milliseconds. */
	timeout: number;
	interval: number;
}

/** `GET /messages/status/{uuid}` again and again until the message has arrived, has failed, or time is up. */
export const waitForDelivery = operation<CallbellClient, Input>({
	option: {
		name: 'Wait Until Delivered',
		value: 'waitForDelivery',
		action: 'Wait until message is delivered',
		description: 'Wait until a sent message is delivered, read or has failed, and tell the reason',
	},
	properties: [
		messageIdField,
		{
			displayName: 'Wait For',
			name: 'goal',
			type: 'options',
			options: [
				{ name: 'Delivered', value: 'delivered', description: 'It has reached the device' },
				{ name: 'Read', value: 'read', description: 'The person has opened it' },
				{ name: 'Sent', value: 'sent', description: 'It has left for the device' },
			],
			default: 'delivered',
			description: 'How far the message has to come',
		},
		{
			displayName: 'Wait at Most',
			name: 'timeout',
			type: 'number',
			typeOptions: { minValue: 1, maxValue: 3600 },
			default: 60,
			description: 'Seconds after which the status at that time is put out',
		},
		{
			displayName: 'Ask Every',
			name: 'interval',
			type: 'number',
			typeOptions: { minValue: 1, maxValue: 300 },
			default: 3,
			description: 'Seconds between two looks at the status',
		},
	],
	read: (item) => ({
		id: item.required('messageId'),
		goal: item.choice('goal', goals) ?? 'delivered',
		timeout: (item.number('timeout', { min: 1, max: 3600 }) ?? 60) * 1000,
		interval: (item.number('interval', { min: 1, max: 300 }) ?? 3) * 1000,
	}),
	async run({ id, goal, timeout, interval }, callbell) {
		const started = Date.now();
		const ask = async () => recordIn(await callbell.get(path`/messages/status/${id}`), 'message');
		let message = await ask();
		while (!hasReached(deliveryOf(message).status, goal) && !hasFailed(message.status) && Date.now() - started < timeout && !callbell.http.signal?.aborted) {
			await pause(Math.min(interval, timeout - (Date.now() - started)), callbell.http.signal);
			if (!callbell.http.signal?.aborted) message = await ask();
		}
		return outcome(message, goal, Date.now() - started);
	},
});

function outcome(message: IDataObject, goal: Progress, waited: number): IDataObject {
	const { id, status, reason, channelMessageId, to } = simplifySent(message);
	const reached = hasReached(deliveryOf(message).status, goal);
	return {
		id, status, reason, channelMessageId, to,
		reached,
		failed: hasFailed(status),
		timedOut: !reached && !hasFailed(status),
		secondsWaited: Math.round(waited / 100) / 10,
	};
}
