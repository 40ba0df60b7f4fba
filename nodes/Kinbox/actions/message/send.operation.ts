import { orderWait, sendParts } from '../../../shared/message/textParts';
import { operation } from '../../../shared/operation/operation';
import { phoneKey } from '../../../shared/phone/compare';
import { objectOrEmpty, withoutUndefined } from '../../../shared/values/read';
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
		const sendOne = async (input: MessageInput) => {
			const started = Date.now();
			return await withDelivery(kinbox, await sendMessage(input, kinbox, item), input, started);
		};
		const { texts, pause } = message.parts ?? { texts: [], pause: 0 };
		if (texts.length < 2) return await sendOne(message);
		return await sendParts(kinbox.http, texts, pause, async (text, index) => await sendOne(partOf(message, text, index, texts.length)));
	},
});

/** One message of several: each with a key of its own, and what happens with the conversation after the last. */
function partOf(whole: MessageInput, text: string, index: number, count: number): MessageInput {
	const isLast = index === count - 1;
	const { externalId, callOptions, ...body } = whole.body;
	const { setGroupId, execAutoAttributionId, execBotId, ...always } = objectOrEmpty(callOptions);
	const options = withoutUndefined(isLast ? { ...always, setGroupId, execAutoAttributionId, execBotId } : always);
	return {
		...whole,
		seconds: whole.seconds ?? (isLast ? undefined : orderWait),
		body: withoutUndefined({ ...body, message: text, externalId: externalId === undefined || index === 0 ? externalId : `${String(externalId)}.${index}`, callOptions: Object.keys(options).length ? options : undefined }),
	};
}
