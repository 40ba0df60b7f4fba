import type { IDataObject } from 'n8n-workflow';

import { path } from '../../../shared/http/httpClient';
import type { ReplyWait } from '../../../shared/message/awaitReply';
import { awaitReply, readReplyWait, replyWaitFields } from '../../../shared/message/awaitReply';
import { isoOrNull } from '../../../shared/values/read';
import { conversationLocator } from '../../descriptions/locators';
import { accountOperation } from '../../helpers/accountOperation';
import { readId } from '../../helpers/read';
import { withMark } from '../../helpers/workflowMark';
import { rowsIn } from '../../transport/answers';
import type { AccountClient } from '../../transport/client';

interface Input {
	id: string;
	content: string;
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
			description: 'The text; it may have Markdown',
		},
		...replyWaitFields,
	],
	read: (item) => ({
		id: readId(item, 'conversationId'),
		content: item.required('content'),
		wait: readReplyWait(item),
	}),
	// Two questions in one conversation: whose answer would the next message be?
	orderingKey: ({ id }) => id,
	async run({ id, content, wait }, account, { item }) {
		const sent = await account.post<IDataObject>(path`/conversations/${id}/messages`, withMark({ content, message_type: 'outgoing', private: false }, item.context));
		const { reply, secondsWaited } = await awaitReply(async () => ({ reply: await replyTo(account, id, Number(sent.id)) }), wait, account.http.signal);
		return {
			replied: reply !== undefined,
			text: reply?.content ?? null,
			replyId: reply ? String(reply.id) : null,
			repliedAt: isoOrNull(reply?.created_at),
			messageId: String(sent.id),
			conversationId: id,
			secondsWaited,
		};
	},
});

/** The first message of the contact after ours. */
async function replyTo(account: AccountClient, id: string, messageId: number): Promise<IDataObject | undefined> {
	const later = rowsIn(await account.get(path`/conversations/${id}/messages`, { after: messageId }));
	return later.find((message) => message.message_type === 0 && Number(message.id) > messageId);
}
