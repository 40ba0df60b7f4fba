import type { Call, Handlers, JsonObject } from '../types';
import { isResolved, type ChatwootContact } from './contacts';
import { conversations } from './conversations';
import { foundArticles } from './helpCenter';
import { renderMessage } from './messages';
import type { ChatwootState } from './state';

type SearchCall = Call<ChatwootState>;

const PAGE = 15;
const THREE_MONTHS = 90 * 86_400_000;

const pageOf = <Row>({ query }: SearchCall, rows: Row[]): Row[] => rows.slice(((query.page ?? 1) - 1) * PAGE, (query.page ?? 1) * PAGE);
const textOf = ({ query }: SearchCall): string => String(query.q ?? '').trim().toLowerCase();

function renderContact(contact: ChatwootContact): JsonObject {
  return {
    email: contact.email, id: contact.id, name: contact.name, phone_number: contact.phoneNumber, identifier: contact.identifier, additional_attributes: contact.additionalAttributes,
    last_activity_at: contact.lastActivityAt === null ? null : Math.floor(contact.lastActivityAt / 1000),
  };
}

function contacts(call: SearchCall): JsonObject[] {
  const q = textOf(call);
  const rows = [...call.state.contacts.with('account', String(call.params.account_id))]
    .filter((one) => isResolved(one) && [one.name, one.email, one.phoneNumber, one.identifier].some((text) => text?.toLowerCase().includes(q)));
  return pageOf(call, rows).map(renderContact);
}

/** Messages of the last three months in inboxes that the caller works in, newest first. */
function messages(call: SearchCall): JsonObject[] {
  const { state, params, query, identity, clock } = call;
  const q = textOf(call);
  // Passed over without a word where the account lacks the feature.
  const { since, until, inbox_id: inboxId } = state.accounts.get(params.account_id)?.features.advanced_search ? query : {};
  const rows = [...state.messages.values()].filter((message) => {
    const conversation = state.conversations.get(message.conversationId);
    const sent = Math.floor(message.createdAt / 1000);
    if (sent < (since ?? 0) || sent > (until ?? Infinity) || (inboxId !== undefined && conversation?.inboxId !== inboxId)) return false;
    return conversation?.accountId === params.account_id
      && (identity.role !== 'agent' || state.inboxMembers.get(conversation!.inboxId)?.has(Number(identity.userId)))
      && message.createdAt > clock.now() - THREE_MONTHS && message.content?.toLowerCase().includes(q);
  });
  return pageOf(call, rows.sort((a, b) => b.createdAt - a.createdAt || b.id - a.id)).map((message) => renderMessage(state, message));
}

/** The search of the dashboard; conversations are found by `conversations.ts`. */
export const search: Handlers<ChatwootState> = {
  searchAll: async (call) => {
    const { body } = await conversations.searchConversations!(call);
    const found = (body as { payload: { conversations: JsonObject[] } }).payload.conversations;
    return { status: 200, body: { payload: { conversations: found.map(({ additional_attributes: _, ...one }) => one), contacts: contacts(call), messages: messages(call), articles: foundArticles(call) } } };
  },
  searchResolvedContacts: (call) => ({ status: 200, body: { payload: { contacts: contacts(call) } } }),
  searchArticles: (call) => ({ status: 200, body: { payload: { articles: foundArticles(call) } } }),
  searchMessages: (call) => ({ status: 200, body: { payload: { messages: messages(call) } } }),
};
