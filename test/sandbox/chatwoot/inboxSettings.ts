import type { Call, Handlers, JsonObject } from '../types';
import { fullBot } from './agents';
import { crash, invalid, refuse } from './errors';
import { findInbox, fullInbox } from './inboxes';
import { Refusal } from '../types';
import { addInbox, type ChatwootInbox, type ChatwootState } from './state';

type InboxCall = Call<ChatwootState>;
const CHANNELS: Record<string, ChatwootInbox['channelType']> = { api: 'Channel::Api', web_widget: 'Channel::WebWidget', email: 'Channel::Email' };

function assign(inbox: ChatwootInbox, body: any): void {
  const columns: Record<string, keyof ChatwootInbox> = {
    name: 'name', greeting_enabled: 'greetingEnabled', greeting_message: 'greetingMessage', enable_email_collect: 'enableEmailCollect', csat_survey_enabled: 'csatSurveyEnabled',
    enable_auto_assignment: 'enableAutoAssignment', working_hours_enabled: 'workingHoursEnabled', out_of_office_message: 'outOfOfficeMessage', timezone: 'timezone',
    allow_messages_after_resolved: 'allowMessagesAfterResolved', lock_to_single_conversation: 'lockToSingleConversation', sender_name_type: 'senderNameType', business_name: 'businessName',
  };
  for (const [key, column] of Object.entries(columns)) if (body[key] !== undefined) Object.assign(inbox, { [column]: body[key] });
}

/** Creating and changing inboxes, their bot and templates; administrators only, which the contract says. */
export const inboxSettings: Handlers<ChatwootState> = {
  createInbox: ({ state, params, body, clock, identity }: InboxCall) => {
    if (!body.channel) crash();
    const channelType = CHANNELS[body.channel.type];
    if (!channelType) return refuse(422, 'Invalid channel type');
    if (!body.name) invalid([['name', "Name can't be blank"]]);
    const { type: _type, ...channel } = body.channel as JsonObject;
    const own: JsonObject = channelType === 'Channel::Api' ? { webhook_url: null, inbox_identifier: state.ids.hex32('inboxIdentifier').slice(0, 24), additional_attributes: {}, hmac_mandatory: false }
      : channelType === 'Channel::WebWidget' ? { website_token: state.ids.hex32('websiteToken').slice(0, 24), widget_color: '#1f93ff', selected_feature_flags: [], reply_time: 'in_a_few_minutes' }
        : { forwarding_enabled: true };
    const inbox = addInbox(state, { accountId: params.account_id, name: body.name, channelType, channel: { ...own, ...channel }, secrets: { hmac_token: state.ids.hex32('hmac') } }, clock.now());
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
