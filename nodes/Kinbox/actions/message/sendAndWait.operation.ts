import type { Approval } from '../../../shared/message/approval';
import { noticeFailure, readApproval, readQuestion, sendAndWaitOption, sleepUntilAnswered, withLinkLines } from '../../../shared/message/approval';
import { operation } from '../../../shared/operation/operation';
import { phoneKey } from '../../../shared/phone/compare';
import { limits } from '../../../shared/whatsapp/limits';
import type { KinboxClient } from '../../transport/client';
import { sendMessage, withDelivery } from './message.calls';
import { questionFields, readMessage, type MessageInput } from './message.fields';

interface Input extends MessageInput {
	approval: Approval;
}

/** `POST /v1/messages/send` with signed links to this execution, which sleeps until somebody answers there. */
export const sendAndWait = operation<KinboxClient, Input>({
	option: {
		...sendAndWaitOption,
		description: 'Send a message with links to approve, decline or write something, and go on when somebody has done so; the execution sleeps meanwhile. Needs an API Token with the scope send.',
	},
	properties: questionFields,
	read: (item) => ({ approval: readApproval(item), ...readMessage(item, readQuestion(item)) }),
	orderingKey: ({ e164 }) => phoneKey(e164),
	async run({ approval, ...question }, kinbox, { item }) {
		kinbox.needs('v1', 'Sending messages');
		const started = Date.now();
		const message = { ...question, seconds: noticeFailure, body: { ...question.body, message: withLinkLines(item, String(question.body.message), approval, limits.text) } };
		const sent = await withDelivery(kinbox, await sendMessage(message, kinbox, item), message, started);
		await sleepUntilAnswered(item.context, approval);
		return sent;
	},
});
