import type { Approval } from '../../../shared/message/approval';
import { approvalFields, noticeFailure, questionField, readApproval, readQuestion, sendAndWaitOption, signedLinks, sleepUntilAnswered } from '../../../shared/message/approval';
import type { TextFormat } from '../../../shared/message/textFormat';
import { readTextFormat, textFormatFields } from '../../../shared/message/textFormat';
import { conversationLocator } from '../../descriptions/locators';
import { accountOperation } from '../../helpers/accountOperation';
import { hearInChat } from '../../helpers/chatAnswers';
import { channelOf, outgoingText, refuseClosedWindow, refuseLong, showsNamedLinks, tellsNothing, withDelivery } from '../../helpers/outgoing';
import { readId } from '../../helpers/read';
import { withMark } from '../../helpers/workflowMark';
import { postOutgoing } from './message.calls';

interface Input {
	id: string;
	content: string;
	format: TextFormat;
	isPrivate: boolean;
	approval: Approval;
	hears: boolean;
}


/** `createMessage` with signed links to this execution, which sleeps until somebody answers there. */
export const sendAndWait = accountOperation<Input>({
	option: {
		...sendAndWaitOption,
		description: 'Send a message with links to approve, decline or write something, and go on when somebody has done so; the execution sleeps meanwhile',
	},
	properties: [
		conversationLocator,
		questionField,
		...textFormatFields,
		{
			displayName: 'Private Note',
			name: 'private',
			type: 'boolean',
			default: false,
			description: 'Whether the question goes to the team as a private note, and not to the contact',
		},
		...approvalFields,
		{
			displayName: 'Hear Answers in Chat',
			name: 'hearInChat',
			type: 'boolean',
			default: false,
			description: "Whether an answer typed in the conversation counts: a label, or a plain yes or no (sim, não, sí). Needs an administrator's token and a limited wait.",
		},
	],
	read(item) {
		const approval = readApproval(item);
		const content = readQuestion(item);
		const isPrivate = item.boolean('private') ?? false;
		const hears = item.boolean('hearInChat') ?? false;
		if (hears && approval.wait === undefined) throw item.refuse('waitAmount', "is 0, but 'Hear Answers in Chat' needs an end", 'Say how long to wait: meanwhile Chatwoot calls n8n for each message.');
		return { id: readId(item, 'conversationId'), content, format: readTextFormat(item, 'message', content, isPrivate), isPrivate, approval, hears };
	},
	orderingKey: ({ id }) => id,
	async run({ id, content, format, isPrivate, approval, hears }, account, { item: { context } }) {
		const channel = await channelOf(account, id);
		if (!isPrivate) refuseClosedWindow(account, channel, id);
		const shown = isPrivate ? '' : channel.type;
		const links = signedLinks(context, approval).map(({ label, url }) => (showsNamedLinks(shown) ? `[${outgoingText(label, 'asIs', shown)}](${url})` : `${outgoingText(label, 'asIs', shown)}: ${url}`));
		const text = [outgoingText(content, format, shown), ...links].join('\n\n');
		if (!isPrivate) refuseLong(account, channel, text, 'text');
		const stopHearing = hears ? await hearInChat(context, account, { conversationId: id, isPrivate, approval }) : undefined;
		let asleep = false;
		try {
			const message = await postOutgoing(account, id, withMark({ content: text, message_type: 'outgoing', private: isPrivate }, context));
			const sent = await withDelivery(account, id, message, { channel, seconds: tellsNothing.has(channel.type) ? undefined : noticeFailure });
			await sleepUntilAnswered(context, approval);
			asleep = true;
			return sent;
		} finally {
			// What has failed is what is told.
			if (!asleep) await stopHearing?.().catch(() => undefined);
		}
	},
});
