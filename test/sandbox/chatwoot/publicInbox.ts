import { createHmac } from 'node:crypto';
import { Refusal } from '../types';
import type { Call, Handlers, JsonObject } from '../types';
import { createContact, linkToInbox, updateContact, type ChatwootContact, type ContactInboxLink } from './contacts';
import { changeConversation, hookConversation, messagesOf, pushContact, startConversation, type ChatwootConversation } from './conversations';
import { crash, noRoute, refuse } from './errors';
import { publish } from './events';
import { addMessage, hookMessage, renderMessage, type ChatwootMessage } from './messages';
import { accountKey, byLot, sourceKey, type ChatwootInbox, type ChatwootState } from './state';

type PublicCall = Call<ChatwootState>;

/** Nothing under /public answers in the API's form. */
const lost = ({ headers }: PublicCall): never => noRoute(headers);

function findInbox(call: PublicCall): ChatwootInbox {
  const { state, params, path } = call;
  // A dot in an address begins a format for the framework, so that no route fits; %2E does not.
  if (path.includes('.')) lost(call);
  return [...state.inboxes.values()].find((one) => one.channelType === 'Channel::Api' && one.channel.inbox_identifier === params.inbox_identifier) ?? lost(call);
}

function findLink(call: PublicCall): { inbox: ChatwootInbox; link: ContactInboxLink; contact: ChatwootContact } {
  const inbox = findInbox(call);
  const link = call.state.contactInboxes.with('source', sourceKey(inbox.id, call.params.contact_identifier))[0] ?? lost(call);
  return { inbox, link, contact: call.state.contacts.get(link.contactId)! };
}

function findConversation(call: PublicCall): { inbox: ChatwootInbox; one: ChatwootConversation } {
  const { inbox, link } = findLink(call);
  const one = [...call.state.conversations.values()].find((other) => other.contactInboxId === link.id && other.displayId === call.params.conversation_id) ?? lost(call);
  return { inbox, one };
}

/** A hash that does not fit is an error without a handler. */
function checkHash({ body }: PublicCall, inbox: ChatwootInbox): void {
  const { identifier, identifier_hash: hash } = body as { identifier?: string; identifier_hash?: string };
  if (hash === undefined && !inbox.channel.hmac_mandatory) return;
  const expected = createHmac('sha256', String(inbox.secrets.hmac_token)).update(String(identifier ?? '')).digest('hex');
  if (hash !== expected) throw new Refusal({ status: 500, body: { status: 500, error: 'Internal Server Error' } });
}

function row(contact: ChatwootContact): JsonObject {
  return {
    id: contact.id, name: contact.name, email: contact.email, phone_number: contact.phoneNumber, account_id: contact.accountId, created_at: new Date(contact.createdAt).toISOString(),
    updated_at: new Date(contact.updatedAt).toISOString(), additional_attributes: contact.additionalAttributes, identifier: contact.identifier, custom_attributes: contact.customAttributes,
    last_activity_at: contact.lastActivityAt === null ? null : new Date(contact.lastActivityAt).toISOString(), contact_type: 'lead', middle_name: '', last_name: '',
    location: (contact.additionalAttributes.city as string | undefined) ?? null, country_code: (contact.additionalAttributes.country_code as string | undefined) ?? null, blocked: contact.blocked, company_id: null,
  };
}

const renderContact = (link: ContactInboxLink, contact: ChatwootContact): JsonObject => ({ source_id: link.sourceId, pubsub_token: link.pubsubToken, id: contact.id, name: contact.name, email: contact.email, phone_number: contact.phoneNumber });

function shown(state: ChatwootState, one: ChatwootConversation): ChatwootMessage[] {
  return messagesOf(state, one).filter((message) => !message.private && message.type !== 2);
}

function publicMessage(state: ChatwootState, message: ChatwootMessage): JsonObject {
  const { id, content, message_type, content_type, content_attributes, created_at, conversation_id, attachments, sender } = renderMessage(state, message);
  return { id, content, message_type, content_type, content_attributes, created_at, conversation_id, ...(attachments ? { attachments } : {}), ...(sender ? { sender } : {}) };
}

function render(state: ChatwootState, one: ChatwootConversation): JsonObject {
  return {
    id: one.displayId, uuid: one.uuid, inbox_id: one.inboxId, contact_last_seen_at: Math.floor(one.contactLastSeenAt / 1000), status: one.status, agent_last_seen_at: Math.floor(one.agentLastSeenAt / 1000),
    messages: shown(state, one).map((message) => publicMessage(state, message)), contact: { ...row(state.contacts.get(one.contactId)!), label_list: state.contacts.get(one.contactId)!.labels },
  };
}

