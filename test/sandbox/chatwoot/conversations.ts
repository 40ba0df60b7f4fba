import { randomUUID } from 'node:crypto';
import { Refusal } from '../types';
import type { Call, Handlers, Identity, JsonObject } from '../types';
import { pushUser, renderAgent, renderTeam, slimBot, teamRow } from './agents';
import { commit, findContact, linkToInbox, onContactDeleted, onContactMerged, renderContact, type ChatwootContact, type ContactInboxLink } from './contacts';
import { tell, toldOf } from './activities';
import { runRules } from './automation';
import { conversationFilter } from './conversationFilter';
import { crash, notFound, refuse } from './errors';
import { late, publish } from './events';
import { findInbox } from './inboxes';
import { labelHolders, sentLabels, storedLabels } from './labels';
import { addMessage, latestMessage, renderMessage, snapshot, type ChatwootMessage } from './messages';
import { notify } from './notifications';
import { byLot, type ChatwootInbox, type ChatwootState } from './state';
import { serverIsAtLeast } from './versions';

export type ConversationStatus = 'open' | 'resolved' | 'pending' | 'snoozed';

export interface ChatwootConversation {
  id: number;
  /** Counts per account; what the API calls id. */
  displayId: number;
  accountId: number;
  inboxId: number;
  contactId: number;
  contactInboxId: number;
  uuid: string;
  status: ConversationStatus;
  priority: 'low' | 'medium' | 'high' | 'urgent' | null;
  assigneeId: number | null;
  assigneeBotId: number | null;
  teamId: number | null;
  labels: string[];
  customAttributes: JsonObject;
  additionalAttributes: JsonObject;
  participantIds: number[];
  snoozedUntil: number | null;
  agentLastSeenAt: number;
  contactLastSeenAt: number;
  firstReplyCreatedAt: number;
  waitingSince: number;
  createdAt: number;
  updatedAt: number;
  lastActivityAt: number;
}

export type ConversationCall = Call<ChatwootState>;

const PAGE = 25;
const STATUSES = ['open', 'resolved', 'pending', 'snoozed'];
const PRIORITIES = ['low', 'medium', 'high', 'urgent'];
const RANK: Record<string, number> = { low: 1, medium: 2, high: 3, urgent: 4 };
const seconds = (ms: number): number => Math.floor(ms / 1000);

labelHolders.push((state, accountId) => [...state.conversations.values()].filter((one) => one.accountId === accountId));
onContactDeleted.push((state, contactId) => {
  for (const one of state.conversations.values()) if (one.contactId === contactId) remove(state, one);
});
onContactMerged.push((state, fromId, toId) => {
  for (const one of state.conversations.values()) if (one.contactId === fromId) one.contactId = toId;
});

function remove(state: ChatwootState, conversation: ChatwootConversation): void {
  state.conversations.delete(conversation.id);
  for (const message of state.messages.values()) if (message.conversationId === conversation.id) state.messages.delete(message.id);
}

/** The contact as sender (`ContactPush`). */
export function pushContact(contact: ChatwootContact): JsonObject {
  return {
    additional_attributes: contact.additionalAttributes, custom_attributes: contact.customAttributes, email: contact.email, id: contact.id, identifier: contact.identifier,
    name: contact.name, phone_number: contact.phoneNumber, thumbnail: contact.thumbnail, blocked: contact.blocked, type: 'contact',
  };
}

function unread(state: ChatwootState, one: ChatwootConversation): number {
  return messagesOf(state, one).filter((message) => message.type === 0 && message.createdAt > one.agentLastSeenAt).length;
}

export function messagesOf(state: ChatwootState, one: ChatwootConversation): ChatwootMessage[] {
  return [...state.messages.values()].filter((message) => message.conversationId === one.id);
}

/** WhatsApp takes free text within 24 hours after the contact's last message only. */
function canReply(state: ChatwootState, one: ChatwootConversation): boolean {
  if (state.inboxes.get(one.inboxId)?.channelType !== 'Channel::Whatsapp') return true;
  return messagesOf(state, one).some((message) => message.type === 0 && message.createdAt > state.now() - 24 * 3_600_000);
}

/**
 * The conversation as the API answers it.
 *
 * @param caller the team is answered with whether the caller is in it, which a bot cannot be asked
 */
