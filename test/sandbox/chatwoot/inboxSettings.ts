import type { Call, Handlers, JsonObject } from '../types';
import { fullBot } from './agents';
import { crash, invalid, refuse } from './errors';
import { findInbox, fullInbox } from './inboxes';
import { Refusal } from '../types';
import { addInbox, type ChatwootInbox, type ChatwootState } from './state';

type InboxCall = Call<ChatwootState>;
const CHANNELS: Record<string, ChatwootInbox['channelType']> = { api: 'Channel::Api', web_widget: 'Channel::WebWidget', email: 'Channel::Email', sms: 'Channel::Sms' };

const PRE_CHAT_FORM = {
  pre_chat_fields: [
    { name: 'emailAddress', type: 'email', label: 'Email Id', enabled: false, required: true, field_type: 'standard' },
    { name: 'fullName', type: 'text', label: 'Full name', enabled: false, required: false, field_type: 'standard' },
    { name: 'phoneNumber', type: 'text', label: 'Phone number', enabled: false, required: false, field_type: 'standard' },
  ],
  pre_chat_message: 'Share your queries or comments here.',
};
/** Settings of the mail servers that a new mail inbox has. */
const MAIL_SERVERS: JsonObject = {
  imap_login: '', imap_password: '', imap_address: '', imap_port: 0, imap_enabled: false, imap_enable_ssl: true, imap_authentication: 'plain',
  smtp_login: '', smtp_password: '', smtp_address: '', smtp_port: 0, smtp_enabled: false, smtp_domain: '', smtp_enable_ssl_tls: false,
  smtp_enable_starttls_auto: true, smtp_openssl_verify_mode: 'none', smtp_authentication: 'login',
};

function assign(inbox: ChatwootInbox, body: any): void {
  if (body.timezone !== undefined && !knownZone(body.timezone)) invalid([['timezone', 'Timezone is not included in the list']]);
  const columns: Record<string, keyof ChatwootInbox> = {
    name: 'name', greeting_enabled: 'greetingEnabled', greeting_message: 'greetingMessage', enable_email_collect: 'enableEmailCollect', csat_survey_enabled: 'csatSurveyEnabled',
    enable_auto_assignment: 'enableAutoAssignment', working_hours_enabled: 'workingHoursEnabled', out_of_office_message: 'outOfOfficeMessage', timezone: 'timezone',
    allow_messages_after_resolved: 'allowMessagesAfterResolved', lock_to_single_conversation: 'lockToSingleConversation', sender_name_type: 'senderNameType', business_name: 'businessName',
  };
  for (const [key, column] of Object.entries(columns)) if (body[key] !== undefined) Object.assign(inbox, { [column]: body[key] });
}

function secretsOf(state: ChatwootState, channelType: ChatwootInbox['channelType']): JsonObject {
  if (channelType === 'Channel::Sms') return {};
  if (channelType === 'Channel::Email') return { ...MAIL_SERVERS };
  return { hmac_token: state.ids.hex32('hmac'), ...(channelType === 'Channel::Api' ? { secret: state.ids.hex32('inboxSecret') } : {}) };
}

function knownZone(zone: unknown): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: String(zone) }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

/** Creating and changing inboxes, their bot and templates; administrators only, which the contract says. */
export const inboxSettings: Handlers<ChatwootState> = {
  createInbox: ({ state, params, body, clock, identity }: InboxCall) => {
    if (!body.channel) crash();
    const channelType = CHANNELS[body.channel.type];
    if (!channelType) return refuse(422, 'Invalid channel type');
    if (!body.name) invalid([['name', "Name can't be blank"]]);
    const { type: _type, provider_config: _config, ...channel } = body.channel as JsonObject;
    const own: JsonObject = channelType === 'Channel::Api' ? { webhook_url: null, inbox_identifier: state.ids.hex32('inboxIdentifier').slice(0, 24), additional_attributes: {}, hmac_mandatory: false }
      : channelType === 'Channel::WebWidget' ? { website_token: state.ids.hex32('websiteToken').slice(0, 24), widget_color: '#1f93ff', selected_feature_flags: ['attachments', 'emoji_picker', 'end_conversation'], reply_time: 'in_a_few_minutes', hmac_mandatory: false, allowed_domains: '',
        pre_chat_form_enabled: false, pre_chat_form_options: structuredClone(PRE_CHAT_FORM), continuity_via_email: true }
        : channelType === 'Channel::Sms' ? { provider: 'default', callback_webhook_url: `https://chatwoot.example.org/webhooks/sms/${String(channel.phone_number ?? '').replace(/^\+/, '')}` }
          : { forwarding_enabled: true };
    for (const key of ['email', 'phone_number']) {
      const address = channel[key];
      const taken = typeof address === 'string' && [...state.inboxes.values()].some((one) => one.channelType === channelType && one.channel[key] === address);
      if (taken) invalid([[key, `${key === 'email' ? 'Email' : 'Phone number'} has already been taken`]]);
    }
    const inbox = addInbox(state, { accountId: params.account_id, name: body.name, channelType, channel: { ...own, ...channel }, secrets: secretsOf(state, channelType) }, clock.now());
    assign(inbox, body);
    return { status: 200, body: fullInbox(inbox, identity.role) };
  },
  updateInbox: ({ state, params, body, identity }: InboxCall) => {
    const inbox = findInbox(state, params.account_id, params.inbox_id);
    if (body.name === '') invalid([['name', "Name can't be blank"]]);
    assign(inbox, body);
    return { status: 200, body: fullInbox(inbox, identity.role) };
  },
  deleteInbox: ({ state, params, background }: InboxCall) => {
    const inbox = findInbox(state, params.account_id, params.inbox_id);
    background(() => { state.inboxes.delete(inbox.id); });
    return { status: 200, body: { message: 'Your inbox deletion request will be processed in some time.' } };
  },
  deleteInboxAvatar: ({ state, params }: InboxCall) => {
    delete findInbox(state, params.account_id, params.inbox_id).avatarUrl;
    return { status: 200 };
  },
  resetInboxSecret: ({ state, params, identity }: InboxCall) => {
    const inbox = findInbox(state, params.account_id, params.inbox_id);
    // Only API channels have a secret; for the others, nothing is said.
    if (inbox.channelType !== 'Channel::Api') throw new Refusal({ status: 404 });
    inbox.secrets.secret = state.ids.hex32('inboxSecret');
    return { status: 200, body: fullInbox(inbox, identity.role) };
  },
  getInboxAgentBot: (call: InboxCall) => {
    const { agentBotId } = findInbox(call.state, call.params.account_id, call.params.inbox_id);
    const bot = agentBotId === null ? undefined : call.state.agentBots.get(agentBotId);
    return { status: 200, body: bot ? { agent_bot: fullBot(bot, call) } : {} };
  },
  setInboxAgentBot: ({ state, params, body }: InboxCall) => {
    const inbox = findInbox(state, params.account_id, params.inbox_id);
    inbox.agentBotId = body.agent_bot === null ? null : (state.agentBots.get(body.agent_bot) ?? refuse(404, 'Resource could not be found')).id;
    return { status: 200 };
  },
  syncMessageTemplates: ({ state, params }: InboxCall) => {
    const inbox = findInbox(state, params.account_id, params.inbox_id);
    if (inbox.channelType !== 'Channel::Whatsapp') return refuse(422, 'Template sync is only available for WhatsApp channels');
    return { status: 200, body: { message: 'Template sync initiated successfully' } };
  },
};
