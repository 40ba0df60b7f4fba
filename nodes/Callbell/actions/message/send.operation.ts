import type { IDataObject } from 'n8n-workflow';

import { orderWait, sendParts } from '../../../shared/message/textParts';
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
		const once = readOnce(item, input.recipient, input.text !== undefined);
		if (once !== undefined && (input.parts?.texts.length ?? 1) > 1) throw item.refuseLabel('Send Only Once', "cannot be used with 'Split Text'", 'Callbell finds one message under a key. Take one of them away.');
		return { ...input, once };
	},
	orderingKey: ({ recipient }) => recipientKey(recipient),
	async run(input, callbell, { item }) {
		const { recipient, body, text, once, seconds, parts } = input;
		const texts = parts?.texts ?? [];
		const bodies = texts.length > 1 ? texts.map((part) => ({ ...body, content: { text: part } })) : [body];
		for (const each of bodies) await refuseTooLong({ ...input, body: each }, callbell, item);
		await checkInputFile(item, input.fileKind);
		const address = await addressOf(recipient, callbell, item);
		const sendOne = async (each: IDataObject, wait: number | undefined) => await withDelivery(callbell, await sendUnderKey(callbell, once, { body: { ...address, ...each }, text: texts.length > 1 ? String((each.content as IDataObject).text) : text }), wait);
		if (bodies.length === 1) return await sendOne(body, seconds);
		return await sendParts(callbell.http, texts, parts?.pause ?? 0, async (_, index) => await sendOne(bodies[index]!, seconds ?? (index < bodies.length - 1 ? orderWait : undefined)));
	},
});
