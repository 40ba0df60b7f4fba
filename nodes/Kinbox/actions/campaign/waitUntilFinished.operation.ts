import { NodeOperationError } from 'n8n-workflow';

import { path } from '../../../shared/http/httpClient';
import { pause } from '../../../shared/http/pause';
import { operation } from '../../../shared/operation/operation';
import { textOrNull } from '../../../shared/values/read';
import { campaignLocator } from '../../descriptions/locators';
import type { KinboxClient } from '../../transport/client';
import { finishedCampaignOutput, hasEnded } from './campaign';

interface Input {
	id: string;
	sentIsEnough: boolean;
	/** Milliseconds. */
	interval: number;
	patience: number;
	failLate: boolean;
}

/** Asks `GET /campaigns/{id}` again and again until the campaign has ended, or the time is over. */
export const waitUntilFinished = operation<KinboxClient, Input>({
	option: {
		name: 'Wait Until Finished',
		value: 'waitUntilFinished',
		action: 'Wait until campaign has finished',
		description: 'Wait until a campaign is done, failed or was canceled, then output its results',
	},
	properties: [
		campaignLocator,
		{
			displayName: 'Wait For',
			name: 'waitFor',
			type: 'options',
			options: [
				{ name: 'All Messages Sent', value: 'sent', description: 'As soon as the last message has left' },
				{ name: 'Campaign Done', value: 'done', description: 'Until Kinbox counts the campaign as done' },
			],
			default: 'done',
			description: 'When the waiting is over',
		},
		{
			displayName: 'Ask Every (Seconds)',
			name: 'interval',
			type: 'number',
			typeOptions: { minValue: 1 },
			default: 30,
			description: 'How often to look',
		},
		{
			displayName: 'Wait at Most (Minutes)',
			name: 'patience',
			type: 'number',
			typeOptions: { minValue: 0 },
			default: 60,
			description: 'When to stop waiting. The execution stays active meanwhile; for campaigns of many hours, use the Kinbox Trigger instead.',
		},
		{
			displayName: 'When Time Is Over',
			name: 'whenLate',
			type: 'options',
			options: [
				{ name: 'Fail', value: 'fail', description: 'End with an error' },
				{ name: 'Output the Campaign', value: 'output', description: 'Output it as it is then, with finished: false' },
			],
			default: 'fail',
			description: 'What to do with a campaign that still runs',
		},
	],
	output: finishedCampaignOutput,
	read: (item) => ({
		id: item.requiredLocator('campaignId'),
		sentIsEnough: item.choice('waitFor', ['sent', 'done'] as const) === 'sent',
		interval: (item.number('interval', { min: 1 }) ?? 30) * 1000,
		patience: (item.number('patience', { min: 0 }) ?? 60) * 60_000,
		failLate: item.choice('whenLate', ['fail', 'output'] as const) !== 'output',
	}),
	async run({ id, sentIsEnough, interval, patience, failLate }, kinbox, { itemIndex }) {
		const { context, signal } = kinbox.http;
		for (const deadline = Date.now() + patience; ; await pause(Math.min(interval, Math.max(0, deadline - Date.now())), signal)) {
			const campaign = await kinbox.get(path`/campaigns/${id}`);
			if (hasEnded(campaign.status) || (sentIsEnough && campaign.status === 'done-sent')) return { ...campaign, finished: true };
			if (Date.now() < deadline && !signal?.aborted) continue;
			if (!failLate) return { ...campaign, finished: false };
			throw new NodeOperationError(context.getNode(), `The campaign was still ${textOrNull(campaign.status) ?? 'in an unknown state'} after ${patience / 60_000} minutes`, {
				itemIndex,
				description: "Raise 'Wait at Most', or choose to output the campaign when time is over.",
			});
		}
	},
});