export function renderConversation(state: ChatwootState, one: ChatwootConversation, caller: Pick<Identity, 'role' | 'userId'> = {}): JsonObject {
  if (caller.role === 'bot' && one.teamId !== null) crash();
  const callerId = Number(caller.userId ?? 0);
  const contact = state.contacts.get(one.contactId)!;
  const inbox = state.inboxes.get(one.inboxId)!;
  const newest = latestMessage(state, one);
  const spoken = messagesOf(state, one).filter((message) => message.type !== 2).at(-1);
  const team = one.teamId === null ? undefined : state.teams.get(one.teamId);
  const bot = one.assigneeBotId === null ? undefined : state.agentBots.get(one.assigneeBotId);
  return {
    meta: {
      sender: renderContact(state, contact, false), channel: inbox.channelType,
      ...(one.assigneeId === null ? {} : { assignee: renderAgent(state, one.accountId, one.assigneeId), assignee_type: 'User' }),
      ...(bot ? { assignee: slimBot(bot), assignee_type: 'AgentBot' } : {}),
      ...(team ? { team: renderTeam(team, callerId) } : {}),
      hmac_verified: state.contactInboxes.get(one.contactInboxId)?.hmacVerified ?? false,
    },
    id: one.displayId, messages: newest ? [snapshot(state, newest)] : [], account_id: one.accountId, uuid: one.uuid, additional_attributes: one.additionalAttributes,
    agent_last_seen_at: seconds(one.agentLastSeenAt), assignee_last_seen_at: 0, can_reply: canReply(state, one), contact_last_seen_at: seconds(one.contactLastSeenAt), custom_attributes: one.customAttributes,
    inbox_id: one.inboxId, labels: one.labels, muted: contact.blocked, snoozed_until: one.snoozedUntil === null ? null : new Date(one.snoozedUntil).toISOString(), status: one.status,
    created_at: seconds(one.createdAt), updated_at: one.updatedAt / 1000, timestamp: seconds(one.lastActivityAt), first_reply_created_at: seconds(one.firstReplyCreatedAt),
    unread_count: unread(state, one), last_non_activity_message: spoken ? snapshot(state, spoken) : null, last_activity_at: seconds(one.lastActivityAt), priority: one.priority,
    waiting_since: seconds(one.waitingSince), sla_policy_id: null,
  };
}

/** The conversation inside webhook payloads. */
export function hookConversation(state: ChatwootState, one: ChatwootConversation): JsonObject {
  const link = state.contactInboxes.get(one.contactInboxId);
  const account = state.accounts.get(one.accountId)!;
  const team = one.teamId === null ? undefined : state.teams.get(one.teamId);
  const bot = one.assigneeBotId === null ? undefined : state.agentBots.get(one.assigneeBotId);
  const shown = messagesOf(state, one).filter((message) => message.type !== 2 && !message.private).at(-1);
  return {
    additional_attributes: one.additionalAttributes, can_reply: canReply(state, one), channel: state.inboxes.get(one.inboxId)!.channelType,
    contact_inbox: link ? {
      id: link.id, contact_id: link.contactId, inbox_id: link.inboxId, source_id: link.sourceId, created_at: new Date(one.createdAt).toISOString(), updated_at: new Date(one.createdAt).toISOString(),
      hmac_verified: link.hmacVerified, pubsub_token: link.pubsubToken,
    } : null,
    id: one.displayId, inbox_id: one.inboxId, messages: shown ? [snapshot(state, shown)] : [], labels: one.labels,
    meta: {
      sender: pushContact(state.contacts.get(one.contactId)!),
      assignee: one.assigneeId !== null ? pushUser(state, one.accountId, one.assigneeId) : bot ? { id: bot.id, name: bot.name, avatar_url: '', type: 'agent_bot' } : null,
      assignee_type: one.assigneeId !== null ? 'User' : bot ? 'AgentBot' : null, team: team ? { id: team.id, name: team.name } : null, hmac_verified: link?.hmacVerified ?? false,
    },
    status: one.status, custom_attributes: one.customAttributes, snoozed_until: one.snoozedUntil === null ? null : new Date(one.snoozedUntil).toISOString(), unread_count: unread(state, one),
    first_reply_created_at: one.firstReplyCreatedAt ? new Date(one.firstReplyCreatedAt).toISOString() : null, priority: one.priority, waiting_since: seconds(one.waitingSince),
    agent_last_seen_at: seconds(one.agentLastSeenAt), contact_last_seen_at: seconds(one.contactLastSeenAt), last_activity_at: seconds(one.lastActivityAt), timestamp: seconds(one.lastActivityAt),
    created_at: seconds(one.createdAt), updated_at: one.updatedAt / 1000, account: { id: account.id, name: account.name },
  };
}

