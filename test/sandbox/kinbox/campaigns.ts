import type { Call, Handlers, JsonObject } from '../types';
import { refuse } from './errors';
import { cursorPage, offsetPage } from './paging';
import { POLICY } from './policy';
import type { KinboxState } from './state';
import { dateOf, iso } from './time';

/** The fields a caller may write. */
export interface KinboxCampaignFields {
  name: string;
  channelId?: string;
  channelIds?: string[];
  operatorName?: string;
  businessHoursId?: string;
  channelType?: string;
  leadType?: 'lead' | 'file';
  normalizeBrazilPhoneNumbers?: boolean;
  scheduledTo?: string;
  originalScheduledTo?: string;
  finishedAtPrediction?: string;
  leadsAssetUrl?: string;
  message?: string;
  textRaw?: string;
  assetsUrls?: string[];
  chunksCount?: number;
  secondsBetweenMessages?: number;
  secondsBetweenChunks?: number;
  chunkSize?: number;
  template?: JsonObject;
}

export interface KinboxCampaign extends KinboxCampaignFields {
  id: string;
  operatorId: string;
  active: boolean;
  shouldCreateConversation: boolean;
  trackAllChannels: boolean;
  trackMaxHours: number;
  /** Phones, in the order of sending. */
  leads: string[];
  /** Why it can't run. */
  failure?: string;
  canceled: boolean;
  processingMs: number;
  /** Set while paused. */
  pausedAt?: number;
  /** Pauses that are over; sending moves on by their length. */
  pausedMs: number;
  createdAt: number;
  updatedAt: number;
}

export type CampaignStatus = 'processing' | 'scheduled' | 'executing' | 'paused' | 'awaiting-chunk' | 'canceled' | 'failed' | 'done' | 'done-sent';

export interface CampaignLeadProgress {
  number: string;
  status: 'awaiting' | 'sent' | 'received' | 'read' | 'failed' | 'answered';
  sentAt?: number;
  chunk: number;
}

export interface CampaignProgress {
  status: CampaignStatus;
  leads: CampaignLeadProgress[];
  startsAt: number;
  endsAt: number;
  /** Time of the next chunk, while there is one. */
  nextChunkAt?: number;
}

const RECEIVED_AFTER = 5_000;
const READ_AFTER = 20_000;
const ANSWERED_AFTER = 40_000;

/** Every twentieth number does not exist; of the others, most read and some answer. */
function leadStatus(index: number, age: number): CampaignLeadProgress['status'] {
  if (index % 20 === 19) return 'failed';
  if (index % 4 === 1 && age >= ANSWERED_AFTER) return 'answered';
  if (index % 3 !== 2 && age >= READ_AFTER) return 'read';
  return age >= RECEIVED_AFTER ? 'received' : 'sent';
}

/**
 * Where a campaign stands at a time. Nothing runs in the background: the state follows from the start, the pace
 * (chunk size, seconds between messages and chunks) and the pauses.
 */
export function campaignProgress(campaign: KinboxCampaign, now: number): CampaignProgress {
  const at = (campaign.pausedAt ?? now) - campaign.pausedMs;
  const processed = campaign.createdAt + campaign.processingMs;
  const scheduled = campaign.scheduledTo ? Date.parse(campaign.scheduledTo) : 0;
  const startsAt = Math.max(processed, scheduled);
  const chunkSize = campaign.chunkSize && campaign.chunkSize > 0 ? campaign.chunkSize : Math.max(campaign.leads.length, 1);
  const betweenMessages = (campaign.secondsBetweenMessages ?? 0) * 1000;
  const betweenChunks = (campaign.secondsBetweenChunks ?? 0) * 1000;
  const chunkMs = chunkSize * betweenMessages + betweenChunks;
  const timeOf = (index: number): number => startsAt + Math.floor(index / chunkSize) * chunkMs + (index % chunkSize) * betweenMessages;
  const leads = campaign.leads.map((number, index): CampaignLeadProgress => {
    const sentAt = timeOf(index);
    const chunk = Math.floor(index / chunkSize);
    if (campaign.failure || campaign.canceled || sentAt > at) return { number, status: 'awaiting', chunk };
    return { number, status: leadStatus(index, at - sentAt), sentAt: sentAt + campaign.pausedMs, chunk };
  });
  const last = campaign.leads.length > 0 ? timeOf(campaign.leads.length - 1) : startsAt;
  const sent = leads.filter((one) => one.sentAt !== undefined).length;
  const nextChunkAt = sent > 0 && sent < leads.length && sent % chunkSize === 0 && betweenChunks > 0 ? timeOf(sent) + campaign.pausedMs : undefined;
  const status = ((): CampaignStatus => {
    if (campaign.canceled) return 'canceled';
    if (campaign.pausedAt !== undefined) return 'paused';
    if (at < processed) return 'processing';
    if (campaign.failure) return 'failed';
    if (at < startsAt) return 'scheduled';
    if (sent < leads.length) return nextChunkAt === undefined ? 'executing' : 'awaiting-chunk';
    return at >= last + RECEIVED_AFTER ? 'done' : 'done-sent';
  })();
  return { status, leads, startsAt, endsAt: last + campaign.pausedMs, nextChunkAt };
}

