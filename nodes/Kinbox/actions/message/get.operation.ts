import { path } from '../../../shared/http/httpClient';
import { operation } from '../../../shared/operation/operation';
import type { KinboxClient } from '../../transport/client';
import { messageOutput } from './message';

/** `GET /v1/messages/{id}` or `GET /v3/messages/{id}`, which takes numbers only. */
export const get = operation<KinboxClient, string>({
	option: {
		name: 'Get',
		value: 'get',
		action: 'Get message',
		description: 'Get one message with its text; with an API Token also who wrote it, and its files',
	},
	properties: [
		{
			displayName: 'Message ID',
			name: 'messageId',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. 5000001',
			description: 'ID of the message, as Get Messages of a conversation outputs it',
		},
	],
	output: messageOutput,
	read: (item) => item.required('messageId'),
	async run(id, kinbox) {
		if (!/^\d+$/.test(id)) kinbox.needs('v1', 'Reading a message whose ID is not a number');
		return await kinbox.get(path`/messages/${id}`);
	},
});