/** What the app of a contact may do in an API inbox, without a token. */
export const publicInbox: Handlers<ChatwootState> = {
  getPublicInbox: (call) => {
    const inbox = findInbox(call);
    return {
      status: 200,
      body: {
        identifier: inbox.channel.inbox_identifier, identity_validation_enabled: inbox.channel.hmac_mandatory, name: inbox.name, timezone: inbox.timezone, working_hours: [],
        working_hours_enabled: inbox.workingHoursEnabled, csat_survey_enabled: inbox.csatSurveyEnabled, greeting_enabled: inbox.greetingEnabled,
      },
    };
  },
  createPublicContact: (call) => {
    const { state, body, clock } = call;
    const inbox = findInbox(call);
    checkHash(call, inbox);
    const known = body.source_id === undefined ? undefined : state.contactInboxes.with('source', sourceKey(inbox.id, body.source_id))[0];
    if (known) return { status: 200, body: renderContact(known, state.contacts.get(known.contactId)!) };
    const same = (index: 'identifier' | 'email' | 'phone', value: unknown): ChatwootContact | undefined => (value ? state.contacts.with(index, accountKey(inbox.accountId, index === 'email' ? String(value).toLowerCase() : String(value)))[0] : undefined);
    const contact = same('identifier', body.identifier) ?? same('email', body.email) ?? same('phone', body.phone_number)
      ?? createContact(state, inbox.accountId, { ...body, name: body.name ?? 'wild-dust-42' }, clock.now());
    const link = linkToInbox(state, contact, inbox, body.source_id, body.identifier_hash !== undefined);
    return { status: 200, body: renderContact(link, contact) };
  },
  getPublicContact: (call) => {
    const { link, contact } = findLink(call);
    return { status: 200, body: renderContact(link, contact) };
  },
  updatePublicContact: (call) => {
    const { inbox, contact } = findLink(call);
    checkHash(call, inbox);
    const { identifier: _identifier, identifier_hash: _hash, ...values } = call.body as JsonObject;
    const merged = values.custom_attributes ? { custom_attributes: { ...contact.customAttributes, ...(values.custom_attributes as JsonObject) } } : {};
    return { status: 200, body: row(updateContact(call, contact, { ...values, ...merged } as never)) };
  },
  listPublicConversations: (call) => {
    const { link } = findLink(call);
    return { status: 200, body: [...call.state.conversations.values()].filter((one) => one.contactInboxId === link.id).map((one) => render(call.state, one)) };
  },
  createPublicConversation: (call) => {
    const { inbox, link } = findLink(call);
    return { status: 200, body: render(call.state, startConversation(call, link, inbox, call.body.custom_attributes ? { customAttributes: call.body.custom_attributes } : {})) };
  },
  getPublicConversation: (call) => ({ status: 200, body: render(call.state, findConversation(call).one) }),
  resolvePublicConversation: (call) => {
    const { one } = findConversation(call);
    // By its contact.
    if (one.status !== 'resolved') changeConversation({ ...call, identity: { kind: 'contact' } }, one, () => { one.status = 'resolved'; });
    return { status: 200, body: render(call.state, one) };
  },
  setPublicTyping: (call) => {
    const { one } = findConversation(call);
    const contact = call.state.contacts.get(one.contactId)!;
    publish(call, one.accountId, `conversation_typing_${String(call.body.typing_status)}`, { user: pushContact(contact), conversation: hookConversation(call.state, one), is_private: false });
    return { status: 200 };
  },
  markPublicConversationSeen: (call) => {
    findConversation(call).one.contactLastSeenAt = call.clock.now();
    return { status: 200 };
  },
  listPublicMessages: (call) => {
    const { one } = findConversation(call);
    const { before } = call.query as { before?: number };
    return { status: 200, body: shown(call.state, one).filter((message) => before === undefined || message.id < before).sort((a, b) => a.createdAt - b.createdAt || byLot(call.state, a, b, before ?? 0)).slice(-20).map((message) => publicMessage(call.state, message)) };
  },
  answerPublicMessage: (call) => {
    const { state, params, body, clock } = call;
    const { one } = findConversation(call);
    const message = state.messages.get(params.message_id);
    if (message?.conversationId !== one.id) return lost(call);
    const survey = body.submitted_values.csat_survey_response as { rating?: 1 | 2 | 3 | 4 | 5; feedback_message?: string | null } | undefined;
    if (survey && message.createdAt < clock.now() - 14 * 86_400_000) return refuse(422, 'You cannot update the CSAT survey after 14 days');
    // Other kinds of messages take no answer.
    if (!['input_select', 'form', 'cards', 'input_csat'].includes(message.contentType)) crash();
    message.contentAttributes = { ...message.contentAttributes, submitted_values: body.submitted_values };
    if (survey?.rating !== undefined) {
      const known = [...state.csatResponses.values()].find((other) => other.messageId === message.id);
      const id = known?.id ?? state.ids.number('csatResponse');
      state.csatResponses.set(id, { id, accountId: one.accountId, conversationId: one.id, messageId: message.id, rating: survey.rating, feedback: survey.feedback_message ?? null, createdAt: known?.createdAt ?? clock.now() });
    }
    publish(call, one.accountId, 'message_updated', hookMessage(state, message));
    return { status: 200, body: publicMessage(state, message) };
  },
  createPublicMessage: (call) => {
    const { one } = findConversation(call);
    return { status: 200, body: publicMessage(call.state, addMessage(call, one, { content: call.body.content, message_type: 'incoming' }, { kind: 'contact' })) };
  },
};
