import type { IDataObject } from 'n8n-workflow';

import type { OutputShape } from '../../../shared/operation/output';
import { outputProperties } from '../../../shared/operation/output';
import { e164OrNull } from '../../../shared/phone/compare';
import { isoOrNull, objectOrEmpty, textOrNull } from '../../../shared/values/read';
import { idOrNull } from '../../helpers/read';
import type { KinboxClient } from '../../transport/client';

/** A session (v1 `Session`, v3 `V3SessionSummary`) in short: who, where, with whom, how it stands. */
export function simplifySession(session: IDataObject): IDataObject {
	const call = objectOrEmpty(session.call);
	const conversation = objectOrEmpty(session.conversation);
	const contact = objectOrEmpty(session.contact ?? conversation.Customer);
	const conversationId = idOrNull(call.customerPlatformId ?? conversation.id);
	return {
		id: String(session.id ?? session._id ?? ''),
		sessionNumber: idOrNull(call.id),
		conversationId,
		url: conversationUrl(conversationId),
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

/** Where a person opens a conversation; Kinbox's library for plugins shows the address, no answer of the API has it. */
export function conversationUrl(conversationId: string | null): string | null {
	return conversationId === null || !/^\d+$/.test(conversationId) ? null : `https://app.kinbox.com.br/inbox/all/${conversationId}`;
}

export const sessionOutput: OutputShape<KinboxClient> = {
	simplify: simplifySession,
	properties: outputProperties([
		'_id', 'assignedOperatorMessagesCount', 'botMessagesCount', 'call', 'campaignId', 'contact', 'contactMessagesCount', 'conversation', 'createdAt',
		'deals', 'followers', 'id', 'interactionDates', 'interactions', 'lastMessage', 'operatorMessagesCount', 'rating', 'summary', 'tags', 'tma', 'tme', 'tmp',
		'totalMessagesCount', 'trails', 'updatedAt', 'workspaceId',
	]),
};
