import type { INodeProperties } from 'n8n-workflow';

import { path } from '../../../shared/http/httpClient';
import { operation } from '../../../shared/operation/operation';
import type { CallbellClient } from '../../transport/client';

export const messageIdField: INodeProperties = {
	displayName: 'Message ID',
	name: 'messageId',
	type: 'string',
	default: '',
	required: true,
	placeholder: 'e.g. 0f1e2d3c4b5a49788695a4b3c2d1e0f9',
	description: 'The ID that sending the message gave',
};

/** `DELETE /messages/{uuid}`: inside Callbell only. */
export const deleteMessage = operation<CallbellClient, string>({
	option: {
		name: 'Delete',
		value: 'delete',
		action: 'Delete message',
		description: 'Remove the text and files of a message inside Callbell; the person keeps their copy',
	},
	properties: [{ ...messageIdField, description: 'The ID that sending the message gave, or the ID of the channel (wamid…) of a message that came in' }],
	read: (item) => item.required('messageId'),
	orderingKey: (id) => id,
	async run(id, callbell) {
		await callbell.delete(path`/messages/${id}`);
		return { deleted: true };
	},
});