/** A conversation by its display id that the caller may see, or 404. */
export function findConversation({ state, params, identity }: ConversationCall, id: unknown = params.conversation_id): ChatwootConversation {
  const found = [...state.conversations.values()].find((one) => one.accountId === params.account_id && one.displayId === Number(id)) ?? notFound();
  if (identity.role === 'agent' && !state.inboxMembers.get(found.inboxId)?.has(Number(identity.userId))) refuse(401, 'You are not authorized to do this action');
  return found;
}

type Change = Pick<ConversationCall, 'state' | 'deliver' | 'clock'> & Partial<Pick<ConversationCall, 'background' | 'identity'>>;

const hookValues = (one: ChatwootConversation): JsonObject => ({
  status: one.status, priority: one.priority, assignee_id: one.assigneeId, team_id: one.teamId, label_list: one.labels, custom_attributes: one.customAttributes, snoozed_until: one.snoozedUntil,
});

/** Changes a conversation as the model does, and tells the webhooks what changed. */
export function changeConversation(call: Change, one: ChatwootConversation, change: () => void): void {
  const before = structuredClone(hookValues(one));
  const told = toldOf(one);
  change();
  one.updatedAt = call.clock.now();
  const after = hookValues(one);
  const changed = Object.keys(after).filter((key) => JSON.stringify(before[key]) !== JSON.stringify(after[key]));
  if (changed.length === 0) return;
  tell(call, one, told, call.identity);
  takesPart(call, one);
  const payload = {
    ...hookConversation(call.state, one),
    changed_attributes: changed.flatMap((key) => [
      ...(key === 'label_list' ? [{ cached_label_list: { previous_value: (before[key] as string[]).join(', '), current_value: (after[key] as string[]).join(', ') } }] : []),
      { [key]: { previous_value: before[key] ?? null, current_value: after[key] ?? null } },
    ]),
  };
  publish(call, one.accountId, 'conversation_updated', payload);
  // What has changed is no longer known where this event is made.
  if (changed.includes('status')) publish(call, one.accountId, 'conversation_status_changed', { ...payload, changed_attributes: null });
  runRules(call, 'conversation_updated', one, { changed: Object.fromEntries(changed.map((key) => [key, [before[key] ?? null, after[key] ?? null]])) });
  if (changed.includes('status') && (one.status === 'open' || one.status === 'resolved')) runRules(call, one.status === 'open' ? 'conversation_opened' : 'conversation_resolved', one);
  // Nobody is told of what they took themselves.
  if (changed.includes('assignee_id') && one.assigneeId !== null && one.assigneeId !== Number(call.identity?.userId)) notify(call, one.assigneeId, 'conversation_assignment', one);
}

/** What the server keeps for itself is told like any other change. */
export function keepBooks(call: Change, one: ChatwootConversation, values: JsonObject): void {
  const changes = Object.entries(values).map(([key, value]) => ({ [key]: { previous_value: null, current_value: value ?? null } }));
  publish(call, one.accountId, 'conversation_updated', () => ({ ...hookConversation(call.state, one), changed_attributes: changes }));
}

/** Who is assigned takes part from then on. */
function takesPart({ state }: Pick<Change, 'state'>, one: ChatwootConversation): void {
  if (one.assigneeId !== null && !one.participantIds.includes(one.assigneeId) && mayWork(state, one, one.assigneeId)) one.participantIds.push(one.assigneeId);
}

/** Starts a conversation of a link; in a locked inbox the last one of the link is returned instead. */
export function startConversation(call: Change, link: ContactInboxLink, inbox: ChatwootInbox, values: Partial<ChatwootConversation> = {}): ChatwootConversation {
  return (inbox.lockToSingleConversation ? lastOf(call.state, link) : undefined) ?? insertConversation(call, link, inbox, values);
}

const lastOf = (state: ChatwootState, link: ContactInboxLink): ChatwootConversation | undefined => [...state.conversations.values()].filter((one) => one.contactInboxId === link.id).at(-1);

