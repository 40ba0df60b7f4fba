import { Chatwoot } from '../../../nodes/Chatwoot/Chatwoot.node';
import { listSearch } from '../../harness/engine';
import { notify } from '../../sandbox/chatwoot/notifications';
import { byId, credentials, credentialValues, useNode } from '../support';
import { asAgent, describeFailures } from './support';
import { addConversation, say } from './threads';

const chatwoot = useNode('Chatwoot', Chatwoot);
const run = async (operation: string, fields = {}, options = {}) => await chatwoot.run('notification', operation, fields, options);
/** A new conversation tells the members of its inbox, the token's owner among them. */
const told = () => {
	const conversation = addConversation(chatwoot);
	const notification = [...chatwoot.sandbox.chatwoot.state.notifications.values()].find((one) => one.conversationId === conversation.id && one.userId === 1)!;
	return { conversation, notification };
};
const good = () => ({ notificationId: byId(told().notification.id) });
const unknown = { notificationId: byId(99999) };

describe('notification', () => {
	it('are listed with their conversation, for their owner only', async () => {
		const { conversation, notification } = told();
		const { rows, requests, error } = await run('getAll', { returnAll: true });
		expect(error).toBeUndefined();
		expect(requests[0]).toMatchObject({ method: 'GET', path: '/api/v1/accounts/1/notifications', query: { sort_order: 'desc', page: '1' } });
		expect(rows).toEqual([expect.objectContaining({
			id: String(notification.id), type: 'conversation_creation', title: expect.stringContaining(`#${conversation.displayId}`), conversationId: String(conversation.displayId), read: false,
			url: `${chatwoot.sandbox.chatwoot.url}/app/accounts/1/conversations/${conversation.displayId}`,
		})]);
		expect((await run('getAll', {}, asAgent(chatwoot))).rows.map(({ id }) => id)).not.toContain(String(notification.id));
	});

	it('leave out read and snoozed ones unless asked for', async () => {
		const [read, snoozed, open] = [told(), told(), told()].map(({ notification }) => notification);
		read!.readAt = 1;
		snoozed!.snoozedUntil = Date.now() + 60_000;
		const ids = async (filters: object) => (await run('getAll', { returnAll: true, filters })).rows.map(({ id }) => Number(id));
		expect(await ids({})).toEqual([open!.id]);
		expect(await ids({ includeRead: true })).toEqual([open!.id, read!.id]);
		expect(await ids({ includeRead: true, includeSnoozed: true, order: 'asc' })).toEqual([read!.id, snoozed!.id, open!.id]);
	});

	it('come page by page, each once', async () => {
		for (let count = 0; count < 33; count += 1) told();
		const { rows, requests } = await run('getAll', { returnAll: true });
		expect(new Set(rows.map(({ id }) => id)).size).toBe(33);
		expect(requests).toHaveLength(3);
		expect((await run('getAll', { limit: 5 })).rows).toHaveLength(5);
	});

	it('tell of assignments, messages and mentions, the latest of a conversation only', async () => {
		const { conversation } = told();
		const types = async () => (await run('getAll')).rows.map(({ type }) => type);
		notify({ state: chatwoot.sandbox.chatwoot.state, clock: chatwoot.sandbox.clock }, 1, 'conversation_assignment', conversation);
		expect(await types()).toEqual(['conversation_assignment']);
		conversation.assigneeId = 1;
		say(chatwoot, conversation, 'Oi?', { message_type: 'incoming' });
		expect(await types()).toEqual(['assigned_conversation_new_message']);
		await chatwoot.run('message', 'send', { conversationId: byId(conversation.displayId), content: '[@Ana](mention://user/1/Ana) veja isto', private: true }, { skipSchema: true });
		expect(await types()).toEqual(['conversation_mention']);
		expect((await run('getUnreadCount')).rows).toEqual([{ unread: 1 }]);
	});

	it('are picked from a list by their titles', async () => {
		const { notification, conversation } = told();
		const using = { credentials, credentialValues: credentialValues(chatwoot.sandbox), parameters: { resource: 'notification', operation: 'delete' } };
		const { results } = await listSearch(Chatwoot, 'searchNotifications', using);
		expect(results).toEqual([{ name: expect.stringContaining(`#${conversation.displayId}`), value: String(notification.id) }]);
	});

	it('are marked as read and unread, snoozed and deleted', async () => {
		const { notification } = told();
		const notificationId = byId(notification.id);
		expect((await run('markRead', { notificationId })).rows[0]).toMatchObject({ id: String(notification.id), read: true });
		expect((await run('getUnreadCount')).rows).toEqual([{ unread: 0 }]);
		expect((await run('markUnread', { notificationId })).rows[0]).toMatchObject({ read: false });
		const until = new Date(Math.ceil(Date.now() / 1000) * 1000 + 3_600_000).toISOString();
		const snoozed = await run('snooze', { notificationId, snoozedUntil: until });
		expect(snoozed.requests[0]).toMatchObject({ method: 'POST', body: { snoozed_until: Date.parse(until) / 1000 } });
		expect(snoozed.rows[0]).toMatchObject({ snoozedUntil: until });
		expect((await run('getUnreadCount')).rows).toEqual([{ unread: 0 }]);
		expect((await run('delete', { notificationId })).rows).toEqual([{ deleted: true }]);
		expect((await run('getAll', { returnAll: true, filters: { includeRead: true, includeSnoozed: true } })).rows).toEqual([]);
	});

	it('are marked as read all at once, or those of one conversation', async () => {
		const [first] = [told(), told(), told()];
		const one = await run('markAllRead', { conversationId: byId(first!.conversation.displayId) });
		expect(one.rows).toEqual([{ marked: true }]);
		expect(one.requests.at(-1)).toMatchObject({ path: '/api/v1/accounts/1/notifications/read_all', body: { primary_actor_type: 'Conversation', primary_actor_id: first!.conversation.id } });
		expect((await run('getUnreadCount')).rows).toEqual([{ unread: 2 }]);
		// A conversation without notifications leaves the others alone.
		expect((await run('markAllRead', { conversationId: byId(first!.conversation.displayId) })).rows).toEqual([{ marked: false }]);
		expect((await run('getUnreadCount')).rows).toEqual([{ unread: 2 }]);
		await run('markAllRead', { conversationId: '' });
		expect((await run('getUnreadCount')).rows).toEqual([{ unread: 0 }]);
	});

	it('are deleted at once: those that were read, or all', async () => {
		const [read] = [told(), told()];
		read!.notification.readAt = 1;
		await run('deleteMany', { which: 'read' });
		const all = { returnAll: true, filters: { includeRead: true } };
		expect((await run('getAll', all)).rows).toHaveLength(1);
		await run('deleteMany', { which: 'all' });
		expect((await run('getAll', all)).rows).toEqual([]);
	});

	describeFailures(chatwoot, 'notification', 'getAll', { good: () => ({}) });
	describeFailures(chatwoot, 'notification', 'getUnreadCount', { good: () => ({}) });
	describeFailures(chatwoot, 'notification', 'markAllRead', { good: () => ({ conversationId: '' }), bad: [['a conversation that is no number', { conversationId: byId('={{ "abc" }}') }, /^'Conversation' is not an ID/]] });
	describeFailures(chatwoot, 'notification', 'deleteMany', { good: () => ({}) });
	describeFailures(chatwoot, 'notification', 'markRead', { good, unknown });
	describeFailures(chatwoot, 'notification', 'markUnread', { good, unknown });
	describeFailures(chatwoot, 'notification', 'snooze', { good: () => ({ ...good(), snoozedUntil: '2099-01-05T09:00:00' }), unknown, bad: [['a past time', { snoozedUntil: '2020-01-05T09:00:00' }, /^'Until' is in the past/]] });
	describeFailures(chatwoot, 'notification', 'delete', { good, unknown });
});
