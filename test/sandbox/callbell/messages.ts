import type { Call, Handlers } from '../types';
import type { CallbellContact } from './contacts';
import { addContact, checkFields, contactOf, contactView, digitsOf, keyOf, setBot, touch } from './contacts';
import { notFound, refuse } from './errors';
import { pageOrCursor } from './paging';
import type { CallbellChannel, CallbellState } from './state';
import { iso } from './time';
import { notify } from './webhooks';
import { componentsOf, judgeMessage, judgeTemplate, mimeOf, type Verdict } from '../whatsapp/judge';

export interface HistoryMessage {
  /** Missing on notes that the system writes. */
  uuid?: string;
  /** `wamid…`, the channel's own id. */
  externalId?: string;
  text: string | null;
  status: 'sent' | 'received' | 'note';
  channel: string;
  from: string;
  to: string;
  at: number;
}

export interface SentMessage {
  uuid: string;
  contact: string;
  at: number;
  /** Why it will fail; undefined when it arrives. */
  failure?: Verdict;
  /** Whether the reason is told as WhatsApp's own API does, or as the provider of other lines. */
  cloud: boolean;
  metadata?: Record<string, string>;
  /** The last status that the webhook was told. */
  told: string;
}

type C = Call<CallbellState>;
const window = 24 * 3_600_000;

/** Adds to the conversation; `text` null stands for a bare file. */
export function addHistory(state: CallbellState, contact: CallbellContact, { text, status, at, uuid }: Pick<HistoryMessage, 'text' | 'status' | 'at' | 'uuid'>): HistoryMessage {
  const channel = state.channels.find((one) => one.uuid === contact.channelUuid);
  const theirs = digitsOf(contact.phoneNumber) || contact.identifier;
  const ours = channel?.number ?? channel?.uuid ?? '';
  const message: HistoryMessage = {
    uuid: uuid ?? state.ids.hex32('message'),
    externalId: `wamid.${state.ids.hex32('wamid')}`,
    text, status, channel: contact.source, at,
    from: status === 'received' ? theirs : ours,
    to: status === 'received' ? ours : theirs,
  };
  contact.messages.unshift(message);
  if (status !== 'note') touch(state, contact, at);
  return message;
}

/** The customer writes: opens the 24 hours. For tests. */
export function receive(state: CallbellState, contact: CallbellContact, text: string, at: number): HistoryMessage {
  const message = addHistory(state, contact, { text, status: 'received', at });
  message.uuid = message.externalId;
  return message;
}

/** How far a message is at a moment. */
export function statusAt({ delays }: CallbellState, message: SentMessage, now: number): string {
  const age = now - message.at;
  if (age < delays.sent) return 'enqueued';
  if (message.failure !== undefined) return 'failed';
  // An old status comes once more.
  if (age >= delays.delivered + 300 && age < delays.delivered + 500) return 'sent';
  return age < delays.delivered ? 'sent' : age < delays.read ? 'delivered' : 'read';
}

function sentView(call: C, message: SentMessage, fields = '') {
  const { state, clock } = call;
  const contact = state.contactsByUuid.get(message.contact);
  const status = statusAt(state, message, clock.now());
  const { failure } = message;
  const own = { id: `wamid.${message.uuid}`, status, recipient_id: digitsOf(contact?.phoneNumber), ...(failure ? { errors: [{ code: failure.code, title: failure.message, message: failure.message, error_data: { details: failure.details ?? failure.message } }] } : {}) };
  const payload = message.cloud && status === 'failed' ? { messaging: { value: { statuses: [own] } } } : {
    id: `wamid.${message.uuid}`, type: status, destination: digitsOf(contact?.phoneNumber),
    payload: status === 'failed' ? { code: failure?.code ?? 1013, reason: failure?.details ?? failure?.message } : { ts: Math.floor(clock.now() / 1000) },
  };
  return {
    uuid: message.uuid,
    status,
    ...(status === 'enqueued' ? {} : { messageStatusPayload: payload }),
    ...(contact && fields.includes('contact') ? { contact: { uuid: contact.uuid, name: contact.name, phone: digitsOf(contact.phoneNumber) || null, email: null } } : {}),
    ...(contact && fields.includes('conversation') ? { conversation: { source: contact.source, href: `https://dash.callbell.eu/chat/${contact.conversation}`, createdAt: iso(contact.createdAt) } } : {}),
  };
}

