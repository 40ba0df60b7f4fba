import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import { caller, callers, type Caller } from './client';
import { startSandbox, type Sandbox } from './index';

let sandbox: Sandbox;
let admin: Caller;
const options = { chatwoot: { commitMs: 1 } };
beforeAll(async () => { sandbox = await startSandbox(options); });
afterAll(async () => { await sandbox.close(); });
beforeEach(() => {
  sandbox.reset();
  ({ chatwoot: admin } = callers(sandbox));
});
afterEach(() => { expect(sandbox.violations).toEqual([]); });

const inboxId = (kind: string, medium?: string): number => [...sandbox.chatwoot.state.inboxes.values()].find((one) => one.accountId === 1 && one.channelType === kind && (medium === undefined || one.channel.medium === medium))!.id;
const day = 86_400_000;

describe('what a Chatwoot 4.15.1 was seen to do', () => {
  it('takes campaigns of any day and audience; its scheduler never takes those older than three days, and one of WhatsApp through Twilio breaks its run', async () => {
    const make = async (title: string, inbox: number, at: number) => (await admin('post', '/campaigns', { body: { title, message: 'Oi', inbox_id: inbox, scheduled_at: new Date(sandbox.clock.now() + at).toISOString(), audience: [{ type: 'Label', id: 999 }] } })).data;
    const sms = inboxId('Channel::Sms');
    const made = [await make('old', sms, -10 * day), await make('yesterday', sms, -day), await make('soon', sms, 60_000), await make('later', sms, 30 * day), await make('twilio', inboxId('Channel::TwilioSms', 'whatsapp'), -day)];
    expect(made.map(({ campaign_status: status }) => status)).toEqual(['active', 'active', 'active', 'active', 'active']);
    sandbox.clock.advance(12 * 60_000);
    expect((await admin('get', '/campaigns')).data.map((one: Record<string, unknown>) => [one.title, one.campaign_status])).toEqual([
      ['old', 'active'], ['yesterday', 'completed'], ['soon', 'completed'], ['later', 'active'], ['twilio', 'processing'],
    ]);
  });

  it('leaves out a reply to a message that the conversation does not have', async () => {
    const { data: conversation } = await admin('post', '/conversations', { body: { inbox_id: inboxId('Channel::Api'), contact_id: 1 } });
    const { data } = await admin('post', `/conversations/${String(conversation.id)}/messages`, { body: { content: 'Sim', content_attributes: { in_reply_to: 999 } } });
    expect(data.content_attributes).toMatchObject({ in_reply_to: null, in_reply_to_external_id: null });
  });

  it('takes no notice of what a fault says, and answers with success', async () => {
    sandbox.inject({ kind: 'ignore', vendor: 'chatwoot', operationId: 'updateTeam', keys: ['description'], times: 1 });
    expect((await admin('patch', '/teams/1', { body: { name: 'comercial', description: 'x' } })).data).toMatchObject({ name: 'comercial', description: expect.not.stringMatching('^x$') });
    expect((await admin('patch', '/teams/1', { body: { description: 'x' } })).data).toMatchObject({ description: 'x' });
  });

  it.each([[500, 3, 'open'], [429, 3, 'open'], [200, 1, 'pending'], [404, 1, 'pending']])('tells an agent bot that answers %i of a message %i times, and leaves the conversation %s', async (answer, times, status) => {
    const bot = createServer((request, response) => { request.resume(); response.writeHead(answer).end(); });
    await new Promise<void>((resolve) => { bot.listen(0, '127.0.0.1', resolve); });
    const { state } = sandbox.chatwoot;
    state.agentBots.get(1)!.outgoingUrl = `http://127.0.0.1:${String((bot.address() as AddressInfo).port)}/bot`;
    const inbox = inboxId('Channel::Api');
    state.inboxes.get(inbox)!.agentBotId = 1;
    const { data: { id } } = await admin('post', '/conversations', { body: { inbox_id: inbox, contact_id: 1 } });
    await admin('post', `/conversations/${String(id)}/messages`, { body: { content: 'Oi', message_type: 'incoming' } });
    await sandbox.settled();
    bot.closeAllConnections();
    bot.close();
    expect(sandbox.deliveries.filter(({ url }) => url.endsWith('/bot'))).toHaveLength(times);
    expect((await admin('get', `/conversations/${String(id)}`)).data.status).toBe(status);
  });

  it('tells nothing of a message whose conversation was deleted before the job ran', async () => {
    const { state } = sandbox.chatwoot;
    state.jobDelay = 50;
    await admin('post', '/webhooks', { body: { url: 'http://127.0.0.1:9/late', subscriptions: ['message_created'] } });
    const { data: { id } } = await admin('post', '/conversations', { body: { inbox_id: inboxId('Channel::Api'), contact_id: 1 } });
    await admin('post', `/conversations/${String(id)}/messages`, { body: { content: 'Oi', message_type: 'incoming' } });
    expect((await admin('delete', `/conversations/${String(id)}`)).status).toBe(200);
    await new Promise((done) => { setTimeout(done, 200); });
    expect(sandbox.deliveries).toEqual([]);
    state.jobDelay = 0;
  });

  it('counts nothing in reports without a beginning, and refuses channels over more than six months', async () => {
    const { chatwoot } = sandbox;
    const v2 = async (path: string) => await fetch(`${chatwoot.url}/api/v2/accounts/1/${path}`, { headers: { 'api-access-token': chatwoot.tokens.administrator } }).then(async (response) => ({ status: response.status, body: await response.json() as unknown }));
    expect((await v2('reports/outgoing_messages_count?group_by=agent')).body).toEqual([]);
    expect((await v2('summary_reports/channel?since=0&until=9999999999')).status).toBe(422);
  });

  it('breaks on conditions that it cannot carry out: days before, labels without values, parts of a number', async () => {
    const filter = async (records: string, row: object) => (await admin('post', `/${records}/filter`, { body: { payload: [row] } })).status;
    for (const records of ['contacts', 'conversations']) expect(await filter(records, { attribute_key: 'created_at', filter_operator: 'days_before', values: [1] })).toBe(500);
    expect(await filter('contacts', { attribute_key: 'labels', filter_operator: 'is_present' })).toBe(500);
    expect(await filter('contacts', { attribute_key: 'labels', filter_operator: 'is_present', values: [] })).toBe(200);
    expect(await filter('conversations', { attribute_key: 'display_id', filter_operator: 'contains', values: ['1'] })).toBe(500);
  });

  it('compares words of conversation filters exactly, and gives none whose field is empty for Is Not', async () => {
    const { data: { id } } = await admin('post', '/conversations', { body: { inbox_id: inboxId('Channel::Api'), contact_id: 1 } });
    const found = async (row: object) => (await admin('post', '/conversations/filter', { body: { payload: [row] } })).data.payload.map((one: { id: number }) => one.id);
    expect(await found({ attribute_key: 'status', filter_operator: 'equal_to', values: ['open'] })).toContain(id);
    expect(await found({ attribute_key: 'status', filter_operator: 'equal_to', values: ['Open'] })).toEqual([]);
    expect(await found({ attribute_key: 'priority', filter_operator: 'not_equal_to', values: ['high'] })).toEqual([]);
  });

  it('does not keep a participant from outside the inbox, and breaks on one that it does not know', async () => {
    const inbox = inboxId('Channel::Api');
    sandbox.chatwoot.state.inboxMembers.get(inbox)!.delete(2);
    const { data: { id } } = await admin('post', '/conversations', { body: { inbox_id: inbox, contact_id: 1 } });
    const add = async (user: number) => await admin('post', `/conversations/${String(id)}/participants`, { body: { user_ids: [user] } });
    expect((await add(2)).data).toHaveLength(1);
    expect((await admin('get', `/conversations/${String(id)}/participants`)).data).toEqual([]);
    expect((await add(999)).status).toBe(500);
  });

  it('finds nothing behind a dot in a public address, unless the dot is encoded', async () => {
    const { url, state } = { url: sandbox.chatwoot.url, state: sandbox.chatwoot.state };
    const identifier = String(state.inboxes.get(inboxId('Channel::Api'))!.channel.inbox_identifier);
    const address = `${url}/public/api/v1/inboxes/${identifier}/contacts`;
    await fetch(address, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ source_id: 'ana@example.com', name: 'Ana' }) });
    expect((await fetch(`${address}/ana%40example.com`)).status).toBe(404);
    expect((await fetch(`${address}/ana%40example%2Ecom`)).status).toBe(200);
  });

  it('counts unread conversations where the account has the feature, by what the caller sees', async () => {
    const { state } = sandbox.chatwoot;
    const inbox = inboxId('Channel::Api');
    const counts = async () => await admin('get', '/conversations/unread_counts');
    expect(await counts()).toMatchObject({ status: 403, data: { error: 'Conversation unread counts feature not enabled for this account' } });
    state.accounts.get(1)!.features.conversation_unread_counts = true;
    for (const team of [1, undefined]) {
      const { data: { id } } = await admin('post', '/conversations', { body: { inbox_id: inbox, contact_id: 1, ...(team ? { team_id: team } : {}) } });
      await admin('post', `/conversations/${String(id)}/messages`, { body: { content: 'Oi', message_type: 'incoming' } });
      await admin('post', `/conversations/${String(id)}/labels`, { body: { labels: ['vip'] } });
    }
    await admin('post', '/conversations', { body: { inbox_id: inbox, contact_id: 2 } });
    expect((await counts()).data).toEqual({ payload: { all_count: 2, inboxes: { [inbox]: 2 }, labels: { 1: 2 }, teams: { 1: 1 } } });
  });

  it('refuses an address that another inbox has', async () => {
    const make = async () => await admin('post', '/inboxes', { body: { name: 'Mail', channel: { type: 'email', email: 'um@example.com' } } });
    expect((await make()).status).toBe(200);
    expect(await make()).toMatchObject({ status: 422, data: { message: 'Email has already been taken', attributes: ['email'] } });
  });

  describe('automation rules', () => {
    const changed = { attribute_key: 'priority', filter_operator: 'attribute_changed', values: { from: [null, 'low', 'medium', 'urgent'], to: ['high'] } };
    let inboxes: number[] = [];
    const inbox = (index: number) => ({ attribute_key: 'inbox_id', filter_operator: 'equal_to', values: [inboxes[index]] });
    const rule = async (label: string, conditions: object[], event = 'conversation_updated') => (await admin('post', '/automation_rules', { body: { name: label, event_name: event, conditions, actions: [{ action_name: 'add_label', action_params: [label] }] } })).data;
    let id = 0;
    const after = async (doing: () => Promise<unknown>): Promise<string[]> => {
      await doing();
      await sandbox.settled();
      return (await admin('get', `/conversations/${id}/labels`)).data.payload;
    };
    const priority = async (to: string | null) => await after(async () => await admin('post', `/conversations/${id}/toggle_priority`, { body: { priority: to } }));

    beforeEach(async () => {
      inboxes = [inboxId('Channel::Api'), inboxId('Channel::Email')];
      ({ data: { id } } = await admin('post', '/conversations', { body: { inbox_id: inboxes[0], contact_id: 1 } }));
    });

    it('act where a change is joined by a lower-case "and" with another inbox, and never where the change comes last', async () => {
      const stored = await rule('r1', [{ ...changed, query_operator: 'and' }, inbox(1)]);
      expect(stored.conditions[0].values.from).toEqual(['low', 'medium', 'urgent']);
      await rule('r2', [{ ...inbox(0), query_operator: 'and' }, changed]);
      await rule('r3', [changed]);
      await rule('r4', [{ ...changed, query_operator: 'and' }, inbox(0)]);
      await rule('r8', [{ ...changed, query_operator: 'AND' }, inbox(1)]);
      await rule('r9', [{ ...changed, query_operator: 'AND' }, inbox(0)]);
      expect(await priority('high')).toEqual([]);
      await priority('low');
      expect(await priority('high')).toEqual(['r1', 'r3', 'r4', 'r9']);
    });

    it('look at the first of several labels, and know a change of the status', async () => {
      await rule('r5', [{ attribute_key: 'labels', filter_operator: 'equal_to', values: ['vip', 'troca'] }]);
      await rule('r6', [{ attribute_key: 'status', filter_operator: 'attribute_changed', values: { from: ['open'], to: ['resolved'] } }]);
      const label = async (name: string) => await after(async () => await admin('post', `/conversations/${id}/labels`, { body: { labels: [name] } }));
      expect(await label('troca')).toEqual(['troca']);
      expect(await label('vip')).toEqual(['vip', 'r5']);
      expect(await after(async () => await admin('post', `/conversations/${id}/toggle_status`, { body: { status: 'resolved' } }))).toEqual(['vip', 'r5', 'r6']);
    });

    it('act on everybody without the attribute where Is Not comes last, and never where it comes first', async () => {
      const isNot = { attribute_key: 'pedido', custom_attribute_type: 'conversation_attribute', filter_operator: 'not_equal_to', values: ['A-1'] };
      await rule('first', [{ ...isNot, query_operator: 'AND' }, inbox(0)]);
      await rule('last', [{ ...inbox(1), query_operator: 'AND' }, isNot]);
      expect(await priority('low')).toEqual(['last']);
    });

    it('start at new conversations and messages, write in nobody\'s name, and not because of each other', async () => {
      await admin('post', '/automation_rules', { body: { name: 'Olá', event_name: 'message_created', conditions: [{ attribute_key: 'message_type', filter_operator: 'equal_to', values: ['incoming', 'outgoing'] }], actions: [{ action_name: 'send_message', action_params: ['Já vamos'] }] } });
      await rule('novo', [], 'conversation_created');
      await admin('post', `/conversations/${id}/messages`, { body: { content: 'Oi', message_type: 'incoming' } });
      await sandbox.settled();
      const { payload } = (await admin('get', `/conversations/${id}/messages`)).data;
      expect(payload.map(({ content, sender }: { content: string; sender?: { type?: string } }) => [content, sender?.type])).toEqual([['Oi', 'contact'], ['Já vamos', undefined]]);
      const { data } = await admin('post', '/conversations', { body: { inbox_id: inboxes[0], contact_id: 2 } });
      id = data.id;
      expect(await after(async () => await Promise.resolve())).toEqual(['novo']);
    });
  });

  describe('filters', () => {
    const found = async (records: string, ...rows: object[]) => {
      const { status, data } = await admin('post', `/${records}/filter`, { body: { payload: rows } });
      return status === 200 ? data.payload.map(({ id }: { id: number }) => id).sort() : status;
    };
    const row = (key: string, operator: string, values: unknown[], joint?: string) => ({ attribute_key: key, filter_operator: operator, values, ...(joint ? { query_operator: joint } : {}) });

    it('with Is Not of a custom attribute break in the first row, and take in everybody without it in the last', async () => {
      await admin('put', '/contacts/1', { body: { name: 'Fil2', custom_attributes: { plano: 'completo' } } });
      expect(await found('contacts', row('plano', 'not_equal_to', ['básico'], 'AND'), row('name', 'equal_to', ['Fil2']))).toBe(500);
      expect(await found('contacts', row('name', 'equal_to', ['Fil2'], 'AND'), row('plano', 'not_equal_to', ['básico']))).toEqual([1, 2, 3]);
    });

    it('take one label for contacts, several for conversations, and phones with their plus sign', async () => {
      await admin('post', '/contacts/1/labels', { body: { labels: ['vip'] } });
      await admin('post', '/contacts/2/labels', { body: { labels: ['troca'] } });
      expect(await found('contacts', row('labels', 'equal_to', ['vip', 'troca']))).toEqual([1]);
      expect(await found('contacts', row('labels', 'equal_to', ['vip,troca']))).toEqual([]);
      const ids: number[] = [];
      for (const label of ['vip', 'troca']) {
        const { data } = await admin('post', '/conversations', { body: { inbox_id: inboxId('Channel::Api'), contact_id: 1 } });
        await admin('post', `/conversations/${String(data.id)}/labels`, { body: { labels: [label] } });
        ids.push(data.id);
      }
      expect(await found('conversations', row('labels', 'equal_to', ['vip', 'troca']))).toEqual(ids);
      await admin('put', '/contacts/1', { body: { phone_number: '+5511910000000' } });
      expect(await found('contacts', row('phone_number', 'equal_to', ['(11) 91000-0000']))).toEqual([]);
      expect(await found('contacts', row('phone_number', 'equal_to', ['5511910000000']))).toEqual([1]);
    });

    it('saved as they are: small joints and all', async () => {
      const payload = [row('status', 'equal_to', ['open'], 'and'), row('priority', 'equal_to', ['urgent'])];
      expect((await admin('post', '/custom_filters', { body: { name: 'x', filter_type: 'conversation', query: { payload } } })).data.query).toEqual({ payload });
    });
  });

  it('makes one contact of two at once with an e-mail address, and answers the other with 500', async () => {
    options.chatwoot.commitMs = 200;
    const made = await Promise.all([1, 2].map(async (n) => await admin('post', '/contacts', { body: { name: `N${n}`, email: 'novo@example.com' } })));
    expect(made.map(({ status }) => status).sort()).toEqual([200, 500]);
    options.chatwoot.commitMs = 1;
    // A third, later, is refused in words.
    expect((await admin('post', '/contacts', { body: { name: 'N3', email: 'novo@example.com' } })).status).toBe(422);
  });

  it('lets a bot start a conversation, and read neither contact nor messages', async () => {
    const bot = caller(`${sandbox.chatwoot.url}/api/v1/accounts/1`, { 'api-access-token': sandbox.chatwoot.tokens.bot });
    const { status, data } = await bot('post', '/conversations', { body: { inbox_id: inboxId('Channel::Api'), contact_id: 1 } });
    expect(status).toBe(200);
    for (const path of ['/contacts/1', `/conversations/${String(data.id)}/messages`, '/inboxes']) expect(await bot('get', path)).toMatchObject({ status: 401, data: { error: 'Access to this endpoint is not authorized for bots' } });
  });

  it('stumbles over a conversation without a message when it searches', async () => {
    await admin('post', '/conversations', { body: { inbox_id: inboxId('Channel::Api'), contact_id: 1 } });
    expect((await admin('get', '/search/conversations', { query: { q: 'Ana' } })).status).toBe(500);
  });

  it('counts the surveys of the whole account, whatever the answers are narrowed to', async () => {
    const inbox = inboxId('Channel::Api');
    for (const inboxOfOne of [inbox, inboxId('Channel::WebWidget')]) {
      const { data: { id } } = await admin('post', '/conversations', { body: { inbox_id: inboxOfOne, contact_id: 1 } });
      await admin('post', `/conversations/${String(id)}/messages`, { body: { content: 'Como foi?' } });
    }
    for (const message of sandbox.chatwoot.state.messages.values()) message.contentType = 'input_csat';
    expect((await admin('get', '/csat_survey_responses/metrics', { query: { inbox_id: inbox } })).data).toMatchObject({ total_sent_messages_count: 2, total_count: 0 });
  });

  it('says yes to changes of conversations that it does not know, and leaves an SLA policy out', async () => {
    const { data: { id } } = await admin('post', '/conversations', { body: { inbox_id: inboxId('Channel::Api'), contact_id: 1 } });
    expect(await admin('post', '/bulk_actions', { body: { type: 'Conversation', ids: [id, 999], fields: { status: 'resolved' } } })).toMatchObject({ status: 200 });
    await sandbox.settled();
    expect((await admin('get', `/conversations/${String(id)}`)).data.status).toBe('resolved');
    expect((await admin('patch', `/conversations/${String(id)}`, { body: { priority: 'high', sla_policy_id: 3 } })).data).toMatchObject({ priority: 'high', sla_policy_id: null });
  });

  it('shows busy in the accounts, and offline beside it', async () => {
    const { data } = await caller(sandbox.chatwoot.url, { 'api-access-token': sandbox.chatwoot.tokens.administrator })('post', '/api/v1/profile/availability', { body: { profile: { availability: 'busy', account_id: 1 } } });
    expect(data.accounts[0]).toMatchObject({ availability: 'busy', availability_status: 'offline' });
  });

  it('refuses three things with one text, and answers a strange path with a page', async () => {
    const { agent } = callers(sandbox);
    expect((await agent('get', '/labels/1')).data).toEqual({ error: 'You are not authorized to do this action' });
    const { data: { id } } = await admin('post', '/conversations', { body: { inbox_id: inboxId('Channel::Sms'), contact_id: 1 } });
    expect((await agent('get', `/conversations/${String(id)}`)).data).toEqual({ error: 'You are not authorized to do this action' });
    const { data: { payload: macro } } = await admin('post', '/macros', { body: { name: 'M', visibility: 'personal', actions: [] } });
    expect((await agent('get', `/macros/${String(macro.id)}`)).data).toEqual({ error: 'You are not authorized to do this action' });
    const page = await fetch(`${sandbox.chatwoot.url}/api/v1/accounts/1/nowhere`, { headers: { 'api-access-token': sandbox.chatwoot.tokens.administrator } });
    expect([page.status, page.headers.get('content-type')]).toEqual([404, expect.stringContaining('text/html')]);
    sandbox.violations.length = 0;
  });

  describe('webhooks', () => {
    const told = async (doing: () => Promise<unknown>, ...subscriptions: string[]): Promise<Array<Record<string, any>>> => {
      await admin('post', '/webhooks', { body: { url: 'http://127.0.0.1:9/facts', subscriptions } });
      await doing();
      await new Promise((done) => { setTimeout(done, 60); });
      await sandbox.settled();
      return sandbox.deliveries.map(({ body }) => JSON.parse(body) as Record<string, any>);
    };
    const keys = (event: Record<string, any>) => (event.changed_attributes as object[]).flatMap(Object.keys);
    let id = 0;
    const open = async () => { ({ data: { id } } = await admin('post', '/conversations', { body: { inbox_id: inboxId('Channel::Api'), contact_id: 1 } })); };
    const say = async (content: string) => (await admin('post', `/conversations/${id}/messages`, { body: { content, message_type: 'incoming' } })).data.id as number;

    it('tell of a message as it is when the job runs: deleted, and beside a newer one', async () => {
      await open();
      sandbox.chatwoot.state.jobDelay = 300;
      const events = await told(async () => {
        const first = await say('Quero 2 pães');
        await admin('delete', `/conversations/${id}/messages/${first}`);
        await say('Oi?');
        await new Promise((done) => { setTimeout(done, 350); });
      }, 'message_created');
      sandbox.chatwoot.state.jobDelay = 0;
      expect(events[0]).toMatchObject({ content: 'This message was deleted', content_attributes: { deleted: true } });
      expect(events[0]!.conversation.messages[0].id).toBeGreaterThan(events[0]!.id);
    });

    it('tell of each incoming message that the contact was active, of no change and no note nothing', async () => {
      await open();
      const events = await told(async () => {
        await say('Oi');
        await admin('put', '/contacts/1', { body: { name: sandbox.chatwoot.state.contacts.get(1)!.name } });
        await admin('post', '/contacts/1/notes', { body: { content: 'Ligar' } });
        await admin('put', '/contacts/1', { body: { name: 'Ana S.' } });
        await admin('post', '/contacts/1/labels', { body: { labels: ['vip'] } });
      }, 'contact_updated');
      expect(events.map(keys)).toEqual([['last_activity_at', 'updated_at'], ['name', 'updated_at'], ['label_list']]);
    });

    it('tell of what the server keeps for itself in a conversation', async () => {
      const events = await told(async () => {
        await open();
        await say('Oi');
        await say('Alô?');
        await admin('post', `/conversations/${id}/labels`, { body: { labels: ['vip'] } });
      }, 'conversation_updated');
      expect(events.map(keys)).toEqual([['display_id', 'first_reply_created_at', 'waiting_since', 'cached_label_list'], ['waiting_since'], ['cached_label_list', 'label_list']]);
    });

    it('tell of an updated message neither what has changed nor its status', async () => {
      await open();
      const [event] = await told(async () => {
        const message = await say('Oi');
        await admin('delete', `/conversations/${id}/messages/${message}`);
      }, 'message_updated');
      expect(event).toMatchObject({ event: 'message_updated', content_attributes: { deleted: true } });
      expect(event).not.toHaveProperty('status');
      expect(event).not.toHaveProperty('changed_attributes');
    });
  });
});
