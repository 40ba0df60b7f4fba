import { createHmac } from 'node:crypto';
import type { Call, Handlers } from '../types';
import { notFound, refuse } from './errors';
import { page } from './paging';
import type { CallbellState } from './state';
import { iso, spaced } from './time';

export interface CallbellWebhook {
  url: string;
  subscriptions: string[];
  enabled: boolean;
  createdAt: number;
  /** Since when probes get no good answer; the account's administrator is written to after 10 minutes. */
  silentSince?: number;
  mailed?: boolean;
}

/** After this long without an answer Callbell switches the webhook off. */
const patience = { mail: 10 * 60_000, disable: 6 * 3_600_000 };

/**
 * Probes the webhook once, as Callbell does now and then. The vendor does not say how; a POST without a body and a GET
 * are both tried, so a receiver has to bear either.
 */
export async function probe(state: CallbellState, now: number): Promise<void> {
  const { webhook } = state;
  if (!webhook?.enabled) return;
  const answers = await Promise.all(['POST', 'GET'].map(async (method) => {
    try {
      return (await fetch(webhook.url, { method, signal: AbortSignal.timeout(5_000) })).ok;
    } catch {
      return false;
    }
  }));
  if (answers.every(Boolean)) {
    delete webhook.silentSince;
    delete webhook.mailed;
    return;
  }
  webhook.silentSince ??= now;
  if (now - webhook.silentSince >= patience.mail) webhook.mailed = true;
  if (now - webhook.silentSince >= patience.disable) webhook.enabled = false;
}

export interface WebhookEntry {
  event: string;
  payload: object;
  /** Status of the receiver; 0 until it answers. */
  code: number;
  /** What the receiver answered. */
  answer?: unknown;
  at: number;
}

type C = Call<CallbellState>;

/**
 * `t=<unix>,v1=<hex>`: HMAC-SHA256 with the whole secret over `t.body`.
 * @param at milliseconds
 */
export function signature(secret: string, body: string, at: number): string {
  const t = Math.floor(at / 1000);
  return `t=${t},v1=${createHmac('sha256', secret).update(`${t}.${body}`).digest('hex')}`;
}

/** Sends an event to the account's one webhook, if it wants it, and writes it into the log. */
export function notify(call: Pick<C, 'state' | 'clock' | 'deliver'>, event: string, payload: object): void {
  const { state, clock } = call;
  if (!state.webhook?.enabled || !state.webhook.subscriptions.includes(event)) return;
  const body = JSON.stringify({ event, payload, createdAt: iso(clock.now()) });
  const entry: WebhookEntry = { event, payload: JSON.parse(JSON.stringify(payload)) as object, code: 0, at: clock.now() };
  state.webhookEvents.unshift(entry);
  const headers = state.webhookSecret === null ? undefined : { 'x-callbell-signature': signature(state.webhookSecret, body, clock.now()) };
  void call.deliver({ url: state.webhook.url, event, body, headers }).then(({ status, responseBody }) => {
    entry.code = status ?? 0;
    entry.answer = jsonOr(responseBody);
  });
}

function jsonOr(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '') as unknown;
  } catch {
    return text;
  }
}

const view = ({ createdAt, silentSince: _silentSince, mailed: _mailed, ...webhook }: CallbellWebhook) => ({ ...webhook, createdAt: spaced(createdAt) });

export const webhooks: Handlers<CallbellState> = {
  /** One webhook for each account: a second call replaces the first. */
  subscribeWebhook({ state, body, clock }) {
    if (!URL.canParse(body.url) || !/^https?:$/.test(new URL(body.url).protocol) || new URL(body.url).hostname === 'localhost') refuse(400, { url: ['is invalid'] });
    if (body.subscriptions.length === 0) refuse(400, { subscriptions: ['must be present and not empty'] });
    state.webhook = { url: body.url, subscriptions: [...body.subscriptions], enabled: true, createdAt: clock.now() };
    return { status: 200, body: { webhook: view(state.webhook) } };
  },

  unsubscribeWebhook({ state }) {
    if (!state.webhook) return notFound('webhook not found');
    state.webhook = null;
    return { status: 200, body: { status: 'webhook was destroyed' } };
  },

  listWebhookEvents({ state, query }) {
    const found = state.webhookEvents.filter(({ event, code }) =>
      (query.status === undefined || (query.status === 'success') === (code === 200)) &&
      (query.subscriptions === undefined || query.subscriptions.includes(event)));
    const { rows, meta } = page(found, query.page, query.items);
    return {
      status: 200,
      body: { webhook_events: rows.map(({ event, payload, code, answer, at }) => ({ event, payload, response: { code, body: answer ?? {}, headers: {} }, success: code === 200, createdAt: iso(at) })), meta },
    };
  },
};