function recipientOf({ state, body, clock }: C, channel: CallbellChannel): CallbellContact {
  if (body.to === undefined) {
    const known = state.contacts.find(({ bsuid }) => bsuid !== undefined && bsuid === body.bsuid);
    return known ?? addContact(state, { source: channel.type, identifier: body.bsuid, bsuid: body.bsuid, channelUuid: channel.uuid }, clock.now());
  }
  const digits = digitsOf(body.to);
  if (channel.type === 'whatsapp' && !/^[1-9]\d{6,14}$/.test(digits)) refuse(400, { to: ['is not a phone number'] });
  const phoneNumber = channel.type === 'whatsapp' ? digits : null;
  const identifier = String(body.to);
  return state.contactsByKey.get(keyOf({ source: channel.type, channelUuid: channel.uuid, identifier, phoneNumber })) ?? addContact(state, {
    source: channel.type, identifier, phoneNumber, channelUuid: channel.uuid, name: phoneNumber === null ? identifier : `+${digits}`,
  }, clock.now());
}

function checkContent({ body }: C): void {
  const { type, content } = body;
  if (type === 'video' && body.template_uuid === undefined) refuse(400, { type: ['video is for templates only'] });
  if (type === 'text' ? String(content.text ?? '').trim() === '' : !/^https?:\/\/\S+$/.test(String(content.url ?? ''))) {
    refuse(400, { [type === 'text' ? 'content.text' : 'content.url']: ['must be present and not empty'] });
  }
}

/** Templates: approved, of the right type, opted in, on an official line, with as many values as variables, and paid. */
function checkTemplate({ state, body }: C, channel: CallbellChannel): string {
  const template = state.templates.find(({ uuid }) => uuid === body.template_uuid);
  if (!template) return refuse(400, { template_uuid: ['does not exist'] });
  if (template.status !== 'approved') refuse(400, { template_uuid: [`is ${template.status}`] });
  if (body.optin_contact !== true) refuse(400, { optin_contact: ['must be true'] });
  if (!channel.official) refuse(400, { channel_uuid: ['does not support templates'] });
  if (body.type !== template.templateType) refuse(400, { type: [`must be ${template.templateType}`] });
  const count = new Set([...template.text.matchAll(/\{\{(\d+)\}\}/g)].map(([, number]) => number)).size;
  const values: string[] = body.template_values ?? (count === 1 ? [String(body.content.text ?? '')] : []);
  if (values.length !== count || values.some((value) => value.trim() === '')) refuse(400, { template_values: [`must have ${count} values`] });
  if (state.wallet.templates <= 0) refuse(402, 'The WhatsApp wallet has no credit left.', 'whatsapp_wallet_depleted_credit');
  state.wallet.templates -= 1;
  return template.text.replace(/\{\{(\d+)\}\}/g, (_, number: string) => values[Number(number) - 1] ?? '');
}

