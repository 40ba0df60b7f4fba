import type { Call, Handlers, JsonObject } from '../types';
import { invalid, notFound } from './errors';
import { serverVersion } from './profile';
import type { ChatwootState, ChatwootWebhook } from './state';

type WebhookCall = Call<ChatwootState>;

const DEFAULTS = [
  'conversation_status_changed', 'conversation_updated', 'conversation_created', 'contact_created', 'contact_updated', 'message_created', 'message_updated', 'webwidget_triggered',
];

const atLeast = (call: WebhookCall, major: number, minor: number): boolean => {
  const [ownMajor = 0, ownMinor = 0] = serverVersion(call.options).split('.').map(Number);
  return ownMajor > major || (ownMajor === major && ownMinor >= minor);
};

/** Events that the server's version knows. */
function known(call: WebhookCall): string[] {
  return [...DEFAULTS, ...(atLeast(call, 3, 2) ? ['inbox_created', 'inbox_updated'] : []), ...(atLeast(call, 4, 2) ? ['conversation_typing_on', 'conversation_typing_off'] : [])];
}

function render({ state }: WebhookCall, one: ChatwootWebhook): JsonObject {
  const inbox = one.inboxId === null ? undefined : state.inboxes.get(one.inboxId);
  return {
    id: one.id, name: one.name, url: one.url, account_id: one.accountId, subscriptions: one.subscriptions, secret: one.secret || null,
    ...(inbox ? { inbox: { id: inbox.id, name: inbox.name } } : {}),
  };
}

function find({ state, params }: WebhookCall): ChatwootWebhook {
  const one = state.webhooks.get(params.webhook_id);
  return one && one.accountId === params.account_id ? one : notFound();
}

function assign(call: WebhookCall, one: ChatwootWebhook): void {
  const { state, body } = call;
  const next = { ...one };
  if (body.url !== undefined) next.url = body.url;
  if (body.subscriptions !== undefined) next.subscriptions = body.subscriptions;
  if (body.name !== undefined && atLeast(call, 4, 8)) next.name = body.name;
  if (body.inbox_id !== undefined) next.inboxId = body.inbox_id;
  const errors: Array<[string, string]> = [];
  if ([...state.webhooks.values()].some((other) => other.id !== one.id && other.accountId === one.accountId && other.url === next.url)) errors.push(['url', 'Url has already been taken']);
  if (!/^https?:\/\//.test(next.url)) errors.push(['url', 'Url is invalid']);
  // One unknown event refuses the whole call.
  if (next.subscriptions.length === 0 || next.subscriptions.some((event) => !known(call).includes(event))) errors.push(['subscriptions', 'Subscriptions Invalid events']);
  if (errors.length) invalid(errors);
  Object.assign(one, next);
}

/** Webhooks of the account; answers are wrapped twice. */
export const webhooks: Handlers<ChatwootState> = {
  listWebhooks: (call) => ({ status: 200, body: { payload: { webhooks: [...call.state.webhooks.values()].filter((one) => one.accountId === call.params.account_id).map((one) => render(call, one)) } } }),
  createWebhook: (call) => {
    const { state, params } = call;
    // Secrets came with 4.12.
    const one: ChatwootWebhook = { id: 0, accountId: params.account_id, inboxId: null, url: '', name: null, subscriptions: [...DEFAULTS], secret: atLeast(call, 4, 12) ? state.ids.hex32('webhookSecret') : '' };
    assign(call, one);
    one.id = state.ids.number('webhook');
    state.webhooks.set(one.id, one);
    return { status: 200, body: { payload: { webhook: render(call, one) } } };
  },
  updateWebhook: (call) => {
    const one = find(call);
    assign(call, one);
    return { status: 200, body: { payload: { webhook: render(call, one) } } };
  },
  deleteWebhook: (call) => {
    call.state.webhooks.delete(find(call).id);
    return { status: 200 };
  },
};
