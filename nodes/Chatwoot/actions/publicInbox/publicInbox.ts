import type { IDataObject } from 'n8n-workflow';

import { e164OrNull } from '../../../shared/phone/compare';
import { isoOrNull, objectOrEmpty, recordsOf, textOrNull } from '../../../shared/values/read';
import { messageKinds } from '../message/message';

/** A contact as its own app sees it (`PublicContact`). */
export function simplifyPublicContact(contact: IDataObject): IDataObject {
	return {
		sourceId: textOrNull(contact.source_id),
		id: textOrNull(contact.id),
		name: textOrNull(contact.name),
		email: textOrNull(contact.email),
		phone: e164OrNull(contact.phone_number),
	};
}

/** A message as the contact's app sees it (`PublicMessage`). */
export function simplifyPublicMessage(message: IDataObject): IDataObject {
	const sender = objectOrEmpty(message.sender);
	const files = recordsOf(message.attachments);
	return {
		id: textOrNull(message.id),
		conversationId: textOrNull(message.conversation_id),
		content: textOrNull(message.content),
		type: messageKinds[Number(message.message_type)] ?? null,
		contentType: textOrNull(message.content_type),
		sender: textOrNull(sender.name),
		attachments: files.map((file) => file.data_url ?? null),
		createdAt: isoOrNull(message.created_at),
	};
}

/** A conversation as the contact's app sees it (`PublicConversation`). */
export function simplifyPublicConversation(conversation: IDataObject): IDataObject {
	const messages = recordsOf(conversation.messages);
	return {
		id: textOrNull(conversation.id),
		uuid: textOrNull(conversation.uuid),
		inboxId: textOrNull(conversation.inbox_id),
		status: textOrNull(conversation.status),
		contactId: textOrNull(objectOrEmpty(conversation.contact).id),
		messages: messages.map(simplifyPublicMessage),
	};
}