function insertConversation(call: Change, link: ContactInboxLink, inbox: ChatwootInbox, values: Partial<ChatwootConversation> = {}): ChatwootConversation {
  const { state, clock } = call;
  const contact = state.contacts.get(link.contactId)!;
  const at = clock.now();
  const one: ChatwootConversation = {
    id: state.ids.number('conversation', 1001), displayId: state.ids.number(`conversation ${inbox.accountId}`), accountId: inbox.accountId, inboxId: inbox.id, contactId: link.contactId, contactInboxId: link.id,
    uuid: randomUUID(), status: 'open', priority: null, assigneeId: null, assigneeBotId: null, teamId: null, labels: [], customAttributes: {}, additionalAttributes: {}, participantIds: [],
    snoozedUntil: null, agentLastSeenAt: 0, contactLastSeenAt: 0, firstReplyCreatedAt: 0, waitingSince: 0, createdAt: at, updatedAt: at, lastActivityAt: at, ...values,
  };
  if (inbox.agentBotId !== null) one.status = 'pending';
  if (contact.blocked) one.status = 'resolved';
  state.conversations.set(one.id, one);
  takesPart(call, one);
  publish(call, one.accountId, 'conversation_created', hookConversation(state, one));
  keepBooks(call, one, { display_id: one.displayId, first_reply_created_at: null, waiting_since: null, cached_label_list: null });
  runRules(call, 'conversation_created', one);
  for (const userId of state.inboxMembers.get(inbox.id) ?? []) notify(call, userId, 'conversation_creation', one);
  return one;
}

function visible(call: ConversationCall): ChatwootConversation[] {
  const { state, params, identity } = call;
  return [...state.conversations.values()].filter((one) => one.accountId === params.account_id
    && (identity.role !== 'agent' || state.inboxMembers.get(one.inboxId)?.has(Number(identity.userId))));
}

/** The finder: what list and counts have in common, without assignee_type. */
function found(call: ConversationCall): ChatwootConversation[] {
  const { state, params, query, clock } = call;
  if (query.team_id !== undefined && state.teams.get(query.team_id)?.accountId !== params.account_id) notFound();
  const labels = query['labels[]'] as string[] | undefined;
  const text = query.q as string | undefined;
  return visible(call).filter((one) => {
    if (text) {
      if (!messagesOf(state, one).some((message) => message.content?.toLowerCase().includes(text.toLowerCase()))) return false;
    } else if ((query.status ?? 'open') !== 'all' && one.status !== (query.status ?? 'open')) return false;
    if (query.inbox_id !== undefined && one.inboxId !== query.inbox_id) return false;
    if (query.team_id !== undefined && one.teamId !== query.team_id) return false;
    if (labels?.length && !one.labels.some((label) => labels.includes(label))) return false;
    if (query.source_id !== undefined && state.contactInboxes.get(one.contactInboxId)?.sourceId !== query.source_id) return false;
    if (query.conversation_type === 'participating' && !one.participantIds.includes(Number(call.identity.userId))) return false;
    if (query.conversation_type === 'unattended' && one.firstReplyCreatedAt !== 0 && one.waitingSince === 0) return false;
    if (query.conversation_type === 'mention') return false;
    return query.updated_within === undefined || one.updatedAt > clock.now() - query.updated_within * 1000;
  });
}

/** What `assignee_type` leaves of the conversations. */
const inHands = (type: unknown, callerId: number) => (one: ChatwootConversation): boolean => {
  switch (type) {
    case 'me': return one.assigneeId === callerId;
    case 'unassigned': return one.assigneeId === null;
    case 'assigned': return one.assigneeId !== null;
    default: return true;
  }
};

function counts(rows: ChatwootConversation[], callerId: number): JsonObject {
  return {
    mine_count: rows.filter((one) => one.assigneeId === callerId).length, assigned_count: rows.filter((one) => one.assigneeId !== null).length,
    unassigned_count: rows.filter((one) => one.assigneeId === null).length, all_count: rows.length,
  };
}

const keysOf: Record<string, (one: ChatwootConversation) => number> = {
  last_activity_at: (one) => one.lastActivityAt, created_at: (one) => one.createdAt, priority: (one) => RANK[one.priority ?? ''] ?? 0, waiting_since: (one) => one.waitingSince,
};

