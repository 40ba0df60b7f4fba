import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { path } from '../../../shared/http/httpClient';
import { operation } from '../../../shared/operation/operation';
import { remembered } from '../../../shared/campaign/memory';
import { readResultFields, resultFields, resultRow, resultsOf, type ResultChoice } from '../../../shared/campaign/results';
import type { CallbellClient } from '../../transport/client';
import { callbell as vendor, recordIn } from '../../transport/client';
import { simplifySent } from '../message/message';

interface Input extends ResultChoice {
	campaign?: string;
	ids: string[];
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
		...resultFields,
	],
	read(item) {
		const byName = (item.choice('messagesOf', ['campaign', 'list'] as const) ?? 'campaign') === 'campaign';
		const campaign = byName ? item.required('campaignName') : undefined;
		const given = byName ? [] : (item.list('messages') ?? []);
		if (!byName && given.length === 0) throw item.refuse('messages', 'is empty', 'Give the IDs that sending the messages gave.');
		return { campaign, ids: [...new Set(given)], ...readResultFields(item) };
	},
	async run({ campaign, ids, ...choice }, callbell, { item }) {
		const { context } = item;
		const done = campaign === undefined ? undefined : remembered(context.getWorkflowStaticData('global'), 'Callbell', campaign);
		if (campaign !== undefined && done === undefined) {
			throw item.refuse('campaignName', `'${campaign}' is not known to this workflow`, "n8n remembers campaigns of active workflows only. Choose 'List', and give the message IDs.");
		}
		const name = campaign ?? null;
		const wanted: Array<[string | null, string]> = done ? Object.entries(done).map(([person, id]) => [`+${person}`, id]) : ids.map((id) => [null, id]);
		const rows: IDataObject[] = [];
		for (let from = 0; from < wanted.length && !callbell.http.signal?.aborted; from += vendor.parallelRequests) {
			rows.push(...(await Promise.all(wanted.slice(from, from + vendor.parallelRequests).map(async ([phone, id]) => {
				if (id === '') return resultRow(name, { phone, status: 'unsure', reason: 'The answer to this message was lost' });
				const answer = await callbell.find(path`/messages/status/${id}`);
				const { status, reason, to, contactName } = answer ? simplifySent(recordIn(answer, 'message')) : { status: 'unknown', reason: 'Callbell does not know this message', to: null, contactName: null };
				return resultRow(name, { phone: to ?? phone, name: contactName, status, reason, messageId: id });
			}))));
		}
		return await resultsOf(context as IExecuteFunctions, { ...choice, campaign: name, service: 'Callbell', rows, told: { messages: rows.filter(({ messageId }) => messageId !== null).length } });
	},
});
