import { Ids } from '../ids';
import { person } from '../people';
import type { Clock, SandboxOptions } from '../types';
import { addContact, type CallbellContact } from './contacts';
import type { SentMessage } from './messages';
import type { Verdict } from '../whatsapp/judge';
import type { CallbellWebhook, WebhookEntry } from './webhooks';

export interface CallbellChannel {
  uuid: string;
  title: string;
  type: string;
  main: boolean;
  /** Samples show a boolean, the table says text. */
  discardedAt: boolean | string | null;
  /** Digits of the number; templates go out on official lines only. */
  number: string | null;
  official: boolean;
}

export interface CallbellTeam {
  uuid: string;
  name: string;
  createdAt: number;
  default: boolean;
}

export interface CallbellUser {
  /** Shown in the dashboard, by no call. */
  uuid: string;
  email: string;
  name: string;
  available: boolean;
  teams: string[];
  updatedAt: number;
  customStatus: { id: string; at: number } | null;
}

export interface CallbellTemplate {
  uuid: string;
  title: string;
  text: string;
  templateType: 'text' | 'image' | 'video' | 'document';
  category: string;
  status: string;
  createdAt: number;
}

export interface CallbellCustomField {
  label: string;
  type: 'text' | 'email' | 'number' | 'date' | 'dropdown' | 'checkbox';
  options?: string[];
}

export interface CallbellCustomStatus {
  id: string;
  name: string;
  emoji: string | null;
  createdAt: number;
  updatedAt: number;
}

export interface CallbellFunnel {
  uuid: string;
  name: string;
  emoji: string | null;
  position: number;
  createdAt: number;
}

export interface CallbellState {
  tokens: Map<string, { name: string; email: string; userName: string }>;
  ids: Ids;
  /** Most recent activity first, as the list is given. */
  contacts: CallbellContact[];
  contactsByUuid: Map<string, CallbellContact>;
  /** Channel and phone, or channel and id there. */
  contactsByKey: Map<string, CallbellContact>;
  tags: string[];
  customFields: CallbellCustomField[];
  channels: CallbellChannel[];
  teams: CallbellTeam[];
  users: CallbellUser[];
  templates: CallbellTemplate[];
  funnels: CallbellFunnel[];
  customStatuses: CallbellCustomStatus[];
  /** Send requests by uuid. */
  sent: Map<string, SentMessage>;
  /** What WhatsApp said to each message that Callbell handed on; null where it took it. */
  graph: Array<{ id: string; verdict: Verdict | null }>;
  /** WhatsApp credit: how many templates still go out. */
  wallet: { templates: number };
  /** Milliseconds after which a message gets on. */
  delays: { sent: number; delivered: number; read: number };
  /** Digits of numbers that no message reaches, with the reason. */
  unreachable: Map<string, string>;
  webhook: CallbellWebhook | null;
  /** Delivery log, newest first. */
  webhookEvents: WebhookEntry[];
  /** `whsec_…` once generated in the dashboard. */
  webhookSecret: string | null;
  bot: { uuid: string; name: string; version: number };
}

const day = 86_400_000;

