import { operation } from '../../../shared/operation/operation';
import type { CallbellClient } from '../../transport/client';
import { sentOutput } from './message';
import { sendMessage, withDelivery } from './message.calls';
import { addressOf, checkInputFile, recipientKey, readSend, refuseTooLong, sendFields } from './message.fields';
import type { SendInput } from './message.fields';

/** `POST /messages/send` without template. */
export const send = operation<CallbellClient, SendInput>({
	option: {
		name: 'Send',
		value: 'send',
		action: 'Send message',
		description: 'Send a text or a file; on WhatsApp only within 24 hours after the last message of the person, later only a template',
	},
	properties: sendFields,
	output: sentOutput,
	read: readSend,
	orderingKey: ({ recipient }) => recipientKey(recipient),
	async run(input, callbell, { item }) {
		const { recipient, body, seconds } = input;
		await refuseTooLong(input, callbell, item);
		await checkInputFile(item, input.fileKind);
		const taken = await sendMessage(callbell, { ...(await addressOf(recipient, callbell, item)), ...body });
		return await withDelivery(callbell, taken, seconds);
	},
});
