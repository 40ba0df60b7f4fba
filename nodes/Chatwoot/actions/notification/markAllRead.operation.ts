import type { IDataObject } from 'n8n-workflow';

import { objectOrEmpty } from '../../../shared/values/read';
import { conversationLocator, locatorAs } from '../../descriptions/locators';
import { accountOperation } from '../../helpers/accountOperation';
import type { AccountClient } from '../../transport/client';
import { listNotifications } from './notification';

/** `readAllNotifications`: `POST /notifications/read_all`. */
export const markAllRead = accountOperation<{ conversationId?: string }>({
	option: {
		name: 'Mark All as Read',
		value: 'markAllRead',
		action: 'Mark all notifications as read',
		description: "Mark all notifications of the token's owner as read, or those of one conversation",
	},
	properties: [locatorAs(conversationLocator, { description: 'Only the notifications of this conversation; left empty, all', optional: true })],
	read: (item) => ({ conversationId: item.numericId('conversationId') }),
	orderingKey: () => 'notifications',
	async run({ conversationId }, account) {
		const actor = conversationId === undefined ? undefined : await rowOf(conversationId, account);
		// No unread notification of the conversation: nothing to do, and without an actor all would be marked.
		if (conversationId === undefined || actor !== undefined) {
			const body = actor === undefined ? {} : { primary_actor_type: 'Conversation', primary_actor_id: actor };
			await account.tell({ method: 'POST', path: '/notifications/read_all', body, idempotent: true });
		}
		return { marked: conversationId === undefined || actor !== undefined };
	},
});

/** The row id of a conversation, which only its notifications tell: everything else names it by its display id. */
async function rowOf(conversationId: string, account: AccountClient): Promise<IDataObject[string]> {
	const notifications = await listNotifications(account, { includes: ['snoozed'] });
	return notifications.find((row) => String(objectOrEmpty(row.primary_actor).id) === conversationId)?.primary_actor_id;
}
