import type { IDataObject } from 'n8n-workflow';

import { e164OrNull, isoOrNull, objectOrEmpty, textOrNull } from '../../../shared/contact/contact';
import type { OutputShape } from '../../../shared/operation/output';
import { outputProperties } from '../../../shared/operation/output';
import type { KinboxClient } from '../../transport/client';

const idOrNull = (value: unknown) => (value === null || value === undefined || value === '' ? null : String(value));

/** A session (v1 `Session`, v3 `V3SessionSummary`) in short: who, where, with whom, how it stands. */
export function simplifySession(session: IDataObject): IDataObject {
	const call = objectOrEmpty(session.call);
	const conversation = objectOrEmpty(session.conversation);
	const contact = objectOrEmpty(session.contact ?? conversation.Customer);
	return {
		id: String(session.id ?? session._id ?? ''),
		sessionNumber: idOrNull(call.id),
		conversationId: idOrNull(call.customerPlatformId ?? conversation.id),
		contactId: idOrNull(contact.id ?? conversation.customerId),
		contactName: textOrNull(contact.name),
		contactPhone: e164OrNull(contact.phone),
		channelId: idOrNull(call.workspacePlatformId ?? conversation.workspacePlatformId),
		operatorId: idOrNull(call.operatorId),
		groupId: idOrNull(call.groupId),
		isFinished: call.isFinished === true,
		tagIds: Array.isArray(session.tags) ? session.tags.map(String) : [],
		summary: textOrNull(session.summary),
		createdAt: isoOrNull(session.createdAt),
		updatedAt: isoOrNull(session.updatedAt ?? session.lastUpdateAt),
	};
}

export const sessionOutput: OutputShape<KinboxClient> = {
	simplify: simplifySession,
	properties: outputProperties([
		'_id', 'assignedOperatorMessagesCount', 'botMessagesCount', 'call', 'campaignId', 'contact', 'contactMessagesCount', 'conversation', 'createdAt',
		'deals', 'followers', 'id', 'interactionDates', 'interactions', 'lastMessage', 'operatorMessagesCount', 'rating', 'summary', 'tags', 'tma', 'tme', 'tmp',
		'totalMessagesCount', 'trails', 'updatedAt', 'workspaceId',
	]),
};

/** A message (v1 `Message`, v3 `V3Message`) in short. v3 does not tell contact and bot apart, and gives no files. */
export function simplifyMessage(message: IDataObject): IDataObject {
	const [media] = Array.isArray(message.media) ? (message.media as IDataObject[]) : [];
	return {
		id: String(message.id ?? ''),
		conversationId: idOrNull(message.conversationId ?? message.customerPlatformId),
		sessionNumber: idOrNull(message.callId),
		sender: message.sender ?? (idOrNull(message.operatorId) === null ? null : 'operator'),
		senderName: textOrNull(message.sender === 'contact' ? message.contactName : message.operatorName),
		text: textOrNull(message.text ?? plainText(message.content)),
		mediaUrl: textOrNull(media?.url),
		fileName: textOrNull(message.fileName),
		isError: message.isError === true,
		createdAt: isoOrNull(message.createdAt),
	};
}

/** The text of a stored body: `[{"insert":"Olá"}]`, alone or under `ops` (Quill Delta); anything else is the text itself. */
function plainText(content: unknown): unknown {
	if (typeof content !== 'string') return null;
	try {
		const parsed: unknown = JSON.parse(content);
		const steps: unknown = Array.isArray(parsed) ? parsed : objectOrEmpty(parsed).ops;
		if (!Array.isArray(steps)) return content;
		return steps.map((step: unknown) => objectOrEmpty(step).insert).filter((part) => typeof part === 'string').join('').trim();
	} catch {
		return content;
	}
}

export const messageOutput: OutputShape<KinboxClient> = {
	simplify: simplifyMessage,
	properties: outputProperties([
		'callId', 'channelId', 'contactName', 'content', 'conversationId', 'createdAt', 'customerPlatformId', 'errorDescription', 'externalId', 'fileName', 'id', 'isDeleted', 'isError',
		'isMedia', 'isScheduled', 'isSent', 'media', 'operatorId', 'operatorName', 'replyTo', 'sender', 'status', 'text', 'type', 'viewedAt',
	]),
};
