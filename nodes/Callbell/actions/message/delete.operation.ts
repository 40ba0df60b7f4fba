import { path } from '../../../shared/http/httpClient';
import { operation } from '../../../shared/operation/operation';
import type { CallbellClient } from '../../transport/client';
import { messageIdField } from './message.fields';

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
