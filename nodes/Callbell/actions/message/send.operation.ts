import { operation } from '../../../shared/operation/operation';
import type { CallbellClient } from '../../transport/client';
import { sentOutput } from './message';
import { sendUnderKey, withDelivery, type OnceKey } from './message.calls';
import { addressOf, checkInputFile, readOnce, recipientKey, readSend, refuseTooLong, sendFields } from './message.fields';
import type { SendInput } from './message.fields';

/** `POST /messages/send` without template. */
export const send = operation<CallbellClient, SendInput & { once?: OnceKey }>({
	option: {
		name: 'Send',
		value: 'send',
		action: 'Send message',
		description: 'Send a text or a file; on WhatsApp only within 24 hours after the last message of the person, later only a template',
	},
	properties: sendFields,
	output: sentOutput,
	read(item) {
		const input = readSend(item);
		return { ...input, once: readOnce(item, input.recipient, input.text !== undefined) };
	},
	orderingKey: ({ recipient }) => recipientKey(recipient),
	async run(input, callbell, { item }) {
		const { recipient, body, text, once, seconds } = input;
		await refuseTooLong(input, callbell, item);
		await checkInputFile(item, input.fileKind);
		const taken = await sendUnderKey(callbell, once, { body: { ...(await addressOf(recipient, callbell, item)), ...body }, text });
		return await withDelivery(callbell, taken, seconds);
	},
});