export function createState(clock: Clock, _options: SandboxOptions): CallbellState {
  const now = clock.now();
  const ids = new Ids('callbell');
  const team = (name: string, first: boolean): CallbellTeam => ({ uuid: ids.hex32('team'), name, createdAt: now - 300 * day, default: first });
  const teams = [team('Atendimento', true), team('Vendas', false)];
  const user = (name: string, email: string, memberOf: CallbellTeam[], available: boolean): CallbellUser => ({
    uuid: ids.hex32('user'), name, email, available, teams: memberOf.map(({ uuid }) => uuid), updatedAt: now - day, customStatus: null,
  });
  const channel = (title: string, type: string, rest: Partial<CallbellChannel> = {}): CallbellChannel => ({
    uuid: ids.hex32('channel'), title, type, main: false, discardedAt: null, number: null, official: true, ...rest,
  });
  const template = (title: string, text: string, rest: Partial<CallbellTemplate> = {}): CallbellTemplate => ({
    uuid: ids.hex32('template'), title, text, templateType: 'text', category: 'UTILITY', status: 'approved', createdAt: now - 60 * day, ...rest,
  });
  const state: CallbellState = {
    tokens: new Map([['cbk9Qm3vXwT7uLr2ZdEYh5Np', { name: 'token', email: 'marina@lojaexemplo.com.br', userName: 'Marina Duarte' }]]),
    ids,
    contacts: [],
    contactsByUuid: new Map(),
    contactsByKey: new Map(),
    tags: ['Call back', 'Interested', 'VIP', 'vip', 'Cliente', 'Sem interesse'],
    customFields: [
      { label: 'Billing Address', type: 'text' },
      { label: 'E-mail', type: 'email' },
      { label: 'Orders', type: 'number' },
      { label: 'Birthday', type: 'date' },
      { label: 'Plan', type: 'dropdown', options: ['Basic', 'Pro'] },
      { label: 'Interests', type: 'checkbox', options: ['bread', 'cakes', 'coffee'] },
    ],
    channels: [
      channel('Loja Exemplo', 'whatsapp', { main: true, number: '5511912340000' }),
      channel('Suporte', 'whatsapp', { number: '5511912340001', official: false }),
      channel('loja.exemplo', 'instagram'),
      channel('Antigo bot', 'telegram', { discardedAt: true }),
    ],
    teams,
    users: [
      user('Marina Duarte', 'marina@lojaexemplo.com.br', teams, true),
      user('Tomás Reis', 'tomas@lojaexemplo.com.br', [teams[0]!], false),
      user('Lucía Ibáñez', 'lucia@lojaexemplo.com.br', [teams[1]!], true),
    ],
    templates: [
      template('Pedido pronto', 'Olá {{1}}, o pedido {{2}} está pronto para {{3}}.'),
      template('Boas-vindas', 'Olá {{1}}, bem-vindo!', { category: 'MARKETING' }),
      template('Aviso', 'A loja abre às 9h.'),
      template('Promoção com foto', 'Olá {{1}}, veja as novidades.', { templateType: 'image', category: 'MARKETING' }),
      template('Natal', 'Feliz Natal, {{1}}!', { status: 'rejected', category: 'MARKETING' }),
      template('Páscoa', 'Feliz Páscoa, {{1}}!', { status: 'paused', category: 'MARKETING' }),
    ],
    funnels: ['Novo', 'Proposta', 'Fechado'].map((name, index) => ({
      uuid: ids.uuid('funnel'), name, emoji: index === 1 ? '📄' : null, position: index + 1, createdAt: now - 200 * day,
    })).reverse(),
    customStatuses: [{ id: ids.uuid('status'), name: 'Almoço', emoji: '🥪', createdAt: now - 100 * day, updatedAt: now - 100 * day }],
    sent: new Map(),
    graph: [],
    wallet: { templates: 1_000_000 },
    delays: { sent: 300, delivered: 900, read: 3_600_000 },
    unreachable: new Map(),
    webhook: null,
    webhookEvents: [],
    webhookSecret: null,
    bot: { uuid: ids.hex32('bot'), name: 'Boas-vindas', version: 3 },
  };
  // Two pages and a bit; the last added is the most recent.
  for (let index = 44; index >= 0; index -= 1) {
    const { name, phone, city } = person(index);
    addContact(state, {
      name, source: 'whatsapp', identifier: phone, phoneNumber: displayPhone(phone),
      tags: index % 5 === 0 ? ['Call back'] : index % 7 === 0 ? ['VIP'] : index % 11 === 0 ? ['vip'] : [],
      customFields: { 'Billing Address': city, ...(index % 3 === 0 ? { Interests: ['bread', 'cakes'] } : {}) },
    }, now - (index + 1) * 3_600_000);
  }
  addContact(state, { name: 'Íris no Instagram', source: 'instagram', identifier: '17841400001', phoneNumber: null, channelUuid: state.channels[2]!.uuid }, now - 60_000);
  return state;
}

/** As Callbell shows numbers that came in: with plus and spaces. */
export function displayPhone(digits: string): string {
  return `+${digits.slice(0, 2)} ${digits.slice(2, 5)} ${digits.slice(5)}`;
}
