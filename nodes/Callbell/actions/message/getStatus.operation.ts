import { path } from '../../../shared/http/httpClient';
import { operation } from '../../../shared/operation/operation';
import type { CallbellClient } from '../../transport/client';
import { recordIn } from '../../transport/client';
import { messageIdField } from './message.fields';
import { sentOutput } from './message';

/** `GET /messages/status/{uuid}`. */
export const getStatus = operation<CallbellClient, string>({
	option: {
		name: 'Get Status',
		value: 'getStatus',
		action: 'Get status of message',
		description: 'See whether a sent message was delivered or read, or why it was not',
	},
	properties: [messageIdField],
	output: sentOutput,
	read: (item) => item.required('messageId'),
	run: async (id, callbell) => recordIn(await callbell.get(path`/messages/status/${id}`), 'message'),
});