/** WhatsApp's word on a message that Callbell has taken; it comes later. */
function verdictOf({ state, body, clock }: C, contact: CallbellContact): Verdict | undefined {
  const known = state.unreachable.get(digitsOf(contact.phoneNumber));
  if (known !== undefined) return { code: 131026, message: 'Message undeliverable', details: known };
  if (contact.source !== 'whatsapp') return undefined;
  const { content, type } = body;
  if (body.template_uuid !== undefined) {
    const { title, text, templateType, status } = state.templates.find(({ uuid }) => uuid === body.template_uuid)!;
    const values: string[] = body.template_values ?? (/\{\{/.test(text) ? [String(content.text ?? '')] : []);
    const header = templateType === 'text' ? undefined : { kind: templateType, link: content.url };
    const meta = { name: title, language: 'pt_BR', category: 'UTILITY', status: status.toUpperCase(), components: [...(header ? [{ type: 'HEADER', format: templateType.toUpperCase() }] : []), { type: 'BODY', text }] };
    return judgeTemplate({ name: title, language: { code: 'pt_BR' }, components: componentsOf(values, header) }, [meta]);
  }
  const last = contact.messages.find(({ status }) => status === 'received');
  const windowOpen = last !== undefined && clock.now() - last.at < window;
  // Audio and video go out as documents, and documents may be anything.
  const mime = type === 'text' ? undefined : type === 'image' ? mimeOf(String(content.url)) : 'application/octet-stream';
  const verdict = judgeMessage({ text: content.text, caption: type === 'text' ? undefined : content.text, mime, windowOpen });
  return verdict?.code === 131047 ? { ...verdict, details: 'More than 24 hours have passed since the customer last replied' } : verdict;
}

export const messages: Handlers<CallbellState> = {
  sendMessage(call) {
    const { state, body, clock } = call;
    if (body.to === undefined && body.bsuid === undefined) refuse(400, { to: ['must be present and not empty'] });
    for (const [key, value] of Object.entries((body.metadata ?? {}) as Record<string, string>)) {
      if (key.length > 50 || value.length > 500) refuse(400, 'metadata: is too long');
    }
    const channel = state.channels.find(({ uuid, discardedAt }) => uuid === body.channel_uuid && !discardedAt) ?? refuse(400, { channel_uuid: ['does not exist'] });
    checkFields(state, { assigned_user: body.assigned_user, team_uuid: body.team_uuid });
    checkContent(call);
    const text = body.template_uuid === undefined ? (body.content.text ?? null) : checkTemplate(call, channel);
    const contact = recipientOf(call, channel);
    if (body.assigned_user !== undefined) contact.assignedUser = body.assigned_user;
    if (body.team_uuid !== undefined) contact.teamUuid = body.team_uuid;
    if (body.bot_status !== undefined) setBot(contact, body.bot_status, clock.now());
    const message: SentMessage = { uuid: state.ids.hex32('message'), contact: contact.uuid, at: clock.now(), failure: verdictOf(call, contact), cloud: channel.official, metadata: body.metadata, told: 'enqueued' };
    state.sent.set(message.uuid, message);
    if (channel.type === 'whatsapp') state.graph.push({ id: message.uuid, verdict: message.failure ?? null });
    const shown = addHistory(state, contact, { text, status: 'sent', at: clock.now(), uuid: message.uuid });
    notify(call, 'message_created', messageEvent(state, contact, shown, body.content.url === undefined ? [] : [body.content.url], body.metadata));
    return { status: 200, body: { message: { ...sentView(call, message, body.fields), status: 'enqueued' } } };
  },

  getMessageStatus(call) {
    const message = call.state.sent.get(String(call.params.uuid)) ?? notFound('message not found');
    const view = sentView(call, message);
    if (view.status !== message.told) {
      message.told = view.status;
      notify(call, 'message_status_updated', { uuid: view.uuid, status: view.status, metadata: message.metadata, contact: { uuid: message.contact }, messageStatusPayload: view.messageStatusPayload });
    }
    return { status: 200, body: { message: view } };
  },

  deleteMessage({ state, params }) {
    for (const contact of state.contacts) {
      const message = contact.messages.find(({ uuid, externalId }) => uuid === params.uuid || externalId === params.uuid);
      if (!message) continue;
      message.text = null;
      return { status: 204 };
    }
    return notFound('message not found');
  },

  listContactMessages(call) {
    const contact = contactOf(call);
    const { rows, meta } = pageOrCursor(contact.messages, call.query, { at: ({ at }) => at, id: ({ uuid }) => uuid ?? '', createdAt: ({ at }) => at }, call.clock.now());
    return {
      status: 200,
      body: { messages: rows.map(({ uuid, text, at, status, channel, from, to }) => ({ ...(uuid === undefined ? {} : { uuid }), text, createdAt: iso(at), status, channel, from, to })), meta },
    };
  },
};

/** Payload of `message_created`: there is no `type`, and notes are not told. */
export function messageEvent(state: CallbellState, contact: CallbellContact, message: HistoryMessage, attachments: string[] = [], metadata?: Record<string, string>) {
  return {
    to: message.to, from: message.from, text: message.text, uuid: message.status === 'received' ? message.externalId : message.uuid, status: message.status,
    channel: message.channel, contact: contactView(state, contact), createdAt: iso(message.at),
    ...(attachments.length ? { attachments } : {}), ...(metadata ? { metadata } : {}),
  };
}
