import type { IDataObject } from 'n8n-workflow';

import { path } from '../../../shared/http/httpClient';
import type { ReplyWait } from '../../../shared/message/awaitReply';
import { awaitReply, readReplyWait, replyWaitFields } from '../../../shared/message/awaitReply';
import type { TextFormat } from '../../../shared/message/textFormat';
import { readTextFormat, textFormatFields } from '../../../shared/message/textFormat';
import { isoOrNull } from '../../../shared/values/read';
import { conversationLocator } from '../../descriptions/locators';
import { accountOperation } from '../../helpers/accountOperation';
import { channelOf, deliveryOf, outgoingText, refuseClosedWindow, refuseFailed, refuseLong } from '../../helpers/outgoing';
import { readId } from '../../helpers/read';
import { withMark } from '../../helpers/workflowMark';
import { rowsIn } from '../../transport/answers';
import type { AccountClient } from '../../transport/client';
import { postOutgoing } from './message.calls';

interface Input {
	id: string;
	content: string;
	format: TextFormat;
	wait: ReplyWait;
}

/** `createMessage`, then `listMessages` until the contact has written; nothing has to reach n8n from outside. */
export const sendAndAwaitReply = accountOperation<Input>({
	option: {
		name: 'Send and Wait for Reply',
		value: 'sendAndAwaitReply',
		action: 'Send message and wait for reply',
		description: 'Send a text and wait until the contact answers in the conversation; the execution keeps running meanwhile. For long waits use the Chatwoot Trigger.',
	},
	properties: [
		conversationLocator,
		{
			displayName: 'Message',
			name: 'content',
			type: 'string',
			typeOptions: { rows: 4 },
			default: '',
			required: true,
			placeholder: 'e.g. Which size would you like?',
			description: 'The text',
		},
		...textFormatFields,
		...replyWaitFields,
	],
	read: (item) => ({
		id: readId(item, 'conversationId'),
		content: item.required('content'),
		format: readTextFormat(item, 'content', item.required('content')),
		wait: readReplyWait(item),
	}),
	// Two questions in one conversation: whose answer would the next message be?
	orderingKey: ({ id }) => id,
	async run({ id, content, format, wait }, account, { item }) {
		if (await account.client.isBot()) throw account.http.error('Chatwoot does not show messages to agent bots, so an answer could not be seen', "Nothing was sent. Use the token of a person, or 'Send' and the Chatwoot Trigger.");
		const channel = await channelOf(account, id);
		refuseClosedWindow(account, channel, id);
		refuseLong(account, channel, content, 'text');
		const sent = await postOutgoing(account, id, withMark({ content: outgoingText(content, format, channel.type), message_type: 'outgoing', private: false }, item.context));
		let own = deliveryOf(sent, channel.type);
		const { reply, secondsWaited } = await awaitReply(async () => {
			const later = await messagesSince(account, id, Number(sent.id));
			own = deliveryOf(later.find((message) => Number(message.id) === Number(sent.id)) ?? sent, channel.type);
			// Nobody answers what has not arrived.
			return { reply: later.find((message) => message.message_type === 0 && Number(message.id) > Number(sent.id)), over: own.status === 'failed' };
		}, wait, account.http.signal);
		if (reply === undefined && own.status === 'failed') refuseFailed(account, own, String(sent.id));
		return {
			replied: reply !== undefined,
			text: reply?.content ?? null,
			replyId: reply ? String(reply.id) : null,
			repliedAt: isoOrNull(reply?.created_at),
			messageId: String(sent.id),
			conversationId: id,
			status: own.status,
			secondsWaited,
		};
	},
});

/** A message and all that came after it. */
async function messagesSince(account: AccountClient, id: string, messageId: number): Promise<IDataObject[]> {
	return rowsIn(await account.get(path`/conversations/${id}/messages`, { after: messageId - 1 }));
}
