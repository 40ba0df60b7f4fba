import type { Call, Handlers, JsonObject } from '../types';
import { campaignProgress, checkCampaign, findCampaign, prepareCampaign, v1Campaign, v3Campaign, type KinboxCampaign } from './campaigns';
import { refuse } from './errors';
import type { KinboxState } from './state';
import { iso } from './time';

const ended = ['canceled', 'done', 'done-sent', 'failed'];

/** The refusals are assumed; the vendor documents none. */
function pause({ state, params, clock }: Call<KinboxState>): KinboxCampaign {
  const campaign = findCampaign(state, params.id);
  const { status } = campaignProgress(campaign, clock.now());
  if (status === 'paused' || ended.includes(status)) refuse(400, `A campaign that is ${status} cannot be paused`);
  return Object.assign(campaign, { pausedAt: clock.now(), updatedAt: clock.now() });
}

function resume({ state, params, clock }: Call<KinboxState>): KinboxCampaign {
  const campaign = findCampaign(state, params.id);
  if (campaign.pausedAt === undefined) refuse(400, 'The campaign is not paused');
  return Object.assign(campaign, { pausedMs: campaign.pausedMs + clock.now() - campaign.pausedAt, pausedAt: undefined, updatedAt: clock.now() });
}

/** Fields may be changed as long as nothing was sent; a new lead file is read again. */
function update({ state, params, body, clock, background }: Call<KinboxState>): KinboxCampaign {
  const campaign = findCampaign(state, params.id);
  checkCampaign(state, body);
  const { status, _id, lastUpdateAt: _lastUpdateAt, ...fields } = body;
  Object.assign(campaign, fields, { updatedAt: clock.now() }, status === 'canceled' ? { canceled: true } : {});
  background(() => prepareCampaign(state, campaign));
  return campaign;
}

function leads({ state, params, clock }: Call<KinboxState>): JsonObject[] {
  const campaign = findCampaign(state, params.id);
  const texts = (campaign.template?.bodyFields as string[] | undefined) ?? [];
  return campaignProgress(campaign, clock.now()).leads.map((lead) => ({
    number: lead.number, placeholders: texts, status: lead.status, sentAt: lead.sentAt === undefined ? '' : iso(lead.sentAt), ...(lead.status === 'answered' ? { answered: true } : {}),
  }));
}

function remove({ state, params }: Call<KinboxState>): { status: number } {
  state.campaigns.delete(findCampaign(state, params.id).id);
  return { status: 200 };
}

export const campaignLifecycle: Handlers<KinboxState> = {
  updateCampaign: (call) => ({ status: 200, body: v1Campaign(update(call), call.clock.now()) }),
  deleteCampaign: remove,
  pauseCampaign: (call) => ({ status: 200, body: v1Campaign(pause(call), call.clock.now()) }),
  resumeCampaign: (call) => ({ status: 200, body: v1Campaign(resume(call), call.clock.now()) }),
  listCampaignLeads: (call) => ({ status: 200, body: leads(call) }),
  v3UpdateCampaign: (call) => ({ status: 200, body: v3Campaign(call.state, update(call), call.clock.now()) }),
  v3DeleteCampaign: remove,
  v3PauseCampaign: (call) => {
    pause(call);
    return { status: 201, body: {} };
  },
  v3ResumeCampaign: (call) => ({ status: 201, body: v3Campaign(call.state, resume(call), call.clock.now()) }),
  v3ListCampaignLeads: (call) => ({ status: 200, body: leads(call) }),
};
