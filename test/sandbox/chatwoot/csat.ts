import type { Call, Handlers, JsonObject } from '../types';
import { renderAgent } from './agents';
import { renderContact } from './contacts';
import { crash, notFound } from './errors';
import type { ChatwootState } from './state';

type CsatCall = Call<ChatwootState>;

export interface ChatwootCsatResponse {
  id: number;
  accountId: number;
  conversationId: number;
  messageId: number;
  rating: 1 | 2 | 3 | 4 | 5;
  feedback: string | null;
  createdAt: number;
  review?: { notes: string | null; by: number; at: number };
}

const PAGE = 25;

function found({ state, params, query }: CsatCall): ChatwootCsatResponse[] {
  const users = query['user_ids[]'] as number[] | undefined;
  return [...state.csatResponses.values()].filter((one) => {
    const conversation = state.conversations.get(one.conversationId);
    if (one.accountId !== params.account_id || !conversation) return false;
    if (query.since !== undefined && query.until !== undefined && (one.createdAt < Number(query.since) * 1000 || one.createdAt >= Number(query.until) * 1000)) return false;
    if (users && !users.includes(conversation.assigneeId ?? 0)) return false;
    if (query.inbox_id !== undefined && conversation.inboxId !== query.inbox_id) return false;
    if (query.team_id !== undefined && conversation.teamId !== query.team_id) return false;
    return query.rating === undefined || one.rating === query.rating;
  });
}

function render({ state }: CsatCall, one: ChatwootCsatResponse): JsonObject {
  const conversation = state.conversations.get(one.conversationId)!;
  return {
    id: one.id, rating: one.rating, feedback_message: one.feedback, csat_review_notes: one.review?.notes ?? null, review_notes_updated_at: one.review ? Math.floor(one.review.at / 1000) : null,
    ...(one.review ? { review_notes_updated_by: { id: one.review.by, name: state.users.get(one.review.by)?.name ?? '' } } : {}), account_id: one.accountId, message_id: one.messageId,
    contact: renderContact(state, state.contacts.get(conversation.contactId)!, false), conversation_id: conversation.displayId,
    ...(conversation.assigneeId === null ? {} : { assigned_agent: renderAgent(state, one.accountId, conversation.assigneeId) }), created_at: Math.floor(one.createdAt / 1000),
  };
}

const cell = (value: string | number | null | undefined): string => {
  const text = value === null || value === undefined ? '' : String(value);
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

/** The file as the server makes it; its last line names the range. */
function asCsv(call: CsatCall): string {
  const { state, params, query, url } = call;
  const rows = found(call).map((one) => {
    const conversation = state.conversations.get(one.conversationId)!;
    const contact = state.contacts.get(conversation.contactId)!;
    const agent = conversation.assigneeId === null ? undefined : state.users.get(conversation.assigneeId);
    return [
      agent && `${agent.name} (${agent.email})`, one.rating, one.feedback, contact.name, contact.email, contact.phoneNumber, `${url}/app/accounts/${params.account_id}/conversations/${conversation.displayId}`,
      new Date(one.createdAt).toISOString(),
    ];
  });
  const day = (seconds: string): string => new Date(Number(seconds) * 1000).toISOString().slice(0, 10);
  return [
    ['Agent name', 'Rating', 'Feedback comment', 'Contact name', 'Contact email address', 'Contact phone number', 'Link to the conversation', 'Recorded date'],
    ...rows, [`Reporting period ${day(query.since)} to ${day(query.until)}`],
  ].map((row) => `${row.map(cell).join(',')}\n`).join('');
}

/** Answers to the satisfaction survey; bare lists without totals. */
export const csat: Handlers<ChatwootState> = {
  listCsatResponses: (call) => {
    const page = Number(call.query.page ?? 1);
    const direction = call.query.sort === '-created_at' ? -1 : 1;
    const rows = found(call).sort((a, b) => (a.createdAt - b.createdAt) * direction);
    return { status: 200, body: rows.slice((page - 1) * PAGE, page * PAGE).map((one) => render(call, one)) };
  },
  downloadCsatResponses: (call) => {
    if (call.query.since === undefined || call.query.until === undefined) crash();
    return { status: 200, text: asCsv(call), contentType: 'text/csv' };
  },
  reviewCsatResponse: (call) => {
    const { state, params, body, identity, clock } = call;
    const one = state.csatResponses.get(params.csat_id);
    if (!one || one.accountId !== params.account_id) return notFound();
    one.review = { notes: body.csat_review_notes, by: Number(identity.userId), at: clock.now() };
    return { status: 200, body: render(call, one) };
  },
  getCsatMetrics: (call) => {
    const rows = found(call);
    const counts: Record<string, number> = {};
    for (const { rating } of rows) counts[rating] = (counts[rating] ?? 0) + 1;
    const sent = [...call.state.messages.values()].filter((message) => message.contentType === 'input_csat' && call.state.conversations.get(message.conversationId)?.accountId === call.params.account_id);
    return { status: 200, body: { total_count: rows.length, ratings_count: counts, total_sent_messages_count: sent.length } };
  },
};
