import type { IDataObject } from 'n8n-workflow';

import type { OutputShape } from '../../../shared/operation/output';
import { outputProperties } from '../../../shared/operation/output';
import { isoOrNull, objectOrEmpty, recordsOf, textOrNull } from '../../../shared/values/read';
import type { ChatwootClient } from '../../transport/client';

/** What the numbers of `message_type` mean. */
export const messageKinds = ['incoming', 'outgoing', 'activity', 'template'] as const;

/** A message (`Message`) in short. */
function simplifyMessage(message: IDataObject): IDataObject {
	const sender = objectOrEmpty(message.sender);
	const attributes = objectOrEmpty(message.content_attributes);
	const error = textOrNull(attributes.external_error);
	const files = recordsOf(message.attachments);
	return {
		id: textOrNull(message.id) ?? (message.alreadySent === true ? null : ''),
		conversationId: textOrNull(message.conversation_id),
		inboxId: textOrNull(message.inbox_id),
		content: textOrNull(message.content),
		type: messageKinds[Number(message.message_type)] ?? textOrNull(message.message_type),
		private: message.private ?? null,
		// Chatwoot overwrites the status of a message that has failed with late news; the reason stays.
		status: error === null ? textOrNull(message.status) : 'failed',
		error,
		deleted: attributes.deleted === true,
		sender: textOrNull(sender.name),
		senderType: textOrNull(sender.type),
		attachments: files.map((file) => file.data_url ?? null),
		sourceId: textOrNull(message.source_id),
		createdAt: isoOrNull(message.created_at),
		...(message.alreadySent === undefined ? {} : { alreadySent: message.alreadySent }),
	};
}

export const messageOutput: OutputShape<ChatwootClient> = {
	simplify: simplifyMessage,
	properties: outputProperties([
		'attachments', 'content', 'content_attributes', 'content_type', 'conversation_id', 'created_at', 'echo_id', 'id', 'inbox_id',
		'message_type', 'private', 'sender', 'sender.id', 'sender.name', 'sender.type', 'source_id', 'status',
	]),
};
