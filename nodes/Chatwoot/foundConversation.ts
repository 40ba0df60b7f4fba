import type { IDataObject } from 'n8n-workflow';

import { isoOrNull, objectOrEmpty, textOrNull } from '../shared/contact';
import type { OutputShape } from '../shared/output';
import { outputProperties } from '../shared/output';
import type { ChatwootClient } from './client';

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
