import type { IDataObject } from 'n8n-workflow';

import type { OutputShape } from '../../../shared/operation/output';
import { outputProperties } from '../../../shared/operation/output';
import { isoOrNull, objectOrEmpty, textOrNull } from '../../../shared/values/read';
import type { ChatwootClient } from '../../transport/client';
import { messageKinds } from '../message/message';

/** A conversation as the search gives it (`SearchConversationOnly`), in short: it has no state. */
function simplifyFoundConversation(conversation: IDataObject, client: ChatwootClient): IDataObject {
	const contact = objectOrEmpty(conversation.contact);
	return {
		id: String(conversation.id ?? ''),
		inboxId: textOrNull(objectOrEmpty(conversation.inbox).id),
		inboxName: textOrNull(objectOrEmpty(conversation.inbox).name),
		contactId: textOrNull(contact.id),
		contactName: textOrNull(contact.name),
		contactEmail: textOrNull(contact.email),
		assignee: textOrNull(objectOrEmpty(conversation.agent).name),
		firstMessage: textOrNull(objectOrEmpty(conversation.message).content),
		url: client.linkTo(conversation, `conversations/${String(conversation.id ?? '')}`),
		createdAt: isoOrNull(conversation.created_at),
	};
}

export const foundConversationOutput: OutputShape<ChatwootClient> = {
	simplify: simplifyFoundConversation,
	properties: outputProperties(['account_id', 'additional_attributes', 'agent', 'contact', 'created_at', 'id', 'inbox', 'message']),
};

/** A conversation found by the text of its messages (`ConversationSearchItem`), in short. */
function simplifyFoundByMessage(conversation: IDataObject, client: ChatwootClient): IDataObject {
	const contact = objectOrEmpty(conversation.contact);
	const inbox = objectOrEmpty(conversation.inbox);
	const messages = Array.isArray(conversation.messages) ? (conversation.messages as unknown[]).map(objectOrEmpty) : [];
	return {
		id: String(conversation.id ?? ''),
		inboxId: textOrNull(inbox.id),
		inboxName: textOrNull(inbox.name),
		contactId: textOrNull(contact.id),
		contactName: textOrNull(contact.name),
		messages: messages.map((message) => ({
			id: textOrNull(message.id),
			content: textOrNull(message.content),
			type: messageKinds[Number(message.message_type)] ?? null,
			sender: textOrNull(message.sender_name),
			createdAt: isoOrNull(message.created_at),
		})),
		url: client.linkTo(conversation, `conversations/${String(conversation.id ?? '')}`),
		createdAt: isoOrNull(conversation.created_at),
	};
}

export const foundByMessageOutput: OutputShape<ChatwootClient> = {
	simplify: simplifyFoundByMessage,
	properties: outputProperties(['account_id', 'contact', 'created_at', 'id', 'inbox', 'messages', 'uuid']),
};
