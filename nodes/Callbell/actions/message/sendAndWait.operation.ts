import type { Approval } from '../../../shared/message/approval';
import { readApproval, sendAndWaitOption, sleepUntilAnswered, withLinkLines } from '../../../shared/message/approval';
import { operation } from '../../../shared/operation/operation';
import { limits } from '../../../shared/whatsapp/limits';
import type { CallbellClient } from '../../transport/client';
import { sendMessage, withDelivery } from './message.calls';
import { addressOf, questionFields, readAsk, recipientKey, refuseTooLong } from './message.fields';

type Input = ReturnType<typeof readAsk> & { approval: Approval };

/** `POST /messages/send` with signed links to this execution, which sleeps until somebody answers there. */
export const sendAndWait = operation<CallbellClient, Input>({
	option: {
		...sendAndWaitOption,
		description: 'Send a message with links to approve, decline or write something, and go on when somebody has done so; the execution sleeps meanwhile',
	},
	properties: questionFields,
	read: (item) => ({ approval: readApproval(item), ...readAsk(item) }),
	orderingKey: ({ recipient }) => recipientKey(recipient),
	async run({ text, approval, ...asked }, callbell, { item }) {
		const content = { text: withLinkLines(item, text, approval, limits.text) };
		const question = { ...asked, body: { ...asked.body, content } };
		await refuseTooLong(question, callbell, item, 'message');
		const taken = await sendMessage(callbell, { body: { ...(await addressOf(asked.recipient, callbell, item)), ...question.body }, text: content.text });
		const sent = await withDelivery(callbell, taken, asked.seconds);
		await sleepUntilAnswered(item.context, approval);
		return sent;
	},
});
