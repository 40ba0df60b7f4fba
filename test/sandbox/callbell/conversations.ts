import type { Call, Handlers } from '../types';
import type { CallbellContact } from './contacts';
import { contactOf, contactView, envelope, setBot } from './contacts';
import { refuse } from './errors';
import { addHistory } from './messages';
import type { CallbellState } from './state';
import { iso } from './time';
import { notify } from './webhooks';

type C = Call<CallbellState>;

/** A conversation has no id of its own. */
export function conversationView(state: CallbellState, contact: CallbellContact) {
  return {
    source: contact.source,
    href: `https://dash.callbell.eu/chat/${contact.conversation}`,
    contact: contactView(state, contact),
    createdAt: iso(contact.createdAt),
    closedAt: contact.closedAt === null ? null : iso(contact.closedAt),
  };
}

const bot = ({ state }: C, contact: CallbellContact) => ({
  status: 200,
  body: {
    bot: {
      uuid: state.bot.uuid, name: state.bot.name, status: contact.botStatus, version: state.bot.version, latestBotVersion: true,
      conversationStartedAt: contact.botStartedAt === null ? null : iso(contact.botStartedAt),
    },
  },
});

function moveInFunnel(call: C) {
  const contact = contactOf(call);
  if (!call.state.funnels.some(({ uuid }) => uuid === call.body.funnel_id)) refuse(400, { funnel_id: ['does not exist'] });
  contact.funnelId = call.body.funnel_id;
  notify(call, 'contact_updated', contactView(call.state, contact));
  return envelope(call, contact, 'array');
}

export const conversations: Handlers<CallbellState> = {
  closeConversation(call) {
    const contact = contactOf(call);
    const wasOpen = contact.closedAt === null;
    contact.closedAt = call.clock.now();
    if (wasOpen) notify(call, 'conversation_closed', { ...conversationView(call.state, contact), closingReason: null });
    return envelope(call, contact, 'object');
  },

  openConversation(call) {
    const contact = contactOf(call);
    const wasClosed = contact.closedAt !== null;
    contact.closedAt = null;
    if (wasClosed) notify(call, 'conversation_opened', conversationView(call.state, contact));
    return envelope(call, contact, 'array');
  },

  createConversationNote(call) {
    const contact = contactOf(call);
    if (String(call.body.text).trim() === '') refuse(400, { text: ['must be present and not empty'] });
    addHistory(call.state, contact, { text: call.body.text, status: 'note', at: call.clock.now() });
    return { status: 200, body: { success: true } };
  },

  updateConversationFunnel: (call) => moveInFunnel(call),
  // Of the two forms that one page shows, the sandbox has both; which of them the service has is not known.
  updateMessagesFunnel: (call) => moveInFunnel(call),

  getContactBot: (call) => bot(call, contactOf(call)),

  setContactBot(call) {
    const contact = contactOf(call);
    setBot(contact, call.body.status, call.clock.now());
    return bot(call, contact);
  },
};
