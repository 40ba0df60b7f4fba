import type { Call, Handlers, JsonObject } from '../types';
import { refuse } from './errors';
import type { KinboxChannel, KinboxState, KinboxTemplate } from './state';

const TEMPLATE_CACHE_MS = 15 * 60_000;

function v1Channel(channel: KinboxChannel): JsonObject {
  const { wabaId, templates: _templates, customFields, ...rest } = channel;
  return { ...rest, customFields: customFields as JsonObject, waba_id: wabaId };
}

export function findChannel(state: KinboxState, id: unknown): KinboxChannel {
  return state.channels.get(Number(id)) ?? refuse(404, 'Channel not found');
}

export const isOfficial = (channel: KinboxChannel): boolean => channel.platformId === 1 && channel.version === 4;

/** Approved templates as of the last 15 minutes. Only official WhatsApp channels have any; the refusal is assumed. */
function templates({ state, clock }: Call<KinboxState>, id: unknown): KinboxTemplate[] {
  const channel = findChannel(state, id);
  if (!isOfficial(channel)) refuse(400, 'Templates exist on official WhatsApp channels only');
  const cached = state.templateCacheIndex.get(channel.id);
  if (cached && clock.now() - cached.at < TEMPLATE_CACHE_MS) return cached.templates;
  const fresh = channel.templates.filter((one) => one.status === 'APPROVED').map((one) => structuredClone(one));
  state.templateCacheIndex.set(channel.id, { at: clock.now(), templates: fresh });
  return fresh;
}

/** "List active channels": those in use, connected or not. */
const active = (state: KinboxState): KinboxChannel[] => [...state.channels.values()].filter((one) => !one.isBanned);

/** Whether a number is on WhatsApp: here, all but those that end in 0000. WhatsApp writes Brazilian mobiles without the ninth digit. */
export function checkWhatsapp(state: KinboxState, channelId: unknown, phone: string): JsonObject {
  const channel = findChannel(state, channelId);
  if (channel.platformId !== 1) refuse(400, 'The channel is not a WhatsApp channel');
  if (!/^\d{8,15}$/.test(phone)) refuse(400, ['phone must contain digits only']);
  const canReceiveMessage = !phone.endsWith('0000');
  return { canReceiveMessage, ...(canReceiveMessage ? { phone: phone.replace(/^(55\d{2})9(\d{8})$/, '$1$2') } : {}) };
}

export const channels: Handlers<KinboxState> = {
  listChannels: ({ state }) => ({ status: 200, body: { data: active(state).map(v1Channel), totalCount: active(state).length } }),
  getChannel: ({ state, params }) => ({ status: 200, body: v1Channel(findChannel(state, params.id)) }),
  listChannelTemplates: (call) => {
    const data = templates(call, call.params.id);
    return { status: 200, body: { data, totalCount: data.length } };
  },
  checkWhatsapp: ({ state, params, query }) => ({ status: 200, body: checkWhatsapp(state, params.id, query.phone) }),
  legacyListChannels: ({ state }) => ({ status: 200, body: { data: active(state).map(v1Channel), totalCount: active(state).length } }),
  legacyListTemplates: (call) => ({ status: 200, body: { data: templates(call, call.query.workspacePlatformId) } }),
  legacyCheckWhatsapp: ({ state, query }) => ({ status: 200, body: checkWhatsapp(state, query.channelId, query.phone) }),
};
