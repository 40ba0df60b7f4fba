import type { IDataObject } from 'n8n-workflow';

import type { QueryValue } from '../../../shared/http/httpClient';
import type { OutputShape } from '../../../shared/operation/output';
import { outputProperties } from '../../../shared/operation/output';
import { isoOrNull, objectOrEmpty, textOrNull } from '../../../shared/values/read';
import { rowsIn } from '../../transport/answers';
import type { AccountClient, ChatwootClient } from '../../transport/client';

/** A notification in short. What changes one is answered with the bare row, which names neither title nor conversation. */
function simplifyNotification(notification: IDataObject, client: ChatwootClient): IDataObject {
	const conversation = objectOrEmpty(notification.primary_actor);
	const conversationId = conversation.id === undefined ? null : String(conversation.id);
	return {
		id: String(notification.id ?? ''),
		type: textOrNull(notification.notification_type),
		title: textOrNull(notification.push_message_title),
		conversationId,
		inboxId: textOrNull(conversation.inbox_id),
		read: textOrNull(notification.read_at) !== null,
		readAt: isoOrNull(notification.read_at),
		snoozedUntil: isoOrNull(notification.snoozed_until),
		url: conversationId === null ? null : client.linkTo(notification, `conversations/${conversationId}`),
		createdAt: isoOrNull(notification.created_at),
		lastActivityAt: isoOrNull(notification.last_activity_at),
	};
}

export const notificationOutput: OutputShape<ChatwootClient> = {
	simplify: simplifyNotification,
	properties: outputProperties([
		'created_at', 'id', 'last_activity_at', 'meta', 'notification_type', 'primary_actor', 'primary_actor_id', 'push_message_title', 'read_at', 'secondary_actor',
		'snoozed_until', 'user',
	]),
};

const pageSize = 15;

/**
 * The notifications of the token's owner: `GET /notifications`.
 *
 * @param query `includes` and `sort_order` of `listNotifications`
 */
export async function listNotifications(account: AccountClient, query: Record<string, QueryValue>, limit?: number): Promise<IDataObject[]> {
	const { rows } = await account.collect(
		async (page) => {
			const data = objectOrEmpty((await account.get('/notifications', { ...query, page })).data);
			const { count } = objectOrEmpty(data.meta);
			return { rows: rowsIn(data), total: typeof count === 'number' ? count : undefined };
		},
		pageSize,
		limit,
	);
	return rows;
}
