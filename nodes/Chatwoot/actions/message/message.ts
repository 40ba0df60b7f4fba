import type { IDataObject } from 'n8n-workflow';

import type { OutputShape } from '../../../shared/operation/output';
import { outputProperties } from '../../../shared/operation/output';
import { isoOrNull, objectOrEmpty, textOrNull } from '../../../shared/values/read';
import type { ChatwootClient } from '../../transport/client';

/** What the numbers of `message_type` mean. */
export const messageKinds = ['incoming', 'outgoing', 'activity', 'template'] as const;

/** A message (`Message`) in short. */
function simplifyMessage(message: IDataObject): IDataObject {
	const sender = objectOrEmpty(message.sender);
	const files = Array.isArray(message.attachments) ? (message.attachments as IDataObject[]) : [];
	return {
		id: String(message.id ?? ''),
		conversationId: textOrNull(message.conversation_id),
		inboxId: textOrNull(message.inbox_id),
		content: textOrNull(message.content),
		type: messageKinds[Number(message.message_type)] ?? textOrNull(message.message_type),
		private: message.private ?? null,
		status: textOrNull(message.status),
		sender: textOrNull(sender.name),
		senderType: textOrNull(sender.type),
		attachments: files.map((file) => file.data_url ?? null),
		createdAt: isoOrNull(message.created_at),
	};
}

export const messageOutput: OutputShape<ChatwootClient> = {
	simplify: simplifyMessage,
	properties: outputProperties([
		'attachments', 'content', 'content_attributes', 'content_type', 'conversation_id', 'created_at', 'echo_id', 'id', 'inbox_id',
		'message_type', 'private', 'sender', 'sender.id', 'sender.name', 'sender.type', 'source_id', 'status',
	]),
};
