import type { Resource } from '../../../shared/operation/operation';
import type { ChatwootClient } from '../../transport/client';
import { deleteNotification } from './delete.operation';
import { deleteMany } from './deleteMany.operation';
import { getAll } from './getAll.operation';
import { getUnreadCount } from './getUnreadCount.operation';
import { markAllRead } from './markAllRead.operation';
import { markRead } from './markRead.operation';
import { markUnread } from './markUnread.operation';
import { snooze } from './snooze.operation';

export const notification: Resource<ChatwootClient> = {
	option: { name: 'Notification', value: 'notification', description: "What Chatwoot's bell tells the owner of the token" },
	operations: [
		getAll,
		deleteMany,
		deleteNotification,
		getUnreadCount,
		markAllRead,
		markRead,
		markUnread,
		snooze,
	],
};
