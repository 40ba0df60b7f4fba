import type { IDataObject } from 'n8n-workflow';

import type { OutputShape } from '../../../shared/operation/output';
import { outputProperties } from '../../../shared/operation/output';
import { isoOrNull, objectOrEmpty, recordsOf, textOrNull } from '../../../shared/values/read';
import type { ChatwootClient } from '../../transport/client';

/** The last message that somebody wrote; lines such as "Olivia added vip" are messages to the server, too. */
function lastSaid({ last_non_activity_message: last, messages }: IDataObject): IDataObject | undefined {
	if (last !== null && typeof last === 'object') return last as IDataObject;
	const isActivity = ({ message_type: type }: IDataObject) => type === 2 || type === 'activity';
	return recordsOf(messages).filter((message) => !isActivity(message)).pop();
}

/** A conversation (`Conversation`) in short: who writes where, in which state, in whose hands. */
function simplifyConversation(conversation: IDataObject, client: ChatwootClient): IDataObject {
	const meta = objectOrEmpty(conversation.meta);
	const sender = objectOrEmpty(meta.sender);
	return {
		id: String(conversation.id ?? ''),
		status: textOrNull(conversation.status),
		priority: textOrNull(conversation.priority),
		inboxId: textOrNull(conversation.inbox_id),
		contactId: textOrNull(sender.id),
		contactName: textOrNull(sender.name),
		assignee: textOrNull(objectOrEmpty(meta.assignee).name),
		team: textOrNull(objectOrEmpty(meta.team).name),
		labels: Array.isArray(conversation.labels) ? conversation.labels : [],
		customAttributes: objectOrEmpty(conversation.custom_attributes),
		lastMessage: textOrNull(lastSaid(conversation)?.content),
		unread: conversation.unread_count ?? null,
		url: client.linkTo(conversation, `conversations/${String(conversation.id ?? '')}`),
		createdAt: isoOrNull(conversation.created_at),
		lastActivityAt: isoOrNull(conversation.last_activity_at),
	};
}

export const conversationOutput: OutputShape<ChatwootClient> = {
	simplify: simplifyConversation,
	properties: outputProperties([
		'account_id', 'additional_attributes', 'agent_last_seen_at', 'assignee_last_seen_at', 'can_reply', 'contact_last_seen_at', 'created_at',
		'custom_attributes', 'first_reply_created_at', 'id', 'inbox_id', 'labels', 'last_activity_at', 'last_non_activity_message', 'messages',
		'meta.assignee', 'meta.channel', 'meta.sender', 'meta.team', 'muted', 'priority', 'sla_policy_id', 'snoozed_until', 'status', 'timestamp',
		'unread_count', 'updated_at', 'uuid', 'waiting_since',
	]),
};

/** As {@link conversationOutput}, whether the conversation is new, and what of the request did not take effect. */
export const createdConversationOutput: OutputShape<ChatwootClient> = {
	...conversationOutput,
	simplify: (conversation, client) => ({
		...conversationOutput.simplify(conversation, client),
		created: conversation.created ?? null,
		...(conversation.firstMessage === undefined ? {} : { firstMessage: conversation.firstMessage }),
		...(conversation.notApplied === undefined ? {} : { notApplied: conversation.notApplied }),
	}),
};
