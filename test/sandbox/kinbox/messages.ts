import type { Call, Handlers, JsonObject } from '../types';
import { findChannel, isOfficial } from './channels';
import { addContact, changeContact } from './contacts';
import { refuse } from './errors';
import type { KinboxQueuedMessage, KinboxSession } from './records';
import { addMessage, addSession, changeSession, renderMessage } from './sessions';
import type { KinboxChannel, KinboxState } from './state';
import { componentsOf, judgeMessage, judgeTemplate, mimeOf, type Verdict } from '../whatsapp/judge';
import type { MetaTemplate } from '../whatsapp/templates';
import { dateOf, iso } from './time';

/** A message waits this long before it leaves. */
const QUEUE_MS = 2_000;
const DAY = 86_400_000;

function openSession(state: KinboxState, contactId: number, channelId: number, at: number): KinboxSession {
  const open = [...state.records.sessions.values()].find((one) => one.contactId === contactId && one.channelId === channelId && !one.isFinished);
  return open ?? addSession(state, { contactId, channelId }, at);
}

/** WhatsApp's word on what Kinbox hands on; undefined when it takes it. Unofficial lines have no window and no templates. */
function verdictOf(channel: KinboxChannel, to: string, body: JsonObject, wrote: boolean): Verdict | undefined {
  if (channel.platformId !== 1 || (!body.message && !body.template)) return undefined;
  if (to.endsWith('0000')) return { code: 131026, message: 'Message undeliverable' };
  if (body.template) {
    const { id, name, language, bodyFields, components } = body.template as any;
    const templates = channel.templates as unknown as Array<MetaTemplate & { id: string }>;
    const found = templates.find((one) => one.id === id) ?? templates.find((one) => one.name === name && (language === undefined || one.language === language));
    return judgeTemplate({ name: found?.name ?? name, language: { code: found?.language ?? language }, components: components ?? componentsOf(bodyFields ?? []) }, templates);
  }
  return judgeMessage({ text: String(body.message), mime: body.isMedia ? mimeOf(String(body.message)) : undefined, windowOpen: !isOfficial(channel) || wrote });
}

/** Reuse of an external id answers 409; official channels need a template when the contact has not written for 24 hours. */
function send({ state, body, clock }: Call<KinboxState>): KinboxQueuedMessage {
  const channel = findChannel(state, body.channelId);
  const to = String(body.to).replace(/\D/g, '');
  if (!body.message && !body.template && !body.callOptions) refuse(400, ['message should not be empty']);
  if (!/^55\d{10,11}$/.test(to) && !body.callOptions?.doInternationalValidation) refuse(400, ['to must be a Brazilian phone with country and area code']);
  const taken = (externalId: unknown): boolean => [...state.records.queue.values()].some((one) => one.body.externalId === externalId);
  if (body.externalId !== undefined && taken(body.externalId)) refuse(409, 'externalId already used');
  const contact = [...state.contacts.values()].find((one) => one.phone === to) ?? addContact(state, { phone: to, name: body.callOptions?.contact?.name ?? to }, clock.now());
  if (body.callOptions?.contact) changeContact(state, contact, body.callOptions.contact, clock.now());
  const wrote = [...state.records.messages.values()].some((one) => one.sender === 'contact' && one.createdAt > clock.now() - DAY && one.channelId === channel.id
    && state.records.sessions.size > 0 && one.contactName === contact.name);
  const at = dateOf(body.executeAt, 'executeAt') ?? clock.now() + QUEUE_MS;
  const verdict = verdictOf(channel, to, body, wrote);
  // Kinbox itself stops what comes too late; the rest leaves, and WhatsApp refuses it afterwards.
  const queued: KinboxQueuedMessage = { id: state.ids.number('queued', 70_001), body, at, error: verdict?.code === 131047 };
  state.records.queue.set(queued.id, queued);
  if (body.message || body.template) state.records.graph.push({ id: String(queued.id), verdict: verdict ?? null });
  if (body.executeAt === undefined) {
    const session = openSession(state, contact.id, channel.id, clock.now());
    changeSession(session, { ...(body.callOptions?.setGroupId ? { groupId: body.callOptions.setGroupId } : {}), ...(body.hidden ? { isFinished: true, finishedAt: clock.now() } : {}) }, clock.now());
    addMessage(state, session, {
      sender: 'operator', operatorId: 42, text: body.isMedia ? '' : String(body.message ?? body.template?.name ?? ''), ...(body.isMedia ? { mediaUrl: body.message } : {}), fate: { at, verdict },
      externalId: body.externalId ?? null,
    }, clock.now());
  }
  return queued;
}

export const messages: Handlers<KinboxState> = {
  // Leaner than v1: the stored body, no plain text, no files, nobody named on the customer's side.
  v3GetMessage: ({ state, params, clock }) => {
    const message = state.records.messages.get(String(params.id)) ?? refuse(404, 'Message not found');
    const { content, type, isSent, isError, isDeleted, isMedia, isScheduled, operatorName } = renderMessage(message, clock.now());
    return {
      status: 200,
      body: {
        id: message.id, idMessage: Number(message.id), workspaceId: state.workspace.id, customerPlatformId: message.conversationId, callId: message.callId, content, type,
        isSent, isError, isDeleted, isMedia, isScheduled, status: {}, createdAt: iso(message.createdAt), lastUpdateAt: iso(message.createdAt), updatedAt: iso(message.createdAt),
        ...(message.operatorId === null ? {} : { operatorId: message.operatorId, operatorName }),
      },
    };
  },
  sendMessage: (call) => ({ status: 201, body: { id: send(call).id, queued: true } }),
  // The answer is not published.
  customChannelReceive: ({ state, body, clock }) => {
    const phone = /^\d{10,11}$/.test(body.sender) ? `55${body.sender}` : body.sender;
    const contact = [...state.contacts.values()].find((one) => one.phone === phone) ?? addContact(state, { phone, ...body.contactInfo }, clock.now());
    const session = openSession(state, contact.id, 108, clock.now());
    changeSession(session, {}, clock.now());
    addMessage(state, session, { text: body.type === 'text' ? body.content : '', ...(body.type === 'text' ? {} : { mediaUrl: body.content }) }, clock.now());
    return { status: 200 };
  },
  getQueuedMessageStatus: ({ state, params, clock }) => {
    const queued = state.records.queue.get(Number(params.id));
    const status = !queued ? 'not_found' : clock.now() < queued.at ? 'waiting' : queued.error ? 'error' : 'executed';
    return { status: 200, body: { queue_status: status } };
  },
};