const REACHED: Record<CampaignLeadProgress['status'], number> = { awaiting: 0, failed: 0, sent: 1, received: 2, read: 3, answered: 4 };

function resultCounts(progress: CampaignProgress): JsonObject {
  const count = (leads: CampaignLeadProgress[]): { sent: number; received: number; read: number; answered: number } => ({
    sent: leads.filter((one) => REACHED[one.status] >= 1).length,
    received: leads.filter((one) => REACHED[one.status] >= 2).length,
    read: leads.filter((one) => REACHED[one.status] >= 3).length,
    answered: leads.filter((one) => REACHED[one.status] >= 4).length,
  });
  const started = new Set(progress.leads.filter((one) => one.sentAt !== undefined).map((one) => one.chunk));
  return {
    ...count(progress.leads), chunksExecuted: started.size,
    byChunkId: Object.fromEntries([...started].map((chunk) => [String(chunk), count(progress.leads.filter((one) => one.chunk === chunk))])),
  };
}

/** The v1 shape; v3 adds dates and the workspace. */
export function v1Campaign(campaign: KinboxCampaign, now: number): JsonObject {
  const { leads: _leads, failure: _failure, canceled: _canceled, processingMs: _processing, pausedAt: _pausedAt, pausedMs: _pausedMs, createdAt: _createdAt, updatedAt: _updatedAt, ...fields } = campaign;
  const progress = campaignProgress(campaign, now);
  const processed = progress.leads.filter((one) => one.sentAt !== undefined);
  const chunkSize = campaign.chunkSize && campaign.chunkSize > 0 ? campaign.chunkSize : undefined;
  const lastAt = processed.at(-1)?.sentAt;
  return {
    ...(fields as unknown as JsonObject),
    status: progress.status,
    leadsCount: campaign.leads.length,
    chunksCount: chunkSize ? Math.ceil(campaign.leads.length / chunkSize) : campaign.chunksCount ?? (campaign.leads.length > 0 ? 1 : 0),
    progress: campaign.leads.length === 0 ? 0 : Math.round((processed.length / campaign.leads.length) * 100),
    messagesProcessed: processed.length,
    resultCounts: resultCounts(progress),
    finishedAtPrediction: campaign.finishedAtPrediction ?? iso(progress.endsAt),
    ...(campaign.scheduledTo ? { originalScheduledTo: campaign.originalScheduledTo ?? campaign.scheduledTo } : {}),
    ...(progress.nextChunkAt === undefined ? {} : { nextScheduledTo: iso(progress.nextChunkAt) }),
    ...(lastAt === undefined ? {} : { lastMessageProcessedAt: iso(lastAt) }),
  };
}

export function v3Campaign(state: KinboxState, campaign: KinboxCampaign, now: number): JsonObject {
  return {
    ...v1Campaign(campaign, now), _id: campaign.id, workspaceId: state.workspace.id,
    createdAt: iso(campaign.createdAt), lastUpdateAt: iso(campaign.updatedAt), updatedAt: iso(campaign.updatedAt),
  };
}

/** What the server would refuse; all assumed, the vendor documents no error of campaigns. */
export function checkCampaign(state: KinboxState, fields: Partial<KinboxCampaignFields>): void {
  const messages: string[] = [];
  if (fields.name !== undefined && fields.name.trim() === '') messages.push('name should not be empty');
  for (const id of [fields.channelId, ...(fields.channelIds ?? [])]) {
    if (id !== undefined && id !== '' && !state.channels.has(Number(id))) messages.push(`channel ${id} does not exist`);
  }
  const channel = fields.channelId ? state.channels.get(Number(fields.channelId)) : undefined;
  if (channel && fields.channelType && fields.channelType !== String(channel.platformId)) messages.push(`channelType ${fields.channelType} is not the type of channel ${channel.id}`);
  if (fields.businessHoursId && !state.businessHours.has(Number(fields.businessHoursId))) messages.push(`business hours ${fields.businessHoursId} do not exist`);
  for (const key of ['secondsBetweenMessages', 'secondsBetweenChunks', 'chunkSize', 'chunksCount'] as const) {
    const value = fields[key];
    if (value !== undefined && value < 0) messages.push(`${key} must not be less than 0`);
  }
  if (messages.length > 0) refuse(400, messages);
  for (const key of ['scheduledTo', 'originalScheduledTo', 'finishedAtPrediction'] as const) dateOf(fields[key], key);
}

