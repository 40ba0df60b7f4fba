import type { Handlers, JsonObject } from '../types';
import { refuse } from './errors';
import { cursorPage, offsetPage, wholeList } from './paging';
import type { KinboxMessage, KinboxSession } from './records';
import type { KinboxState } from './state';
import { dateOf, iso } from './time';

const HOUR = 3_600_000;

/** Stores a session; also for seeds and tests. Contact and channel must exist. */
export function addSession(state: KinboxState, fields: Pick<KinboxSession, 'contactId'> & Partial<KinboxSession>, at: number): KinboxSession {
  const callId = state.ids.number('call', 987_654);
  const session: KinboxSession = {
    id: state.ids.objectId('session'), callId, conversationId: 1_234_000 + fields.contactId, channelId: 103, operatorId: 42, groupId: 10, protocol: `2026${callId}`,
    isFinished: false, tagIds: [], summary: null, campaignId: null, createdAt: at, updatedAt: at, finishedAt: null, ...fields,
  };
  state.records.sessions.set(session.id, session);
  return session;
}

export function changeSession(session: KinboxSession, fields: Partial<KinboxSession>, at: number): KinboxSession {
  return Object.assign(session, fields, { updatedAt: at });
}

/** Stores a message of a session. */
export function addMessage(state: KinboxState, session: KinboxSession, fields: Partial<KinboxMessage>, at: number): KinboxMessage {
  const message: KinboxMessage = {
    id: String(state.ids.number('message', 5_000_001)), conversationId: session.conversationId, callId: session.callId, channelId: session.channelId, sender: 'contact', text: '',
    operatorId: null, contactName: state.contacts.get(session.contactId)?.name ?? null, externalId: null, createdAt: at, ...fields,
  };
  state.records.messages.set(message.id, message);
  return message;
}

const { stringify } = JSON;
const quill = (text: string): string => stringify([{ insert: text }]);

const lastMessageOf = (state: KinboxState, session: KinboxSession): KinboxMessage | undefined => [...state.records.messages.values()].filter((one) => one.callId === session.callId).at(-1);

function callOf(session: KinboxSession): JsonObject {
  return {
    id: session.callId, customerPlatformId: session.conversationId, workspacePlatformId: session.channelId, operatorId: session.operatorId, groupId: session.groupId,
    protocol: session.protocol, isFinished: session.isFinished, createdAt: iso(session.createdAt), finishedAt: session.finishedAt === null ? null : iso(session.finishedAt),
  };
}

/** A session as v1 shows it. */
export function v1Session(state: KinboxState, session: KinboxSession): JsonObject {
  const contact = state.contacts.get(session.contactId);
  const channel = state.channels.get(session.channelId);
  const last = lastMessageOf(state, session);
  return {
    id: session.id, _id: session.id, workspaceId: state.workspace.id, call: callOf(session),
    contact: { id: session.contactId, name: contact?.name ?? '', email: contact?.email ?? null, phone: contact?.phone ?? null, customFields: (contact?.customFields ?? {}) as JsonObject },
    conversation: { id: session.conversationId, customerId: session.contactId, platformId: channel?.platformId ?? 1, workspacePlatformId: session.channelId, identifier: contact?.phone ?? '', expirationDate: iso(session.updatedAt + 24 * HOUR) },
    ...(last ? { lastMessage: { idMessage: Number(last.id), _id: last.id, operatorId: last.operatorId, content: quill(last.text), type: 0, createdAt: iso(last.createdAt) } } : {}),
    tags: session.tagIds, followers: [], scheduledMessages: [], rating: null, tma: 1800, tme: 120, tmp: 90, summary: session.summary, campaignId: session.campaignId,
    totalMessagesCount: [...state.records.messages.values()].filter((one) => one.callId === session.callId).length,
    createdAt: iso(session.createdAt), updatedAt: iso(session.updatedAt),
  };
}

function v3Session(state: KinboxState, session: KinboxSession): JsonObject {
  const { contact, conversation, lastMessage: _lastMessage, rating: _rating, summary, campaignId, ...rest } = v1Session(state, session);
  return {
    ...rest, ...(summary === null ? {} : { summary }), ...(campaignId === null ? {} : { campaignId }),
    conversation: { ...(conversation as JsonObject), Customer: contact }, deals: {}, lastUpdateAt: iso(session.updatedAt),
  };
}

function find(state: KinboxState, id: string): KinboxSession {
  const session = state.records.sessions.get(id) ?? [...state.records.sessions.values()].find((one) => /^\d+$/.test(id) && one.callId === Number(id));
  return session ?? refuse(404, 'Session not found');
}

const newestFirst = (state: KinboxState): KinboxSession[] => [...state.records.sessions.values()].sort((a, b) => b.updatedAt - a.updatedAt || b.callId - a.callId);

