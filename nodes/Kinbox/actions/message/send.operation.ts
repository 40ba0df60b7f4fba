import { operation } from '../../../shared/operation/operation';
import { phoneKey } from '../../../shared/phone/compare';
import type { KinboxClient } from '../../transport/client';
import { sendMessage, withDelivery } from './message.calls';
import { messageFields, readMessage, type MessageInput } from './message.fields';

/** `POST /v1/messages/send` with all fields of `SendMessage`. */
export const send = operation<KinboxClient, MessageInput>({
	option: {
		name: 'Send',
		value: 'send',
		action: 'Send message',
		description: 'Send a text, a file or a template to a contact, now or later. Needs an API Token with the scope send.',
	},
	properties: messageFields,
	read: readMessage,
	orderingKey: ({ e164 }) => phoneKey(e164),
	async run(message, kinbox, { item }) {
		kinbox.needs('v1', 'Sending messages');
		const started = Date.now();
		return await withDelivery(kinbox, await sendMessage(message, kinbox, item), message, started);
	},
});