/** @param place number of the page: equal ones may fall differently on each */
function sorted(state: ChatwootState, rows: ChatwootConversation[], by: string, place = 1): ChatwootConversation[] {
  const [, key = '', direction = ''] = /^(.*)_(asc|desc)$/.exec(by) ?? [];
  const valueOf = keysOf[key];
  if (!valueOf) return sorted(state, rows, 'last_activity_at_desc', place);
  const sign = direction === 'desc' ? -1 : 1;
  // Nobody's priority comes last in both directions.
  const rank = key === 'priority' && sign === 1 ? (one: ChatwootConversation) => valueOf(one) || 9 : valueOf;
  return [...rows].sort((a, b) => (rank(a) - rank(b)) * sign || byLot(state, a, b, place) * sign);
}

/** What a conversation cannot hold: texts above 1500 characters. */
const fits = (attributes: JsonObject | undefined): void => {
  if (Object.values(attributes ?? {}).some((value) => typeof value === 'string' && value.length > 1500)) throw new Refusal({ status: 422, body: { message: 'Custom attributes is too long', attributes: ['custom_attributes'] } });
};

/** Somebody else holds the source id. */
function linkFor(call: ConversationCall): ContactInboxLink {
  const { state, params, body } = call;
  if (body.inbox_id === undefined && body.source_id === undefined) notFound();
  if (body.inbox_id === undefined || body.contact_id === undefined) {
    const link = [...state.contactInboxes.values()].find((one) => one.sourceId === body.source_id && state.inboxes.get(one.inboxId)?.accountId === params.account_id);
    return link ?? notFound();
  }
  const inbox = findInbox(state, params.account_id, body.inbox_id);
  const contact = findContact(state, params.account_id, body.contact_id);
  const held = body.source_id === undefined ? undefined : [...state.contactInboxes.values()].find((one) => one.inboxId === inbox.id && one.sourceId === body.source_id);
  if (held && held.contactId !== contact.id) refuse(422, 'source_id should be unique');
  // Other channels have one address for each contact; here a call without source_id makes a new one.
  return held ?? linkToInbox(state, contact, inbox, body.source_id);
}

