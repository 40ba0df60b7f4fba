import { path } from '../../../shared/http';
import { operation } from '../../../shared/operation';
import type { KinboxClient } from '../../client';
import { messageOutput } from '../../session';

/** `GET /v1/messages/{id}`. */
export const get = operation<KinboxClient, string>({
	option: {
		name: 'Get',
		value: 'get',
		action: 'Get message',
		description: 'Get one message with its text and files. Needs an API Token.',
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
		kinbox.needs('v1', 'Reading messages');
		return await kinbox.get(path`/messages/${id}`);
	},
});
