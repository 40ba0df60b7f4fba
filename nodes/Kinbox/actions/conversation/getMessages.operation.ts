import type { IDataObject } from 'n8n-workflow';

import type { QueryValue } from '../../../shared/http/httpClient';
import { path } from '../../../shared/http/httpClient';
import { readLimit, returnAllOrLimit } from '../../../shared/operation/listing';
import { operation } from '../../../shared/operation/operation';
import { objectOrEmpty } from '../../../shared/values/read';
import { sessionLocator } from '../../descriptions/locators';
import type { KinboxClient } from '../../transport/client';
import { messageOutput } from '../message/message';

interface Input {
	session: string;
	limit?: number;
	query: Record<string, QueryValue>;
	wholeHistory: boolean;
}

/** `GET /v1/sessions/{id}` for the conversation's ID, then `GET /v1/conversations/{id}/messages`. */
export const getMessages = operation<KinboxClient, Input>({
	option: {
		name: 'Get Messages',
		value: 'getMessages',
		action: 'Get messages of conversation',
		description: 'Get the messages of a conversation. Needs an API Token.',
	},
	properties: [
		sessionLocator,
		...returnAllOrLimit,
		{
			displayName: 'Order',
			name: 'order',
			type: 'options',
			options: [
				{ name: 'Newest First', value: 'desc' },
				{ name: 'Oldest First', value: 'asc' },
			],
			default: 'desc',
			description: 'Which messages come first',
		},
		{
			displayName: 'Filters',
			name: 'filters',
			type: 'collection',
			placeholder: 'Add Filter',
			default: {},
			description: 'Which messages to return',
			options: [
				{
					displayName: 'Sent After',
					name: 'from',
					type: 'dateTime',
					default: '',
					description: 'Only messages sent at or after this time',
				},
				{
					displayName: 'Sent Before',
					name: 'to',
					type: 'dateTime',
					default: '',
					description: 'Only messages sent at or before this time',
				},
				{
					displayName: 'Whole History',
					name: 'wholeHistory',
					type: 'boolean',
					default: true,
					description: 'Whether to return the messages of earlier conversations with the contact on this channel, too',
				},
			],
		},
	],
	output: messageOutput,
	read(item) {
		const filters = item.collection('filters');
		return {
			session: item.requiredLocator('sessionId'),
			limit: readLimit(item),
			wholeHistory: filters.boolean('wholeHistory') === true,
			query: {
				order: item.choice('order', ['desc', 'asc'] as const) ?? 'desc',
				created_at_from: filters.date('from'),
				created_at_to: filters.date('to'),
			},
		};
	},
	async run({ session, limit, query, wholeHistory }, kinbox) {
		kinbox.needs('v1', 'Reading messages');
		const { call } = await kinbox.get<{ call: IDataObject }>(path`/sessions/${session}`);
		const { customerPlatformId, id } = objectOrEmpty(call);
		// The list has the messages of all conversations on this channel, so those of this one are picked out.
		const { rows } = await kinbox.list(path`/conversations/${String(customerPlatformId)}/messages`, query, { limit: wholeHistory ? limit : undefined });
		return rows.filter(({ callId }) => wholeHistory || String(callId) === String(id)).slice(0, limit);
	},
});
