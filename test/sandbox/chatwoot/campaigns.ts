import type { Call, Handlers, JsonObject } from '../types';
import { membership, renderAgent } from './agents';
import { crash, invalid } from './errors';
import { findInbox, fullInbox } from './inboxes';
import type { ChatwootState } from './state';
import { serverIsAtLeast } from './versions';

export interface ChatwootCampaign {
  displayId: number;
  accountId: number;
  inboxId: number;
  title: string;
  description: string | null;
  message: string;
  senderId: number | null;
  enabled: boolean;
  status: 'active' | 'processing' | 'completed';
  type: 'ongoing' | 'one_off';
  scheduledAt: number | null;
  audience: JsonObject[];
  triggerRules: JsonObject;
  businessHours: boolean;
  templateParams: JsonObject | null;
  createdAt: number;
  updatedAt: number;
}

type CampaignCall = Call<ChatwootState>;
const TYPES: Record<string, ChatwootCampaign['type']> = { 'Channel::WebWidget': 'ongoing', 'Channel::Sms': 'one_off', 'Channel::TwilioSms': 'one_off', 'Channel::Whatsapp': 'one_off' };

function render({ state, identity }: CampaignCall, one: ChatwootCampaign): JsonObject {
  return {
    id: one.displayId, title: one.title, description: one.description, account_id: one.accountId, inbox: fullInbox(state.inboxes.get(one.inboxId)!, identity.role),
    ...(one.senderId === null ? {} : { sender: renderAgent(state, one.accountId, one.senderId) }), message: one.message, template_params: one.templateParams, campaign_status: one.status,
    enabled: one.enabled, campaign_type: one.type,
    ...(one.type === 'one_off' ? { scheduled_at: Math.floor((one.scheduledAt ?? 0) / 1000), audience: one.audience } : {}),
    trigger_rules: one.triggerRules, trigger_only_during_business_hours: one.businessHours, created_at: new Date(one.createdAt).toISOString(), updated_at: new Date(one.updatedAt).toISOString(),
  };
}

/** `find_by` without a check: an unknown id ends in 500, not 404. */
function find({ state, params, clock }: CampaignCall): ChatwootCampaign {
  runScheduler({ state, clock });
  return state.campaigns.find((one) => one.accountId === params.account_id && one.displayId === params.campaign_id) ?? crash();
}

const TICK = 5 * 60_000;
const LOOKS_BACK = 3 * 86_400_000;

/**
 * What the scheduler has made of the campaigns until now: every five minutes it takes those that were due within the last
 * three days. Older ones it never takes; one of WhatsApp through Twilio breaks its run.
 */
function runScheduler({ state, clock }: Pick<CampaignCall, 'state' | 'clock'>): void {
  const lastTick = Math.floor(clock.now() / TICK) * TICK;
  for (const one of state.campaigns) {
    if (one.type !== 'one_off' || one.status !== 'active' || one.scheduledAt === null) continue;
    const firstTick = Math.ceil(Math.max(one.scheduledAt, one.updatedAt) / TICK) * TICK;
    if (firstTick > lastTick || one.scheduledAt < firstTick - LOOKS_BACK) continue;
    const inbox = state.inboxes.get(one.inboxId);
    one.status = inbox?.channelType === 'Channel::TwilioSms' && inbox.channel.medium === 'whatsapp' ? 'processing' : 'completed';
  }
}

function assign(call: CampaignCall, one: ChatwootCampaign): void {
  const { state, body, clock, params } = call;
  if (one.status === 'completed') invalid([['status', 'Status The campaign is already completed']]);
  const next = { ...one };
  if (body.title !== undefined) next.title = body.title;
  if (body.description !== undefined) next.description = body.description;
  if (body.message !== undefined) next.message = body.message;
  if (body.inbox_id !== undefined) next.inboxId = body.inbox_id;
  if (body.sender_id !== undefined) next.senderId = body.sender_id;
  if (body.enabled !== undefined) next.enabled = body.enabled;
  if (body.scheduled_at !== undefined) next.scheduledAt = Date.parse(body.scheduled_at);
  if (body.audience !== undefined) next.audience = body.audience;
  if (body.trigger_rules !== undefined) next.triggerRules = body.trigger_rules;
  if (body.trigger_only_during_business_hours !== undefined) next.businessHours = body.trigger_only_during_business_hours;
  if (body.template_params !== undefined) next.templateParams = body.template_params;

  const errors: Array<[string, string]> = [];
  if (!next.title) errors.push(['title', "Title can't be blank"]);
  if (!next.message) errors.push(['message', "Message can't be blank"]);
  const inbox = state.inboxes.get(next.inboxId);
  if (inbox?.accountId !== params.account_id) errors.push(['inbox', 'Inbox must exist']);
  // WhatsApp came with 4.4.
  else if (!TYPES[inbox!.channelType] || (inbox!.channelType === 'Channel::Whatsapp' && !serverIsAtLeast(call.options, '4.4'))) errors.push(['inbox', 'Inbox Unsupported Inbox type']);
  if (next.senderId !== null && !membership(state, params.account_id, next.senderId)) errors.push(['sender', 'Sender must belong to the same account as the campaign']);
  const url = next.triggerRules.url;
  if (inbox?.channelType === 'Channel::WebWidget' && !/^https?:\/\/\S+/.test(String(url ?? ''))) errors.push(['url', 'Url invalid']);
  if (errors.length) invalid(errors);
  next.type = TYPES[inbox!.channelType]!;
  next.scheduledAt = next.type === 'ongoing' ? null : next.scheduledAt ?? clock.now();
  Object.assign(one, next, { updatedAt: clock.now() });
}

/** Campaigns; administrators only, which the contract says. */
export const campaigns: Handlers<ChatwootState> = {
  listCampaigns: (call) => {
    runScheduler(call);
    return { status: 200, body: call.state.campaigns.filter((one) => one.accountId === call.params.account_id).map((one) => render(call, one)) };
  },
  listInboxCampaigns: (call) => {
    const inbox = findInbox(call.state, call.params.account_id, call.params.inbox_id);
    return { status: 200, body: call.state.campaigns.filter((one) => one.inboxId === inbox.id).map((one) => render(call, one)) };
  },
  getCampaign: (call) => ({ status: 200, body: render(call, find(call)) }),
  createCampaign: (call) => {
    const { state, params, clock } = call;
    const at = clock.now();
    const one: ChatwootCampaign = {
      displayId: 0, accountId: params.account_id, inboxId: 0, title: '', description: null, message: '', senderId: null, enabled: true, status: 'active', type: 'ongoing', scheduledAt: null,
      audience: [], triggerRules: {}, businessHours: false, templateParams: null, createdAt: at, updatedAt: at,
    };
    assign(call, one);
    one.displayId = state.ids.number(`campaign ${params.account_id}`);
    state.campaigns.push(one);
    return { status: 200, body: render(call, one) };
  },
  updateCampaign: (call) => {
    const one = find(call);
    assign(call, one);
    return { status: 200, body: render(call, one) };
  },
  deleteCampaign: (call) => {
    const one = find(call);
    call.state.campaigns.splice(call.state.campaigns.indexOf(one), 1);
    return { status: 200 };
  },
};
