import type { Call, Handlers, JsonObject } from '../types';
import { pushUser } from './agents';
import { hookConversation, messagesOf, type ChatwootConversation } from './conversations';
import { crash, notFound } from './errors';
import { snapshot } from './messages';
import type { ChatwootState } from './state';

type NotificationCall = Call<ChatwootState>;

export interface ChatwootNotification {
  id: number;
  accountId: number;
  userId: number;
  type: 'conversation_creation' | 'conversation_assignment' | 'assigned_conversation_new_message' | 'conversation_mention';
  conversationId: number;
  messageId: number | null;
  readAt: number | null;
  snoozedUntil: number | null;
  wasSnoozed?: true;
  createdAt: number;
  updatedAt: number;
  lastActivityAt: number;
}

const PAGE = 15;
const iso = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString());
const seconds = (ms: number): number => Math.floor(ms / 1000);

/** Tells a person of something; a newer notification of the same conversation takes the place of the older ones. */
export function notify({ state, clock }: Pick<NotificationCall, 'state' | 'clock'>, userId: number, type: ChatwootNotification['type'], conversation: ChatwootConversation, messageId: number | null = null): void {
  for (const one of state.notifications.values()) if (one.userId === userId && one.conversationId === conversation.id) state.notifications.delete(one.id);
  const at = clock.now();
  const id = state.ids.number('notification', 9001);
  state.notifications.set(id, { id, accountId: conversation.accountId, userId, type, conversationId: conversation.id, messageId, readAt: null, snoozedUntil: null, createdAt: at, updatedAt: at, lastActivityAt: at });
}

function title(state: ChatwootState, one: ChatwootNotification, conversation: ChatwootConversation): string {
  const text = one.messageId === null ? '' : (state.messages.get(one.messageId)?.content ?? '');
  switch (one.type) {
    case 'conversation_creation': return `A conversation (#${conversation.displayId}) has been created in ${state.inboxes.get(conversation.inboxId)!.name}`;
    case 'conversation_assignment': return `A conversation (#${conversation.displayId}) has been assigned to you`;
    case 'assigned_conversation_new_message': return `A new message is created in conversation (#${conversation.displayId})`;
    case 'conversation_mention': return `[#${conversation.displayId}] ${text}`;
  }
}

function render(state: ChatwootState, one: ChatwootNotification): JsonObject {
  const conversation = state.conversations.get(one.conversationId) ?? crash();
  const message = one.messageId === null ? undefined : state.messages.get(one.messageId);
  return {
    id: one.id, notification_type: one.type, push_message_title: title(state, one, conversation), push_message_body: text(state, one, conversation), primary_actor_type: 'Conversation', primary_actor_id: conversation.id, primary_actor: actor(state, conversation),
    read_at: iso(one.readAt), secondary_actor: message ? snapshot(state, message) : null, user: pushUser(state, one.accountId, one.userId), created_at: seconds(one.createdAt),
    last_activity_at: seconds(one.lastActivityAt), snoozed_until: iso(one.snoozedUntil), meta: metaOf(one),
  };
}

/** Set when it was snoozed once. */
const metaOf = (one: ChatwootNotification): JsonObject => (one.wasSnoozed ? { last_snoozed_at: null } : {});

/** The conversation as webhooks have it, without the account. */
function actor(state: ChatwootState, conversation: ChatwootConversation): JsonObject {
  const { account: _account, ...rest } = hookConversation(state, conversation);
  return rest;
}

/** Who said what last. */
function text(state: ChatwootState, one: ChatwootNotification, conversation: ChatwootConversation): string {
  const message = one.messageId === null ? messagesOf(state, conversation).filter(({ type }) => type !== 2).at(-1) : state.messages.get(one.messageId);
  if (!message) return '';
  const sender = message.sender?.kind === 'user' ? state.users.get(message.sender.id)?.name : message.sender?.kind === 'contact' ? state.contacts.get(message.sender.id)?.name : undefined;
  return `${sender ?? 'Bot'}: ${(message.content ?? '').replace(/\[(@[^\]]*)\]\(mention:[^)]*\)/g, '$1')}`;
}

/** The row as the database has it: without title and conversation. */
const renderRow = (one: ChatwootNotification): JsonObject => ({
  id: one.id, account_id: one.accountId, user_id: one.userId, notification_type: one.type, primary_actor_type: 'Conversation', primary_actor_id: one.conversationId,
  secondary_actor_type: one.messageId === null ? null : 'Message', secondary_actor_id: one.messageId, read_at: iso(one.readAt), snoozed_until: iso(one.snoozedUntil), created_at: iso(one.createdAt),
  updated_at: iso(one.updatedAt), last_activity_at: iso(one.lastActivityAt), meta: metaOf(one),
});

/** Those of the caller; other people's are not found. Conversations that are gone take theirs along. */
const own = ({ state, params, identity }: NotificationCall): ChatwootNotification[] => [...state.notifications.values()]
  .filter((one) => one.accountId === params.account_id && one.userId === Number(identity.userId) && state.conversations.has(one.conversationId));
const find = (call: NotificationCall): ChatwootNotification => own(call).find(({ id }) => id === call.params.notification_id) ?? notFound();

function change(call: NotificationCall, values: Partial<ChatwootNotification>) {
  const one = Object.assign(find(call), values, { updatedAt: call.clock.now() });
  return { status: 200, body: renderRow(one) };
}

export const notifications: Handlers<ChatwootState> = {
  listNotifications: (call) => {
    const { query, state } = call;
    const includes: string[] = [query['includes[]'] ?? []].flat();
    const page = Number(query.page ?? 1);
    const direction = query.sort_order === 'asc' ? 1 : -1;
    const rows = own(call)
      .filter((one) => (includes.includes('read') || one.readAt === null) && (includes.includes('snoozed') || one.snoozedUntil === null))
      .sort((a, b) => direction * (a.lastActivityAt - b.lastActivityAt || a.id - b.id));
    return {
      status: 200,
      body: { data: { meta: { unread_count: rows.filter(({ readAt }) => readAt === null).length, count: rows.length, current_page: call.query.page === undefined ? 1 : String(page) }, payload: rows.slice((page - 1) * PAGE, page * PAGE).map((one) => render(state, one)) } },
    };
  },
  readAllNotifications: (call) => {
    const { body, clock } = call;
    for (const one of own(call)) if (one.readAt === null && (body?.primary_actor_type === undefined || one.conversationId === body.primary_actor_id)) one.readAt = clock.now();
    return { status: 200 };
  },
  countUnreadNotifications: (call) => ({ status: 200, body: own(call).filter(({ readAt, snoozedUntil }) => readAt === null && snoozedUntil === null).length }),
  readNotification: (call) => change(call, { readAt: call.clock.now() }),
  unreadNotification: (call) => change(call, { readAt: null }),
  snoozeNotification: (call) => change(call, { snoozedUntil: call.body.snoozed_until * 1000, wasSnoozed: true }),
  deleteNotification: (call) => {
    call.state.notifications.delete(find(call).id);
    return { status: 200 };
  },
  deleteNotifications: ({ state, body, identity, background }) => {
    // In all accounts of the caller.
    background(() => {
      for (const one of state.notifications.values()) if (one.userId === Number(identity.userId) && (body?.type !== 'read' || one.readAt !== null)) state.notifications.delete(one.id);
    });
    return { status: 200 };
  },
};