export const conversations: Handlers<ChatwootState> = {
  listConversations: (call) => {
    const { state, query, identity } = call;
    const me = Number(identity.userId);
    const rows = found(call);
    const shown = sorted(state, rows.filter(inHands(query.assignee_type, me)), query.sort_by ?? '', query.page);
    const size = state.conversationPageSize ?? PAGE;
    const page = query.updated_within === undefined ? shown.slice(((query.page ?? 1) - 1) * size, (query.page ?? 1) * size) : shown;
    return { status: 200, body: { data: { meta: counts(rows, me), payload: page.map((one) => renderConversation(state, one, identity)) } } };
  },
  getConversationCounts: (call) => ({ status: 200, body: { meta: counts(found(call), Number(call.identity.userId)) } }),
  getUnreadCounts: (call) => {
    const { state, params, identity } = call;
    if (!state.accounts.get(params.account_id)!.features.conversation_unread_counts) refuse(403, 'Conversation unread counts feature not enabled for this account');
    const unreadOnes = visible(call).filter((one) => unread(state, one) > 0);
    const counted = (idsOf: (one: ChatwootConversation) => Array<number | null>): JsonObject => {
      const sums: Record<string, number> = {};
      for (const id of unreadOnes.flatMap(idsOf)) if (id !== null) sums[id] = (sums[id] ?? 0) + 1;
      return sums;
    };
    const labelIds = (one: ChatwootConversation): number[] => [...state.labels.values()].filter((label) => label.accountId === params.account_id && one.labels.includes(label.title)).map(({ id }) => id);
    // Of teams, those that an agent is in.
    const teamOf = (one: ChatwootConversation): number[] => (one.teamId !== null && (identity.role === 'administrator' || state.teams.get(one.teamId)?.memberIds.includes(Number(identity.userId))) ? [one.teamId] : []);
    return { status: 200, body: { payload: { all_count: unreadOnes.length, inboxes: counted((one) => [one.inboxId]), labels: counted(labelIds), teams: counted(teamOf) } } };
  },
  filterConversations: (call) => {
    const { state, params, query, body, identity } = call;
    const test = conversationFilter(state, params.account_id, body.payload);
    const rows = sorted(state, visible(call).filter(test), 'last_activity_at_desc', query.page);
    const { assigned_count: _unused, ...meta } = counts(rows, Number(identity.userId));
    const size = state.conversationPageSize ?? PAGE;
    return { status: 200, body: { meta, payload: rows.slice(((query.page ?? 1) - 1) * size, (query.page ?? 1) * size).map((one) => renderConversation(state, one)) } };
  },
  getConversation: (call) => ({ status: 200, body: renderConversation(call.state, findConversation(call), call.identity) }),
  createConversation: async (call) => {
    const { state, body, identity } = call;
    if (body.status !== undefined && !STATUSES.includes(body.status)) crash();
    fits(body.custom_attributes);
    const link = linkFor(call);
    const inbox = state.inboxes.get(link.inboxId)!;
    const values: Partial<ChatwootConversation> = {
      ...(body.status ? { status: body.status } : {}), ...(body.assignee_id ? { assigneeId: body.assignee_id } : {}), ...(body.team_id ? { teamId: body.team_id } : {}),
      ...(body.custom_attributes ? { customAttributes: body.custom_attributes } : {}), ...(body.additional_attributes ? { additionalAttributes: body.additional_attributes } : {}),
      ...(body.snoozed_until ? { snoozedUntil: Date.parse(body.snoozed_until) } : {}),
    };
    // Whether the inbox allows another one is looked at first, and nothing holds the place meanwhile.
    const last = inbox.lockToSingleConversation ? lastOf(state, link) : undefined;
    await commit(call);
    const one = last ?? insertConversation(call, link, inbox, values);
    if (body.message?.content || body.message?.template_params) addMessage(call, one, { ...body.message, message_type: body.message.message_type ?? 'outgoing' }, identity);
    return { status: 200, body: renderConversation(state, one, identity) };
  },
  updateConversation: (call) => {
    const one = findConversation(call);
    const { body } = call;
    if (body.priority !== undefined && body.priority !== null && !PRIORITIES.includes(body.priority)) crash();
    changeConversation(call, one, () => { if (body.priority !== undefined) one.priority = body.priority; });
    return { status: 200, body: renderConversation(call.state, one, call.identity) };
  },
  deleteConversation: (call) => {
    const one = findConversation(call);
    call.background(() => remove(call.state, one));
    return { status: 200 };
  },
  toggleConversationStatus: (call) => {
    const one = findConversation(call);
    const { body, identity } = call;
    if (body.status !== undefined && !STATUSES.includes(body.status)) crash();
    changeConversation(call, one, () => {
      one.status = body.status ?? (one.status === 'open' ? 'resolved' : 'open');
      // to_i, as the server does: an ISO date becomes its year, which is 1970.
      one.snoozedUntil = one.status === 'snoozed' && body.snoozed_until !== undefined ? Number.parseInt(String(body.snoozed_until), 10) * 1000 : null;
      if (one.status === 'open' && identity.role === 'agent') one.assigneeId = Number(identity.userId);
    });
    return { status: 200, body: { payload: { success: true, conversation_id: one.displayId, current_status: one.status, snoozed_until: one.snoozedUntil === null ? null : new Date(one.snoozedUntil).toISOString() } } };
  },
  setConversationPriority: (call) => {
    const one = findConversation(call);
    const priority = call.body.priority ?? null;
    if (priority !== null && !PRIORITIES.includes(priority)) crash();
    changeConversation(call, one, () => { one.priority = priority; });
    return { status: 200 };
  },
  setTyping: (call) => {
    const one = findConversation(call);
    const { state, identity, body } = call;
    const user = identity.role === 'bot' ? { id: Number(identity.userId), name: state.agentBots.get(Number(identity.userId))?.name ?? null, type: 'agent_bot' } : hookUser(state, Number(identity.userId));
    if (body.typing_status === 'on' || body.typing_status === 'off') {
      publish(call, one.accountId, `conversation_typing_${String(body.typing_status)}`, { user, conversation: hookConversation(state, one), is_private: body.is_private ?? false });
    }
    return { status: 200 };
  },
  assignConversation: (call) => {
    const { state, body, params } = call;
    const one = findConversation(call);
    if (body.assignee_id !== undefined) {
      // Servers before 4.8 do not look at the type.
      if (body.assignee_type === 'AgentBot' && serverIsAtLeast(call.options, '4.8')) {
        const bot = state.agentBots.get(Number(body.assignee_id));
        changeConversation(call, one, () => { one.assigneeBotId = bot?.id ?? null; one.assigneeId = null; });
        return { status: 200, body: bot ? slimBot(bot) : null };
      }
      // A stranger unassigns, silently.
      const member = state.accountUsers.find((other) => other.accountId === params.account_id && other.userId === body.assignee_id);
      changeConversation(call, one, () => { one.assigneeId = member?.userId ?? null; one.assigneeBotId = null; });
      return { status: 200, body: member ? renderAgent(state, one.accountId, member.userId) : null };
    }
    const team = [...state.teams.values()].find((other) => other.accountId === params.account_id && other.id === body.team_id);
    changeConversation(call, one, () => { one.teamId = team?.id ?? null; });
    return { status: 200, body: team ? teamRow(team) : null };
  },
  listConversationLabels: (call) => ({ status: 200, body: { payload: findConversation(call).labels } }),
  setConversationLabels: (call) => {
    const one = findConversation(call);
    const sent = sentLabels(call.body.labels);
    changeConversation(call, one, () => { one.labels = storedLabels(call.state, sent); });
    // The answer is what was sent, not what was stored.
    return { status: 200, body: { payload: sent } };
  },
  setConversationCustomAttributes: (call) => {
    const one = findConversation(call);
    fits(call.body.custom_attributes);
    // Before 4.17 the server does not look at `merge`.
    const kept = call.body.merge === true && serverIsAtLeast(call.options, '4.17') ? one.customAttributes : {};
    changeConversation(call, one, () => { one.customAttributes = { ...kept, ...call.body.custom_attributes }; });
    return { status: 200, body: { custom_attributes: one.customAttributes } };
  },
  removeConversationCustomAttributes: (call) => {
    const one = findConversation(call);
    changeConversation(call, one, () => { one.customAttributes = Object.fromEntries(Object.entries(one.customAttributes).filter(([key]) => !(call.body.custom_attributes as string[]).includes(key))); });
    return { status: 200, body: { custom_attributes: one.customAttributes } };
  },
  muteConversation: (call) => {
    const one = findConversation(call);
    call.state.contacts.change(one.contactId, (contact) => { contact.blocked = true; });
    changeConversation(call, one, () => { one.status = 'resolved'; });
    return { status: 200 };
  },
  unmuteConversation: (call) => {
    call.state.contacts.change(findConversation(call).contactId, (contact) => { contact.blocked = false; });
    return { status: 200 };
  },
  sendTranscript: (call) => {
    findConversation(call);
    return call.body.email ? { status: 200 } : refuse(422, 'email param missing');
  },
  markConversationSeen: (call) => {
    const one = findConversation(call);
    one.agentLastSeenAt = call.clock.now();
    return { status: 200, body: renderConversation(call.state, one) };
  },
  markConversationUnread: (call) => {
    const one = findConversation(call);
    const last = messagesOf(call.state, one).filter((message) => message.type === 0).at(-1);
    one.agentLastSeenAt = last ? last.createdAt - 1000 : 0;
    return { status: 200, body: renderConversation(call.state, one) };
  },
  listParticipants: (call) => ({ status: 200, body: people(call, findConversation(call).participantIds) }),
  addParticipants: (call) => {
    const one = findConversation(call);
    const added = knownUsers(call).filter((id) => !one.participantIds.includes(id));
    one.participantIds.push(...added.filter((id) => mayWork(call.state, one, id)));
    return { status: 200, body: people(call, added) };
  },
  setParticipants: (call) => {
    const one = findConversation(call);
    one.participantIds = knownUsers(call).filter((id) => mayWork(call.state, one, id));
    return { status: 200, body: people(call, one.participantIds) };
  },
  removeParticipants: (call) => {
    const one = findConversation(call);
    // Whom nobody knows takes no part either.
    const gone = Array.isArray(call.body.user_ids) ? call.body.user_ids as number[] : crash();
    one.participantIds = one.participantIds.filter((id) => !gone.includes(id));
    return { status: 200 };
  },
  listContactConversations: (call) => {
    const contact = findContact(call.state, call.params.account_id, call.params.contact_id);
    const rows = sorted(call.state, visible(call).filter((one) => one.contactId === contact.id), 'last_activity_at_desc').slice(0, 20);
    return { status: 200, body: { payload: rows.map((one) => renderConversation(call.state, one)) } };
  },
  runBulkAction: (call) => {
    const { state, params, body, background } = call;
    background(async () => {
      await late(state);
      for (const id of body.ids as number[]) {
        const one = [...state.conversations.values()].find((other) => other.accountId === params.account_id && other.displayId === id);
        if (!one) continue;
        // The labels are read, and written as a whole.
        const before = one.labels;
        await commit(call);
        changeConversation(call, one, () => {
          const { fields = {}, labels = {} } = body;
          if (fields.status) one.status = fields.status;
          if (fields.assignee_id) one.assigneeId = fields.assignee_id;
          if (fields.team_id) one.teamId = fields.team_id;
          if (labels.add || labels.remove) one.labels = storedLabels(state, sentLabels([...before, ...((labels.add ?? []) as string[])])).filter((label) => !((labels.remove ?? []) as string[]).includes(label));
        });
      }
    });
    return { status: 200 };
  },
  searchConversationMessages: (call) => {
    const { state, query, identity } = call;
    const rows = sorted(state, found(call), 'last_activity_at_desc', query.page);
    const size = state.conversationPageSize ?? PAGE;
    const { mine_count, unassigned_count, all_count } = counts(rows, Number(identity.userId));
    return {
      status: 200,
      body: {
        meta: { mine_count, unassigned_count, all_count },
        payload: rows.filter(inHands(query.assignee_type, Number(identity.userId))).slice(((query.page ?? 1) - 1) * size, (query.page ?? 1) * size).map((one) => {
          const inbox = state.inboxes.get(one.inboxId)!;
          return {
            id: one.displayId, uuid: one.uuid, created_at: seconds(one.createdAt), contact: { id: one.contactId, name: state.contacts.get(one.contactId)!.name },
            inbox: { id: inbox.id, name: inbox.name, channel_type: inbox.channelType }, account_id: one.accountId,
            messages: messagesOf(state, one).filter((message) => message.content?.toLowerCase().includes(String(query.q ?? '').toLowerCase())).map((message) => {
              const { content, id, message_type, created_at, sender } = renderMessage(state, message) as { sender?: { name?: string } } & JsonObject;
              return { content, id, sender_name: sender?.name ?? null, message_type, created_at };
            }),
          };
        }),
      },
    };
  },
  searchConversations: (call) => {
    const { state, query } = call;
    const q = String(query.q ?? '').toLowerCase();
    const rows = sorted(state, visible(call).filter((one) => {
      const contact = state.contacts.get(one.contactId)!;
      return String(one.displayId).includes(q) || [contact.name, contact.email, contact.phoneNumber, contact.identifier].some((text) => text?.toLowerCase().includes(q));
    }), 'created_at_desc', query.page).slice(((query.page ?? 1) - 1) * 15, (query.page ?? 1) * 15);
    return {
      status: 200,
      body: {
        payload: {
          conversations: rows.map((one) => {
            const contact = state.contacts.get(one.contactId)!;
            const inbox = state.inboxes.get(one.inboxId)!;
            return {
              id: one.displayId, account_id: one.accountId, created_at: seconds(one.createdAt), message: renderMessage(state, messagesOf(state, one)[0] ?? crash()), additional_attributes: one.additionalAttributes,
              contact: { email: contact.email, id: contact.id, name: contact.name, phone_number: contact.phoneNumber, identifier: contact.identifier, additional_attributes: contact.additionalAttributes, last_activity_at: seconds(contact.lastActivityAt ?? 0) },
              inbox: { id: inbox.id, channel_id: inbox.channelId, name: inbox.name, channel_type: inbox.channelType },
            };
          }),
        },
      },
    };
  },
};

export function hookUser(state: ChatwootState, userId: number): JsonObject {
  const user = state.users.get(userId)!;
  return { id: user.id, name: user.name, email: user.email, type: 'user' };
}

const people = ({ state, params }: ConversationCall, ids: number[]): JsonObject[] => ids.map((id) => renderAgent(state, params.account_id, id));

function knownUsers({ state, body }: ConversationCall): number[] {
  if (!Array.isArray(body.user_ids) || (body.user_ids as number[]).some((id) => !state.users.has(id))) crash();
  return body.user_ids;
}

const mayWork = (state: ChatwootState, one: ChatwootConversation, userId: number): boolean => Boolean(
  state.inboxMembers.get(one.inboxId)?.has(userId) || state.accountUsers.some((other) => other.accountId === one.accountId && other.userId === userId && other.role === 'administrator'),
);