function brazilian(phone: string, normalize: boolean): string {
  return normalize && (phone.length === 10 || phone.length === 11) ? `55${phone}` : phone;
}

/** First column of a csv file: the phone with area code (older API). A first line without digits is a heading. */
export function leadsOfFile(text: string, normalize: boolean): string[] {
  const lines = text.split(/\r?\n/).map((line) => line.split(/[;,\t]/)[0]!.replace(/\D/g, ''));
  return lines.filter((digits) => digits.length >= 8).map((digits) => brazilian(digits, normalize));
}

/** Finds the recipients and the reasons why nothing can be sent, as the server does while "processing". */
export async function prepareCampaign(state: KinboxState, campaign: KinboxCampaign): Promise<void> {
  campaign.failure = undefined;
  if (campaign.leadsAssetUrl && campaign.leadType !== 'lead') {
    try {
      const answer = await fetch(campaign.leadsAssetUrl, { signal: AbortSignal.timeout(5000) });
      if (!answer.ok) throw new Error(`status ${answer.status}`);
      campaign.leads = leadsOfFile(await answer.text(), campaign.normalizeBrazilPhoneNumbers ?? true);
    } catch (error) {
      campaign.leads = [];
      if (POLICY.failBrokenCampaigns) campaign.failure = `The lead file could not be read: ${(error as Error).message}`;
    }
  } else if (campaign.leadType === 'lead' && POLICY.storedLeadsHavePhone) {
    campaign.leads = [...state.contacts.values()].flatMap((one) => (one.phone ? [one.phone] : []));
  }
  if (!POLICY.failBrokenCampaigns || campaign.failure) return;
  if (!campaign.channelId && !campaign.channelIds?.length) campaign.failure = 'No channel';
  else if (campaign.leads.length === 0) campaign.failure = 'No recipients';
  else if (!campaign.message && !campaign.textRaw && !campaign.template && !campaign.assetsUrls?.length) campaign.failure = 'Nothing to send';
}

export function createCampaign({ state, body, clock, identity, options, background }: Call<KinboxState>): KinboxCampaign {
  checkCampaign(state, body);
  const now = clock.now();
  const campaign: KinboxCampaign = {
    active: true, shouldCreateConversation: false, trackAllChannels: false, trackMaxHours: 96, normalizeBrazilPhoneNumbers: true,
    ...(body as KinboxCampaignFields),
    id: state.ids.objectId('campaign'), operatorId: String(identity.userId ?? 42), leads: [], canceled: false,
    operatorName: body.operatorName ?? state.operators.get(Number(identity.userId))?.name,
    processingMs: (options.kinbox?.processingSeconds ?? 5) * 1000, pausedMs: 0, createdAt: now, updatedAt: now,
  };
  state.campaigns.set(campaign.id, campaign);
  background(() => prepareCampaign(state, campaign));
  return campaign;
}

export function findCampaign(state: KinboxState, id: string): KinboxCampaign {
  return state.campaigns.get(id) ?? refuse(404, 'Campaign not found');
}

const newestFirst = (state: KinboxState): KinboxCampaign[] => [...state.campaigns.values()].reverse();

export const campaigns: Handlers<KinboxState> = {
  listCampaigns: ({ state, query, clock }) => ({ status: 200, body: cursorPage(newestFirst(state), query, (one) => one.id, (one) => v1Campaign(one, clock.now())) }),
  createCampaign: (call) => ({ status: 201, body: v1Campaign(createCampaign(call), call.clock.now()) }),
  getCampaign: ({ state, params, clock }) => ({ status: 200, body: v1Campaign(findCampaign(state, params.id), clock.now()) }),

  v3ListCampaigns: ({ state, query, clock }) => {
    const now = clock.now();
    let rows = newestFirst(state);
    if (query.name) rows = rows.filter((one) => one.name.toLowerCase().includes(query.name.toLowerCase()));
    if (query.channelId) rows = rows.filter((one) => one.channelId === query.channelId || one.channelIds?.includes(query.channelId));
    if (query.status) rows = rows.filter((one) => campaignProgress(one, now).status === query.status);
    return { status: 200, body: offsetPage(rows, query, (one) => v3Campaign(state, one, now)) };
  },
  v3CreateCampaign: (call) => ({ status: 201, body: v3Campaign(call.state, createCampaign(call), call.clock.now()) }),
  v3GetCampaign: ({ state, params, clock }) => ({ status: 200, body: v3Campaign(state, findCampaign(state, params.id), clock.now()) }),
};
