import type { IDataObject } from 'n8n-workflow';

import { path } from '../../../shared/http/httpClient';
import { operation } from '../../../shared/operation/operation';
import { remembered } from '../../../shared/campaign/memory';
import type { CallbellClient } from '../../transport/client';
import { callbell as vendor, recordIn } from '../../transport/client';
import { simplifySent } from '../message/message';

interface Input {
	campaign?: string;
	ids: string[];
	each: boolean;
}

/** `GET /messages/status/{uuid}` for every message of a campaign. */
export const getResults = operation<CallbellClient, Input>({
	option: {
		name: 'Get Results',
		value: 'getResults',
		action: 'Get results of campaign',
		description: 'Count how many messages were sent, delivered, read or have failed, and why',
	},
	properties: [
		{
			displayName: 'Messages Of',
			name: 'messagesOf',
			type: 'options',
			options: [
				{ name: 'Campaign', value: 'campaign', description: 'The messages that this workflow remembers under the name of the campaign' },
				{ name: 'List', value: 'list', description: 'A list of message IDs, for example from the output of the campaign' },
			],
			default: 'campaign',
			description: 'Which messages to look at',
		},
		{
			displayName: 'Campaign Name',
			name: 'campaignName',
			type: 'string',
			default: '',
			required: true,
			displayOptions: { show: { messagesOf: ['campaign'] } },
			placeholder: 'e.g. Black Friday 2026',
			description: 'The name that the campaign was sent under in this workflow',
		},
		{
			displayName: 'Messages',
			name: 'messages',
			type: 'string',
			default: '',
			required: true,
			displayOptions: { show: { messagesOf: ['list'] } },
			placeholder: 'e.g. {{ $input.all().map((item) => item.json.messageId) }}',
			description: 'IDs of the messages, as a list or with commas between them',
		},
		{
			displayName: 'One Item per Message',
			name: 'each',
			type: 'boolean',
			default: false,
			description: 'Whether to output the state of each message instead of the counts',
		},
	],
	read(item) {
		const byName = (item.choice('messagesOf', ['campaign', 'list'] as const) ?? 'campaign') === 'campaign';
		const campaign = byName ? item.required('campaignName') : undefined;
		const given = byName ? [] : (item.list('messages') ?? []);
		if (!byName && given.length === 0) throw item.refuse('messages', 'is empty', 'Give the IDs that sending the messages gave.');
		return { campaign, ids: [...new Set(given)], each: item.boolean('each') ?? false };
	},
	async run({ campaign, ids, each }, callbell, { item }) {
		const done = campaign === undefined ? undefined : remembered(item.context.getWorkflowStaticData('global'), 'Callbell', campaign);
		if (campaign !== undefined && done === undefined) {
			throw item.refuse('campaignName', `'${campaign}' is not known to this workflow`, "n8n remembers campaigns of active workflows only. Choose 'List', and give the message IDs.");
		}
		const values = Object.values(done ?? {});
		const wanted = done ? values.filter(Boolean) : ids;
		const messages: IDataObject[] = [];
		for (let from = 0; from < wanted.length && !callbell.http.signal?.aborted; from += vendor.parallelRequests) {
			messages.push(...(await Promise.all(wanted.slice(from, from + vendor.parallelRequests).map(async (id) => {
				const answer = await callbell.find(path`/messages/status/${id}`);
				const { status, reason, to } = answer ? simplifySent(recordIn(answer, 'message')) : { status: 'unknown', reason: 'Callbell does not know this message', to: null };
				return { messageId: id, status, reason, to };
			}))));
		}
		return each ? messages : summaryOf(messages, campaign ?? null, values.length - values.filter(Boolean).length);
	},
});

/** Counts; who has read a message has got it, and who got it was sent it. */
function summaryOf(messages: IDataObject[], campaign: string | null, unsure: number): IDataObject {
	const count = (...statuses: string[]) => messages.filter(({ status }) => statuses.includes(String(status))).length;
	const reasons: Record<string, number> = {};
	for (const { status, reason } of messages) if (status === 'failed') reasons[String(reason ?? 'No reason given')] = (reasons[String(reason ?? 'No reason given')] ?? 0) + 1;
	return {
		campaign,
		messages: messages.length,
		sent: count('sent', 'delivered', 'read'),
		delivered: count('delivered', 'read'),
		read: count('read'),
		failed: count('failed'),
		waiting: count('queued'),
		other: count('mismatch', 'deleted', 'unknown'),
		unsure,
		reasons: Object.entries(reasons).map(([reason, times]) => ({ reason, times })).sort((a, b) => b.times - a.times),
	};
}
