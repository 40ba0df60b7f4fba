import type { IDataObject } from 'n8n-workflow';

import { path } from '../../../shared/http';
import { pause } from '../../../shared/pause';
import type { AccountClient } from '../../client';
import { rowsIn } from '../../client';
import { isoOrNull } from '../../../shared/contact';
import { conversationLocator } from '../../locators';
import { accountOperation, readId } from '../../operation';
import { withMark } from '../../workflowMark';

interface Input {
	id: string;
	content: string;
	/** Milliseconds. */
	timeout: number;
	interval: number;
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
		{
			displayName: 'Wait at Most',
			name: 'timeout',
			type: 'number',
			typeOptions: { minValue: 1, maxValue: 1440 },
			default: 10,
			description: 'Minutes after which the node goes on without a reply',
		},
		{
			displayName: 'Look Every',
			name: 'interval',
			type: 'number',
			typeOptions: { minValue: 1, maxValue: 300 },
			default: 5,
			description: 'Seconds between two looks at the conversation',
		},
	],
	read: (item) => ({
		id: readId(item, 'conversationId'),
		content: item.required('content'),
		timeout: (item.number('timeout', { min: 0.01, max: 1440 }) ?? 10) * 60_000,
		interval: (item.number('interval', { min: 0.1, max: 300 }) ?? 5) * 1000,
	}),
	// Two questions in one conversation: whose answer would the next message be?
	orderingKey: ({ id }) => id,
	async run({ id, content, timeout, interval }, account, { item }) {
		const { signal } = account.http;
		const started = Date.now();
		const sent = await account.post<IDataObject>(path`/conversations/${id}/messages`, withMark({ content, message_type: 'outgoing', private: false }, item.context));
		let reply: IDataObject | undefined;
		while (!reply && Date.now() - started < timeout && !signal?.aborted) {
			await pause(Math.min(interval, Math.max(0, timeout - (Date.now() - started))), signal);
			if (signal?.aborted) break;
			// The message is out: a look that fails is no reason to lose that, the next one may succeed.
			reply = await replyTo(account, id, Number(sent.id)).catch(() => undefined);
		}
		return {
			replied: reply !== undefined,
			text: reply?.content ?? null,
			replyId: reply ? String(reply.id) : null,
			repliedAt: isoOrNull(reply?.created_at),
			messageId: String(sent.id),
			conversationId: id,
			secondsWaited: Math.round((Date.now() - started) / 100) / 10,
		};
	},
});

/** The first message of the contact after ours. */
async function replyTo(account: AccountClient, id: string, messageId: number): Promise<IDataObject | undefined> {
	const later = rowsIn(await account.get(path`/conversations/${id}/messages`, { after: messageId }));
	return later.find((message) => message.message_type === 0 && Number(message.id) > messageId);
}