/** Filters that the sandbox applies; the vendor says no more than their names, so the others change nothing. */
function reported(state: KinboxState, query: Record<string, any>): KinboxSession[] {
  const from = dateOf(query.from, 'from');
  const to = dateOf(query.to, 'to');
  const among = (wanted: string[] | undefined, value: number | null): boolean => wanted === undefined || wanted.length === 0 || wanted.includes(String(value));
  return newestFirst(state).filter((one) => (
    (from === undefined || one.createdAt >= from) && (to === undefined || one.createdAt <= to)
    && (query.isFinished === undefined || one.isFinished === query.isFinished)
    && among(query.channels, one.channelId) && among(query.groups, one.groupId) && among(query.assigned, one.operatorId)
    && (query.tags === undefined || query.tags.some((tag: string) => one.tagIds.includes(Number(tag))))
    && (query.campaignId === undefined || one.campaignId === query.campaignId)
    && (query.conversationId === undefined || String(one.conversationId) === query.conversationId)
    && (query.contactPhone === undefined || state.contacts.get(one.contactId)?.phone === query.contactPhone)
  ));
}

/** Counts over the sessions of the filters; the vendor publishes no shape of its reports. */
function report(state: KinboxState, query: Record<string, any>): JsonObject {
  const rows = reported(state, query);
  return { sessions: rows.length, finished: rows.filter((one) => one.isFinished).length, tma: 1800, tme: 120, tmp: 90 };
}

/** The state of a message at a moment: 0 handed to the channel's module, 2 to WhatsApp, 6 delivered, 8 failed. An old one comes once more. */
function stateAt({ failure, fate }: KinboxMessage, now: number): JsonObject {
  const age = fate ? now - fate.at : 0;
  const reason = failure ?? (fate?.verdict && age >= 300 ? `${fate.verdict.code}: ${fate.verdict.message}` : undefined);
  if (reason !== undefined) return { status: 8, isSent: false, isError: true, errorDescription: reason };
  const status = !fate ? 2 : age < 200 ? 0 : fate.verdict || age < 600 ? 2 : age >= 900 && age < 1100 ? 2 : 6;
  return { status: fate?.verdict && age < 300 ? 0 : status, isSent: status > 0, isError: false };
}

export function renderMessage(message: KinboxMessage, now: number): JsonObject {
  return {
    id: message.id, conversationId: message.conversationId, callId: message.callId, channelId: message.channelId, sender: message.sender, type: 0, operatorId: message.operatorId,
    operatorName: message.operatorId === null ? null : 'Marina Duarte', contactName: message.contactName, content: quill(message.text), text: message.text,
    ...(message.mediaUrl ? { media: [{ kind: 'image', url: message.mediaUrl }] } : {}), isMedia: message.mediaUrl !== undefined, externalId: message.externalId, ...stateAt(message, now),
    isDeleted: false, isScheduled: false, isForwarding: false, createdAt: iso(message.createdAt),
  };
}

export const sessions: Handlers<KinboxState> = {
  listSessions: ({ state, query }) => {
    const from = dateOf(query.updated_at_from, 'updated_at_from');
    const to = dateOf(query.updated_at_to, 'updated_at_to');
    const rows = newestFirst(state).filter((one) => (
      (from === undefined || one.updatedAt >= from) && (to === undefined || one.updatedAt <= to)
      && (query.campaign_id === undefined || one.campaignId === query.campaign_id)
      && (query.contact_id === undefined || String(one.contactId) === query.contact_id)
      && (query.call_id === undefined || String(one.callId) === query.call_id)
    ));
    return { status: 200, body: cursorPage(rows, query, (one) => one.id, (one) => v1Session(state, one)) };
  },
  getSession: ({ state, params }) => ({ status: 200, body: v1Session(state, find(state, params.id)) }),
  listConversationMessages: ({ state, params, query, clock }) => {
    const from = dateOf(query.created_at_from, 'created_at_from');
    const to = dateOf(query.created_at_to, 'created_at_to');
    const rows = [...state.records.messages.values()].filter((one) => one.conversationId === params.id && (from === undefined || one.createdAt >= from) && (to === undefined || one.createdAt <= to));
    if (query.order !== 'asc') rows.reverse();
    return { status: 200, body: cursorPage(rows, query, (one) => one.id, (one) => renderMessage(one, clock.now()), 20) };
  },
  getMessage: ({ state, params, clock }) => ({ status: 200, body: renderMessage(state.records.messages.get(String(params.id)) ?? refuse(404, 'Message not found'), clock.now()) }),

  v3ListSessions: ({ state, query }) => ({ status: 200, body: offsetPage(reported(state, query), query, (one) => v3Session(state, one)) }),
  v3GetSession: ({ state, params }) => ({ status: 200, body: v3Session(state, find(state, String(params.id))) }),
  v3ListAllSessions: ({ state, query }) => {
    const from = dateOf(query.from, 'from');
    const to = dateOf(query.to, 'to');
    if (from === undefined || to === undefined || to < from || to - from > 2 * HOUR) refuse(400, ['from and to must be at most 2 hours apart']);
    return { status: 200, body: wholeList(reported(state, query), (one) => v3Session(state, one)) };
  },
  v3SetSessionSummary: ({ state, params, body, clock }) => {
    changeSession(find(state, String(params.callId)), { summary: body.summary }, clock.now());
    return { status: 200 };
  },
  v3ReportOverview: ({ state, query }) => ({ status: 200, body: report(state, query) }),
  v3ReportProductivity: ({ state, query }) => ({ status: 200, body: report(state, query) }),
  v3ReportAssignment: ({ state, query }) => ({ status: 200, body: report(state, query) }),
  v3ReportRating: ({ state, query }) => ({ status: 200, body: report(state, query) }),
};
