/** What the main example did in the three systems, read from the sandbox's state. */
import type { IDataObject } from 'n8n-workflow';

import type { Sandbox } from '../sandbox';
import { outputOf, type Execution } from './client';

export interface Person {
  name: string;
  /** Digits with country code. */
  phone: string;
}

export interface LeadTravel {
  /** The rows the workflow began with. */
  leads: Array<{ name: string; phone: string }>;
  /** Contacts that are new since the start, by system, in the order of the rows. */
  contacts: Record<'kinbox' | 'chatwoot' | 'callbell', Person[]>;
  /** Campaigns that are new since the start. */
  campaigns: Array<{ id: string; name: string; channelId: string; recipients: string[]; failure?: string }>;
  /** What the workflow's last node reported. */
  summary: { campaign: string | null; campaignId: string | null; recipients: number; failed: Array<{ name: string; phone: string; reason: string }> };
}

/** Keys of what is in the three systems at a moment. */
export type Stock = Set<string>;

const digits = (phone: string | null | undefined) => (phone ?? '').replace(/\D/g, '');

function* everything({ kinbox, chatwoot, callbell }: Sandbox) {
  for (const { id, name, phone } of kinbox.state.contacts.values()) yield { key: `kinbox ${id}`, system: 'kinbox' as const, person: { name: name ?? '', phone: digits(phone) } };
  for (const { id, name, phoneNumber } of chatwoot.state.contacts.values()) yield { key: `chatwoot ${id}`, system: 'chatwoot' as const, person: { name: name ?? '', phone: digits(phoneNumber) } };
  for (const { uuid, name, identifier } of callbell.state.contacts.values()) yield { key: `callbell ${uuid}`, system: 'callbell' as const, person: { name: name ?? '', phone: digits(identifier) } };
}

/** What is there before the workflow runs. */
export function takeStock(sandbox: Sandbox): Stock {
  return new Set([...everything(sandbox)].map(({ key }) => key).concat([...sandbox.kinbox.state.campaigns.keys()].map((id) => `campaign ${id}`)));
}

/** What a run of the main example has added. Call it when the sandbox has settled. */
export function travelSince(before: Stock, sandbox: Sandbox, execution: Execution): LeadTravel {
  const contacts: LeadTravel['contacts'] = { kinbox: [], chatwoot: [], callbell: [] };
  for (const { key, system, person } of everything(sandbox)) if (!before.has(key)) contacts[system].push(person);
  const campaigns = [...sandbox.kinbox.state.campaigns.values()]
    .filter(({ id }) => !before.has(`campaign ${id}`))
    .map(({ id, name, channelId, leads, failure }) => ({ id, name, channelId: channelId ?? '', recipients: leads, failure }));
  const leads = outputOf(execution, 'One Item per Lead') as unknown as LeadTravel['leads'];
  const row = ({ name }: Person) => leads.findIndex((lead) => lead.name === name);
  for (const people of Object.values(contacts)) people.sort((a, b) => row(a) - row(b));
  return {
    leads,
    contacts,
    campaigns,
    summary: (outputOf(execution, 'Summary')[0] ?? { campaign: null, campaignId: null, recipients: 0, failed: [] }) as IDataObject as unknown as LeadTravel['summary'],
  };
}

/**
 * What is not as it should be: every lead is in all three systems and gets the campaign, or is reported as left out;
 * at least one of each kind. One line each; empty when all is well.
 */
export function problemsOf({ leads, contacts, campaigns, summary }: LeadTravel): string[] {
  const problems: string[] = [];
  const leftOut = new Set(summary.failed.map(({ name }) => name));
  const expected = leads.map(({ name }) => name).filter((name) => !leftOut.has(name));
  const sorted = (names: string[]) => [...names].sort().join(', ') || 'nobody';
  for (const [system, people] of Object.entries(contacts)) {
    const found = sorted(people.map(({ name }) => name));
    if (found !== sorted(expected)) problems.push(`${system} got ${found}, not ${sorted(expected)}`);
  }
  if (expected.length === 0) problems.push('no lead arrived');
  if (leftOut.size === 0) problems.push('the wrong row was not reported');
  const [campaign, ...more] = campaigns;
  if (!campaign || more.length > 0) problems.push(`${campaigns.length} campaigns were made, not one`);
  else {
    const phones = sorted(contacts.kinbox.map(({ phone }) => phone));
    if (campaign.failure !== undefined) problems.push(`the campaign cannot run: ${campaign.failure}`);
    if (sorted(campaign.recipients) !== phones) problems.push(`the campaign goes to ${sorted(campaign.recipients)}, not to ${phones}`);
    if (summary.campaignId !== campaign.id || summary.recipients !== campaign.recipients.length) problems.push('the summary does not tell the campaign as it is');
  }
  return problems;
}
