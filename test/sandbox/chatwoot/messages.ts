import { createHmac, randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import type { Call, Handlers, Identity, JsonObject } from '../types';
import { pushUser } from './agents';
import { BY_RULE, runRules } from './automation';
import { contactSpoke, findContact, hookContact } from './contacts';
import { changeConversation, findConversation, hookConversation, hookUser, keepBooks, messagesOf, pushContact, type ChatwootConversation } from './conversations';
import { crash, notFound, refuse } from './errors';
import { publish } from './events';
import { notify } from './notifications';
import { byLot, type ChatwootInbox, type ChatwootState } from './state';
import { graphTemplate, judgeMessage, judgeTemplate } from '../whatsapp/judge';
import type { MetaTemplate } from '../whatsapp/templates';

export interface ChatwootMessage {
  id: number;
  conversationId: number;
  content: string | null;
  /** 0 incoming, 1 outgoing, 2 activity, 3 template. */
  type: 0 | 1 | 2 | 3;
  private: boolean;
  contentType: string;
  contentAttributes: JsonObject;
  additionalAttributes: JsonObject;
  status: 'sent' | 'delivered' | 'read' | 'failed';
  sourceId: string | null;
  sender: { kind: 'user' | 'bot' | 'contact'; id: number } | null;
  attachments: JsonObject[];
  echoId?: string;
  /** News of the channel that are still to come; a status may go back, and comes twice. */
  news?: Array<{ at: number; status: ChatwootMessage['status']; sourceId?: string; error?: string }>;
  createdAt: number;
}

const TYPES = ['incoming', 'outgoing', 'activity', 'template'] as const;
const KINDS = ['text', 'input_text', 'input_textarea', 'input_email', 'input_select', 'cards', 'form', 'article', 'incoming_email', 'input_csat', 'integrations', 'sticker', 'voice_call'];
const WITH_ITEMS = ['input_select', 'cards', 'form', 'article'];
const ITEM_KEYS: Record<string, readonly string[]> = {
  input_select: ['title', 'value'], cards: ['title', 'description', 'media_url', 'actions'],
  form: ['type', 'placeholder', 'label', 'name', 'options', 'default', 'required', 'pattern', 'title', 'pattern_error'], article: ['title', 'description', 'link'],
};
/** Content types of files, which the API does not tell. */
const types = new WeakMap<JsonObject, string>();
const seconds = (ms: number): number => Math.floor(ms / 1000);

const extensionOf = (filename: string): string | null => /\.([^.]+)$/.exec(filename)?.[1] ?? null;

function conversationOf(state: ChatwootState, message: ChatwootMessage): ChatwootConversation {
  return state.conversations.get(message.conversationId) ?? crash();
}

function sender(state: ChatwootState, message: ChatwootMessage): JsonObject | undefined {
  const conversation = conversationOf(state, message);
  switch (message.sender?.kind) {
    case 'user': return pushUser(state, conversation.accountId, message.sender.id);
    case 'bot': return { id: message.sender.id, name: state.agentBots.get(message.sender.id)?.name ?? null, avatar_url: '', type: 'agent_bot' };
    case 'contact': return pushContact(state.contacts.get(message.sender.id) ?? crash());
    default: return undefined;
  }
}

/** A message as the API answers it. */
export function renderMessage(state: ChatwootState, message: ChatwootMessage, withEcho = false): JsonObject {
  const conversation = conversationOf(state, message);
  const by = sender(state, message);
  return {
    id: message.id, content: message.content, inbox_id: conversation.inboxId, conversation_id: conversation.displayId, message_type: message.type, content_type: message.contentType,
    status: message.status, content_attributes: message.contentAttributes, created_at: seconds(message.createdAt), private: message.private, source_id: message.sourceId,
    ...(by ? { sender: by } : {}), ...(message.attachments.length ? { attachments: message.attachments } : {}), ...(withEcho && message.echoId ? { echo_id: message.echoId } : {}),
  };
}

/** A message as it is nested in a conversation. */
export function snapshot(state: ChatwootState, message: ChatwootMessage): JsonObject {
  const conversation = conversationOf(state, message);
  const by = sender(state, message);
  const kinds = { user: 'User', bot: 'AgentBot', contact: 'Contact' } as const;
  return {
    id: message.id, content: message.content, account_id: conversation.accountId, inbox_id: conversation.inboxId, conversation_id: conversation.displayId, message_type: message.type,
    created_at: seconds(message.createdAt), updated_at: new Date(message.createdAt).toISOString(), private: message.private, status: message.status, source_id: message.sourceId,
    content_type: message.contentType, content_attributes: message.contentAttributes, sender_type: message.sender ? kinds[message.sender.kind] : null, sender_id: message.sender?.id ?? null,
    external_source_ids: {}, additional_attributes: message.additionalAttributes, processed_message_content: message.content, sentiment: {},
    conversation: {
      assignee_id: conversation.assigneeId, unread_count: 0, last_activity_at: seconds(conversation.lastActivityAt),
      contact_inbox: { source_id: state.contactInboxes.get(conversation.contactInboxId)?.sourceId ?? '' },
    },
    ...(message.attachments.length ? { attachments: message.attachments } : {}), ...(by ? { sender: by } : {}),
  };
}

export function latestMessage(state: ChatwootState, conversation: ChatwootConversation): ChatwootMessage | undefined {
  return messagesOf(state, conversation).at(-1);
}

/** The message inside webhook payloads; a contact as sender has no `type`. */
export function hookMessage(state: ChatwootState, message: ChatwootMessage): JsonObject {
  const conversation = conversationOf(state, message);
  const account = state.accounts.get(conversation.accountId)!;
  const inbox = state.inboxes.get(conversation.inboxId)!;
  const by = ((): JsonObject | null => {
    switch (message.sender?.kind) {
      case 'user': return hookUser(state, message.sender.id);
      case 'bot': return { id: message.sender.id, name: state.agentBots.get(message.sender.id)?.name ?? null, type: 'agent_bot' };
      case 'contact': return hookContact(state, state.contacts.get(message.sender.id) ?? crash());
      default: return null;
    }
  })();
  return {
    account: { id: account.id, name: account.name }, additional_attributes: message.additionalAttributes, content_attributes: message.contentAttributes, content_type: message.contentType,
    content: message.content, conversation: hookConversation(state, conversation), created_at: new Date(message.createdAt).toISOString(), id: message.id, inbox: { id: inbox.id, name: inbox.name },
    message_type: TYPES[message.type], private: message.private, sender: by, source_id: message.sourceId, ...(message.attachments.length ? { attachments: message.attachments } : {}),
  };
}

type Adding = Pick<Call<ChatwootState>, 'state' | 'deliver' | 'clock'> & Partial<Pick<Call<ChatwootState>, 'background' | 'files' | 'url'>>;

/** Stores a message as the builder does; every failure is a 422 with `error`. */
export function addMessage(call: Adding, conversation: ChatwootConversation, body: any, identity: Identity): ChatwootMessage {
  const { state, clock } = call;
  const inbox = state.inboxes.get(conversation.inboxId)!;
  const kind: string = body.content_type ?? 'text';
  if (!KINDS.includes(kind)) refuse(422, `'${kind}' is not a valid content_type`);
  if ([...String(body.content ?? '')].length > 150_000) refuse(422, 'Validation failed: Content is too long (maximum is 150000 characters)');
  const type = TYPES.indexOf(body.message_type ?? 'outgoing');
  if (type < 0) refuse(422, `'${String(body.message_type)}' is not a valid message_type`);
  if (type === 0 && inbox.channelType !== 'Channel::Api') refuse(422, 'Incoming messages are only allowed in Api inboxes');
  const minute = messagesOf(state, conversation).filter((one) => one.createdAt > clock.now() - 60_000).length;
  if (minute >= 200) refuse(422, 'Validation failed: Too many messages');
  const attributes: JsonObject = typeof body.content_attributes === 'string' ? JSON.parse(body.content_attributes) : { ...body.content_attributes };
  if (attributes.in_reply_to) {
    // A message that the conversation does not have is left out without a word.
    const quoted = messagesOf(state, conversation).find(({ id }) => id === Number(attributes.in_reply_to));
    Object.assign(attributes, { in_reply_to: quoted?.id ?? null, in_reply_to_external_id: quoted?.sourceId ?? null });
  }
  if (WITH_ITEMS.includes(kind)) checkItems(kind, attributes.items);
  if (inbox.channelType === 'Channel::Email') addMail(attributes, body);
  if (body.external_created_at) attributes.external_created_at = body.external_created_at;
  const by: ChatwootMessage['sender'] = identity.kind === BY_RULE.kind ? null : type === 0 ? { kind: 'contact', id: conversation.contactId }
    : body.sender_type === 'AgentBot' ? { kind: 'bot', id: Number(body.sender_id) } : identity.role === 'bot' ? { kind: 'bot', id: Number(identity.userId) } : { kind: 'user', id: Number(identity.userId) };
  const message: ChatwootMessage = {
    id: state.ids.number('message', 5001), conversationId: conversation.id, content: body.content ?? null, type: type as ChatwootMessage['type'], private: body.private === true || body.private === 'true',
    contentType: kind, contentAttributes: attributes, additionalAttributes: body.template_params ? { template_params: body.template_params } : {}, status: 'sent', sourceId: body.source_id ?? null,
    sender: by, attachments: [], echoId: body.echo_id, createdAt: clock.now(),
  };
  for (const file of call.files ?? []) {
    if (!file.field.startsWith('attachments')) continue;
    const [family = ''] = file.contentType.split('/');
    message.attachments.push({
      id: state.ids.number('attachment'), message_id: message.id, file_type: ['image', 'audio', 'video'].includes(family) ? family : 'file', account_id: conversation.accountId, extension: extensionOf(file.filename), content_type: file.contentType,
      data_url: `${call.url ?? ''}/rails/active_storage/blobs/redirect/${message.id}/${encodeURIComponent(file.filename)}`, thumb_url: '', file_size: file.data.length, width: null, height: null,
    });
    types.set(message.attachments.at(-1)!, file.contentType);
  }
  for (const id of (Array.isArray(body.attachments) ? body.attachments : []) as string[]) {
    const upload = state.uploads.get(id) ?? refuse(422, 'mismatched digest');
    const [family = ''] = upload.contentType.split('/');
    message.attachments.push({
      id: state.ids.number('attachment'), message_id: message.id, file_type: ['image', 'audio', 'video'].includes(family) ? family : 'file', account_id: conversation.accountId, extension: extensionOf(upload.filename), content_type: upload.contentType,
      data_url: upload.url, thumb_url: '', file_size: upload.size, width: null, height: null,
    });
    types.set(message.attachments.at(-1)!, upload.contentType);
  }
  state.messages.set(message.id, message);
  if (inbox.channelType === 'Channel::Whatsapp' && type === 1 && !message.private) hand(state, inbox, conversation, message, body);
  conversation.lastActivityAt = message.createdAt;
  if (type === 0) {
    if (conversation.waitingSince === 0) {
      conversation.waitingSince = message.createdAt;
      keepBooks(call, conversation, { waiting_since: seconds(message.createdAt) });
    }
    contactSpoke(call, conversation.contactId);
    if (conversation.status === 'resolved' || conversation.status === 'snoozed') changeConversation({ state, clock, deliver: call.deliver, background: call.background }, conversation, () => { conversation.status = inbox.agentBotId === null ? 'open' : 'pending'; });
  } else if (!message.private) {
    conversation.waitingSince = 0;
    if (conversation.firstReplyCreatedAt === 0) conversation.firstReplyCreatedAt = message.createdAt;
  }
  if (type !== 2) publish(call, conversation.accountId, 'message_created', () => hookMessage(state, message));
  if (type !== 2) runRules({ ...call, identity }, 'message_created', conversation, { message });
  if (type === 0) call.background?.(() => tellBot(call, inbox, conversation, message));
  if (type !== 2 && inbox.channelType === 'Channel::Api' && inbox.channel.webhook_url) call.background?.(() => callBack(call, inbox, message));
  if (type === 0 && conversation.assigneeId !== null) notify(call, conversation.assigneeId, 'assigned_conversation_new_message', conversation, message.id);
  for (const [, userId] of message.private ? (message.content ?? '').matchAll(/\(mention:\/\/user\/(\d+)\//g) : []) notify(call, Number(userId), 'conversation_mention', conversation, message.id);
  return message;
}

/** Hands a message to WhatsApp as Chatwoot 4.15.1 does: later, the first file only, and without a word where its job dies. */
function hand(state: ChatwootState, inbox: ChatwootInbox, conversation: ChatwootConversation, message: ChatwootMessage, body: any): void {
  if (message.sourceId !== null) return void state.graph.push({ messageId: message.id, verdict: null, lost: ['message'] });
  const windowOpen = messagesOf(state, conversation).some((one) => one.type === 0 && one.createdAt > state.now() - 24 * 3_600_000);
  const lost: string[] = message.attachments.slice(1).map((_, index) => `file ${index + 2}`);
  const templates = ((inbox.channel as JsonObject).message_templates ?? []) as unknown as MetaTemplate[];
  let verdict;
  if (body.template_params) {
    const graph = graphTemplate(body.template_params);
    if (graph === 'lost') return void state.graph.push({ messageId: message.id, verdict: null, lost: ['message'] });
    verdict = judgeTemplate(graph, templates);
  } else {
    const [file] = message.attachments;
    const shown = (message.content ?? '').replace(/(?<!\\)<\/?[a-zA-Z][^>]*>/g, '');
    if (file?.file_type === 'audio' && message.content) lost.push('text');
    if (WITH_ITEMS.includes(message.contentType) && message.contentType !== 'input_select') lost.push('items');
    verdict = judgeMessage({
      text: shown, caption: file ? shown : undefined, mime: file ? types.get(file) ?? '' : undefined, windowOpen,
      options: message.contentType === 'input_select' ? (message.contentAttributes.items as any) : undefined,
    });
  }
  state.graph.push({ messageId: message.id, verdict: verdict ?? null, lost });
  const at = state.now();
  const sourceId = `wamid.${String(message.id)}`;
  message.news = verdict
    ? [{ at: at + 200, status: 'failed', error: verdict.code === 131053 || verdict.code === 131047 ? `${verdict.code}: ${verdict.message}` : `(#${verdict.code}) ${verdict.message}` }, { at: at + 400, status: 'sent' }]
    : [{ at: at + 200, status: 'sent', sourceId }, { at: at + 400, status: 'delivered' }, { at: at + 600, status: 'delivered' }, { at: at + 800, status: 'sent' }];
}

/** Lets the news of a conversation arrive that are due. */
function hear(call: Call<ChatwootState>, conversation: ChatwootConversation): void {
  for (const message of messagesOf(call.state, conversation)) {
    while (message.news?.[0] && message.news[0].at <= call.state.now()) {
      const { status, sourceId, error } = message.news.shift()!;
      message.status = status;
      if (sourceId !== undefined) message.sourceId = sourceId;
      if (error !== undefined) message.contentAttributes = { ...message.contentAttributes, external_error: error };
      publish(call, conversation.accountId, 'message_updated', hookMessage(call.state, message));
    }
  }
}

/** What an e-mail inbox keeps of a message: the addresses, and both forms of the text. */
function addMail(attributes: JsonObject, body: any): void {
  for (const key of ['cc_emails', 'bcc_emails', 'to_emails'] as const) {
    const addresses = String(body[key] ?? '').split(',').map((one) => one.trim()).filter(Boolean);
    if (addresses.some((one) => !/^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(one))) refuse(422, 'Invalid email address');
    attributes[key] = addresses;
  }
  // A text "false", as multipart sends it, counts as private; and without a text nothing is kept.
  if (!body.content || (body.private !== undefined && body.private !== false)) return;
  const html = String(body.email_html_content ?? `<p>${String(body.content)}</p>\n`);
  attributes.email = { html_content: { full: html, reply: html }, text_content: { full: body.content, reply: body.content } };
}

/** An API inbox hears of its outgoing messages at its own address; an answer other than yes, or none, makes the message fail. */
async function callBack(call: Adding, inbox: ChatwootInbox, message: ChatwootMessage): Promise<void> {
  const { state, deliver, clock } = call;
  const conversation = conversationOf(state, message);
  const body = JSON.stringify({ ...hookMessage(state, message), event: 'message_created' });
  const timestamp = String(Math.floor(clock.now() / 1000));
  const signature = createHmac('sha256', String(inbox.secrets.secret ?? '')).update(`${timestamp}.${body}`).digest('hex');
  const { status } = await deliver({
    url: String(inbox.channel.webhook_url), event: 'message_created', body, timeoutMs: 5000,
    headers: { 'x-chatwoot-delivery': randomUUID(), 'x-chatwoot-timestamp': timestamp, 'x-chatwoot-signature': `sha256=${signature}` },
  });
  if (status !== undefined && status < 300) return;
  message.status = 'failed';
  message.contentAttributes = { ...message.contentAttributes, external_error: status === undefined ? `Failed to open TCP connection to ${new URL(String(inbox.channel.webhook_url)).host}` : `${status} ${STATUS_CODES[status] ?? ''}`.trim() };
  publish(call, conversation.accountId, 'message_updated', () => hookMessage(state, message));
}

/** Milliseconds between the tries of an event for a bot; seconds in the real server. */
const botPauses = [40, 80];

/** An agent bot gets an event up to three times while it answers 429 or 5xx; then people take over. */
async function tellBot(call: Adding, inbox: ChatwootInbox, conversation: ChatwootConversation, message: ChatwootMessage): Promise<void> {
  const { state, deliver, clock } = call;
  const bot = inbox.agentBotId === null ? undefined : state.agentBots.get(inbox.agentBotId);
  if (!bot?.outgoingUrl || conversation.status !== 'pending') return;
  for (const pause of [...botPauses, undefined]) {
    const body = JSON.stringify({ ...hookMessage(state, message), event: 'message_created' });
    const timestamp = String(Math.floor(clock.now() / 1000));
    const signature = createHmac('sha256', bot.secret).update(`${timestamp}.${body}`).digest('hex');
    const { status } = await deliver({
      url: bot.outgoingUrl, event: 'message_created', body, timeoutMs: 5000,
      headers: { 'x-chatwoot-delivery': randomUUID(), 'x-chatwoot-timestamp': timestamp, 'x-chatwoot-signature': `sha256=${signature}` },
    });
    if (status === undefined || (status !== 429 && status < 500)) return;
    if (pause !== undefined) await new Promise<void>((resolve) => { setTimeout(resolve, pause); });
  }
  if (!state.conversations.has(conversation.id)) return;
  changeConversation({ state, clock, deliver }, conversation, () => { conversation.status = 'open'; });
  addMessage({ state, clock, deliver }, conversation, { content: 'Conversation was marked open by system due to an error with the agent bot.', message_type: 'activity' }, { kind: 'administrator', userId: 1, role: 'administrator' });
}

function checkItems(kind: string, items: unknown): void {
  if (!Array.isArray(items)) refuse(422, 'undefined method `reject\' for nil');
  for (const item of items as JsonObject[]) {
    const foreign = Object.keys(item).filter((key) => !ITEM_KEYS[kind]!.includes(key));
    if (foreign.length) refuse(422, `Validation failed: Content attributes contains invalid keys for items. Allowed keys are ${ITEM_KEYS[kind]!.join(', ')}.`);
    if (kind === 'cards' && !Array.isArray(item.actions)) refuse(422, 'undefined method `each\' for nil');
  }
}

function findMessage(call: Call<ChatwootState>): ChatwootMessage {
  const conversation = findConversation(call);
  const message = call.state.messages.get(call.params.message_id);
  return message?.conversationId === conversation.id ? message : notFound();
}

const files = (state: ChatwootState, conversations: ChatwootConversation[], page: number, withConversation: boolean): JsonObject => {
  const rows = conversations.flatMap((conversation) => messagesOf(state, conversation).flatMap((message) => message.attachments.map((file) => ({ file, message, conversation })))).reverse();
  return {
    meta: { total_count: rows.length },
    payload: rows.slice((page - 1) * 100, page * 100).map(({ file, message, conversation }) => {
      const by = sender(state, message);
      return {
        id: file.id, message_id: message.id, thumb_url: file.thumb_url ?? null, data_url: file.data_url ?? null, file_size: file.file_size ?? null, file_type: file.file_type, extension: null, width: null, height: null,
        created_at: seconds(message.createdAt), ...(by ? { sender: by } : {}), ...(withConversation ? { conversation_id: conversation.displayId } : {}),
      };
    }),
  };
};

export const messages: Handlers<ChatwootState> = {
  listMessages: (call) => {
    const { state, query } = call;
    const conversation = findConversation(call);
    hear(call, conversation);
    const rows = messagesOf(state, conversation).filter((one) => query.filter_internal_messages === undefined || (!one.private && one.type !== 2));
    const { before, after } = query as { before?: number; after?: number };
    const oldestFirst = (some: ChatwootMessage[]) => [...some].sort((a, b) => a.createdAt - b.createdAt || byLot(state, a, b, before ?? after ?? 0));
    const shown = before !== undefined && after !== undefined ? oldestFirst(rows.filter((one) => one.id >= after && one.id < before)).slice(0, 1000)
      : before !== undefined ? oldestFirst(rows.filter((one) => one.id < before)).slice(-20)
        : after !== undefined ? oldestFirst(rows.filter((one) => one.id > after)).slice(0, 100) : oldestFirst(rows).slice(-20);
    return {
      status: 200,
      body: {
        meta: {
          labels: conversation.labels, additional_attributes: conversation.additionalAttributes, contact: pushContact(state.contacts.get(conversation.contactId)!),
          ...(conversation.assigneeId === null ? {} : { assignee: pushUser(state, conversation.accountId, conversation.assigneeId) }), agent_last_seen_at: null, assignee_last_seen_at: null,
        },
        payload: shown.map((one) => renderMessage(state, one)),
      },
    };
  },
  createMessage: (call) => {
    const conversation = findConversation(call);
    return { status: 200, body: renderMessage(call.state, addMessage(call, conversation, call.body, call.identity), true) };
  },
  updateMessageStatus: (call) => {
    const { state, body } = call;
    if (state.inboxes.get(findConversation(call).inboxId)?.channelType !== 'Channel::Api') refuse(403, 'Message status update is only allowed for API inboxes');
    const message = findMessage(call);
    if (['sent', 'delivered', 'read', 'failed'].includes(body.status) && !(body.status === 'delivered' && message.status === 'read')) {
      message.status = body.status;
      const { external_error: _old, ...rest } = message.contentAttributes;
      message.contentAttributes = body.status === 'failed' && body.external_error ? { ...rest, external_error: body.external_error } : rest;
    }
    publish(call, call.params.account_id, 'message_updated', () => hookMessage(state, message));
    return { status: 200, body: renderMessage(state, message) };
  },
  deleteMessage: (call) => {
    const message = findMessage(call);
    Object.assign(message, { content: 'This message was deleted', contentAttributes: { deleted: true }, attachments: [] });
    publish(call, call.params.account_id, 'message_updated', () => hookMessage(call.state, message));
    return { status: 200, body: renderMessage(call.state, message) };
  },
  retryMessage: (call) => {
    const conversation = findConversation(call);
    const message = call.state.messages.get(call.params.message_id);
    if (message?.conversationId !== conversation.id) return refuse(422, `Couldn't find Message with 'id'="${String(call.params.message_id)}" [WHERE "messages"."conversation_id" = $1]`);
    Object.assign(message, { status: 'sent', contentAttributes: {} });
    return { status: 200, body: renderMessage(call.state, message) };
  },
  translateMessage: (call) => {
    const message = findMessage(call);
    const language = String(call.body.target_language);
    const translations = (message.contentAttributes.translations ?? {}) as JsonObject;
    if (translations[language] !== undefined) return { status: 200 };
    message.contentAttributes = { ...message.contentAttributes, translations: { ...translations, [language]: `[${language}] ${message.content ?? ''}` } };
    return { status: 200, body: { content: `[${language}] ${message.content ?? ''}` } };
  },
  listConversationAttachments: (call) => ({ status: 200, body: files(call.state, [findConversation(call)], call.query.page ?? 1, false) }),
  listContactAttachments: (call) => {
    const { state, params, query } = call;
    const contact = findContact(state, params.account_id, params.contact_id);
    return { status: 200, body: files(state, [...state.conversations.values()].filter((one) => one.contactId === contact.id), query.page ?? 1, true) };
  },
};
