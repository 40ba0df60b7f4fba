import { Callbell } from '../../../nodes/Callbell/Callbell.node';
import { listSearch } from '../../harness/engine';
import { byId, credentials, credentialValues } from '../support';
import { behavesWell, useCallbell } from './support';

const bench = useCallbell();
const state = () => bench.sandbox.callbell.state;
const someone = () => byId(state().contacts[1]!.uuid);
const team = () => byId(state().teams[0]!.uuid);
const template = () => byId(state().templates[0]!.uuid);
const status = () => byId(state().customStatuses[0]!.id);
const user = () => state().users[1]!.uuid;
const sent = (index = 0) => bench.sandbox.requests[index];
const options = () => ({ credentials, credentialValues: credentialValues(bench.sandbox) });

describe('Conversation', () => {
  it('closes and opens', async () => {
    const { rows } = await bench.run('conversation', 'close', { contactId: someone(), output: 'raw' });
    expect(sent()).toMatchObject({ method: 'POST', path: `/v1/contacts/${someone().value}/conversation/close`, body: undefined });
    expect(rows[0]?.closedAt).toMatch(/Z$/);
    const opened = await bench.run('conversation', 'open', { contactId: someone(), output: 'raw' });
    expect(opened.rows[0]).toMatchObject({ uuid: someone().value, closedAt: null });
  });

  it('adds a note', async () => {
    const { rows } = await bench.run('conversation', 'addNote', { contactId: someone(), text: '@tomas call back' });
    expect(sent()?.body).toEqual({ text: '@tomas call back' });
    expect(rows).toEqual([{ success: true, contactId: someone().value, text: '@tomas call back' }]);
    expect(state().contacts[1]!.messages[0]).toMatchObject({ status: 'note', text: '@tomas call back' });
  });

  it('moves in the funnel, picked from the list in its order', async () => {
    const { results } = await listSearch(Callbell, 'searchFunnels', options());
    expect(results.map(({ name }) => name)).toEqual(['Novo', 'Proposta', 'Fechado']);
    bench.sandbox.requests.length = 0;
    const { rows } = await bench.run('conversation', 'moveInFunnel', { contactId: someone(), funnelId: byId(String(results[1]!.value)), output: 'selected', outputFields: ['funnelId'] });
    expect(sent()).toMatchObject({ method: 'PUT', body: { funnel_id: results[1]!.value } });
    expect(rows).toEqual([{ funnelId: results[1]!.value }]);
    const wrong = await bench.run('conversation', 'moveInFunnel', { contactId: someone(), funnelId: byId('nowhere') });
    expect(wrong.error?.message).toBe("Callbell refused the request: 'Funnel Stage' does not exist [item 0]");
  });

  for (const operation of ['close', 'open', 'addNote', 'moveInFunnel']) {
    describe(operation, () => behavesWell(bench, {
      resource: 'conversation', operation, idField: 'contactId', parameters: () => ({ contactId: someone(), text: 'x', funnelId: byId(state().funnels[0]!.uuid) }),
    }));
  }
});

describe('Bot', () => {
  it('starts, tells and ends', async () => {
    expect((await bench.run('bot', 'start', { contactId: someone() })).rows[0]).toMatchObject({ status: 'started', name: 'Boas-vindas', contactId: someone().value, startedAt: expect.stringMatching(/Z$/), latestVersion: true });
    expect(sent()?.body).toEqual({ status: 'bot_start' });
    expect((await bench.run('bot', 'get', { contactId: someone() })).rows[0]?.status).toBe('started');
    expect((await bench.run('bot', 'end', { contactId: someone() })).rows[0]?.status).toBe('ended');
    expect(sent(2)?.body).toEqual({ status: 'bot_end' });
  });
  for (const operation of ['get', 'start', 'end']) {
    describe(operation, () => behavesWell(bench, { resource: 'bot', operation, idField: 'contactId', parameters: () => ({ contactId: someone() }) }));
  }
});

describe('Template', () => {
  it('lists with what matters for sending', async () => {
    const { rows } = await bench.run('template', 'getAll', { returnAll: true });
    expect(rows).toHaveLength(6);
    expect(rows[0]).toMatchObject({ title: 'Pedido pronto', variables: 3, type: 'text', category: 'UTILITY', status: 'approved', sendable: true });
    const found = await bench.run('template', 'getAll', { filters: { approvedOnly: true, category: 'MARKETING', search: 'novidades', type: 'image' } });
    expect(found.rows.map(({ title }) => title)).toEqual(['Promoção com foto']);
    expect((await bench.run('template', 'getAll', { limit: 2 })).rows).toHaveLength(2);
  });
  it('reads and renames, whichever key answers', async () => {
    expect((await bench.run('template', 'get', { templateId: template() })).rows[0]?.title).toBe('Pedido pronto');
    expect((await bench.run('template', 'update', { templateId: template(), title: 'Pronto v2' })).rows[0]).toMatchObject({ id: template().value, title: 'Pronto v2' });
    expect(sent(1)).toMatchObject({ method: 'PATCH', body: { title: 'Pronto v2' } });
  });
  behavesWell(bench, { resource: 'template', operation: 'getAll', parameters: () => ({}) });
  behavesWell(bench, { resource: 'template', operation: 'get', idField: 'templateId', parameters: () => ({ templateId: template() }) });
  behavesWell(bench, { resource: 'template', operation: 'update', idField: 'templateId', parameters: () => ({ templateId: template(), title: 'x' }) });
});

describe('Team', () => {
  it('lists, reads, renames', async () => {
    expect((await bench.run('team', 'getAll', { returnAll: true })).rows.map(({ name, default: first, members }) => [name, first, members])).toEqual([['Atendimento', true, 2], ['Vendas', false, 2]]);
    expect((await bench.run('team', 'get', { teamId: team() })).rows[0]?.name).toBe('Atendimento');
    expect((await bench.run('team', 'update', { teamId: team(), name: 'Loja' })).rows[0]?.name).toBe('Loja');
    expect(sent(2)?.body).toEqual({ name: 'Loja' });
    expect((await listSearch(Callbell, 'searchTeams', { ...options(), filter: 'vend' })).results).toHaveLength(1);
  });
  it('lists members by availability', async () => {
    const { rows } = await bench.run('team', 'getMembers', { teamId: team(), returnAll: true });
    expect(rows.map(({ email, available }) => [email, available])).toEqual([['marina@lojaexemplo.com.br', true], ['tomas@lojaexemplo.com.br', false]]);
    expect(sent()?.query).toEqual({ page: '1' });
    expect((await bench.run('team', 'getMembers', { teamId: team(), status: 'away' })).rows).toHaveLength(1);
    expect(sent(1)?.query).toEqual({ page: '1', status: 'away' });
  });
  behavesWell(bench, { resource: 'team', operation: 'getAll', parameters: () => ({}) });
  for (const operation of ['get', 'update', 'getMembers']) {
    describe(operation, () => behavesWell(bench, { resource: 'team', operation, idField: 'teamId', parameters: () => ({ teamId: team(), name: 'x' }) }));
  }
});

describe('Custom Status and User Status', () => {
  it('creates, reads, changes, lists and deletes a custom status', async () => {
    const [created] = (await bench.run('customStatus', 'create', { name: 'Estoque', emoji: '📦' })).rows;
    expect(sent()?.body).toEqual({ name: 'Estoque', emoji: '📦' });
    expect(created).toMatchObject({ name: 'Estoque', emoji: '📦', createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/) });
    const customStatusId = byId(String(created!.id));
    expect((await bench.run('customStatus', 'get', { customStatusId })).rows).toEqual([created]);
    expect((await bench.run('customStatus', 'update', { customStatusId, name: 'Já volto' })).rows[0]?.name).toBe('Já volto');
    expect((await bench.run('customStatus', 'getAll', { returnAll: true })).rows.map(({ name }) => name)).toEqual(['Almoço', 'Já volto']);
    expect((await bench.run('customStatus', 'delete', { customStatusId })).rows).toEqual([{ deleted: true }]);
    expect((await listSearch(Callbell, 'searchCustomStatuses', options())).results).toEqual([{ name: 'Almoço', value: status().value }]);
  });

  it('sets and removes the status of a user', async () => {
    const { rows } = await bench.run('userStatus', 'update', { userId: user(), availability: 'away', customStatusId: status() });
    expect(sent()).toMatchObject({ method: 'PUT', path: `/v1/users/${user()}/status`, body: { available: false, custom_status_uuid: status().value } });
    expect(rows[0]).toMatchObject({ userId: user(), available: false, customStatusId: status().value, customStatus: 'Almoço' });
    await bench.run('userStatus', 'update', { userId: user(), availability: 'available', customStatusId: byId('') });
    expect(sent(1)?.body).toEqual({ available: true });
    expect((await bench.run('userStatus', 'delete', { userId: user() })).rows).toEqual([{ deleted: true }]);
    expect((await bench.run('userStatus', 'update', { userId: user(), availability: 'keep', customStatusId: byId('') })).error?.message).toMatch(/'Availability' is 'Leave as It Is'/);
  });

  behavesWell(bench, { resource: 'customStatus', operation: 'create', parameters: () => ({ name: 'x' }) });
  behavesWell(bench, { resource: 'customStatus', operation: 'getAll', parameters: () => ({}) });
  for (const operation of ['get', 'update', 'delete']) {
    describe(operation, () => behavesWell(bench, { resource: 'customStatus', operation, idField: 'customStatusId', parameters: () => ({ customStatusId: status(), name: 'x' }) }));
  }
  for (const operation of ['update', 'delete']) {
    describe(`user ${operation}`, () => behavesWell(bench, { resource: 'userStatus', operation, idField: 'userId', plainId: true, parameters: () => ({ userId: user(), availability: 'away', customStatusId: status() }) }));
  }
});

describe('Funnel and Account', () => {
  it('lists the stages in order', async () => {
    const { rows } = await bench.run('funnel', 'getAll', { returnAll: true });
    expect(rows.map(({ name, position }) => [name, position])).toEqual([['Novo', 1], ['Proposta', 2], ['Fechado', 3]]);
    expect((await bench.run('funnel', 'getAll', { limit: 1 })).rows).toHaveLength(1);
  });
  it('tells account and plan, without the key', async () => {
    expect((await bench.run('account', 'get')).rows).toEqual([{ status: 'ok', name: 'Marina Duarte', email: 'marina@lojaexemplo.com.br' }]);
    const { rows } = await bench.run('account', 'getPlan');
    expect(rows[0]).toMatchObject({ plan: 'chat_management_plus', includedChannels: 4, licenses: 5, activeUsers: 3 });
    expect(rows[0]?.teams).toHaveLength(2);
  });
  behavesWell(bench, { resource: 'funnel', operation: 'getAll', parameters: () => ({}) });
  behavesWell(bench, { resource: 'account', operation: 'get', parameters: () => ({}) });
  behavesWell(bench, { resource: 'account', operation: 'getPlan', parameters: () => ({}) });
});

describe('Webhook', () => {
  const webhook = { url: 'https://example.com/callbell', events: ['message_created', 'contact_created'] };

  it('subscribes, replaces and unsubscribes', async () => {
    const { error, rows } = await bench.run('webhook', 'subscribe', webhook);
    expect(error).toBeUndefined();
    expect(sent()).toMatchObject({ method: 'POST', path: '/v1/webhooks/subscribe', body: { url: webhook.url, subscriptions: webhook.events } });
    expect(rows[0]).toMatchObject({ url: webhook.url, events: webhook.events, enabled: true, createdAt: expect.stringMatching(/Z$/) });
    expect((await bench.run('webhook', 'unsubscribe')).rows).toEqual([{ deleted: true }]);
    expect((await bench.run('webhook', 'unsubscribe')).error?.message).toBe('Callbell does not know this record [item 0]');
  });

  it.each([
    [{ events: [] }, /["']Events["'] is (empty|required)/],
    [{ events: ['message_created', 'nothing'] }, /(has 'nothing', which Callbell does not send|Events)/],
    [{ url: 'example.com' }, /'URL' is not a web address/],
  ])('refuses %j', async (fields, message) => {
    const { error, requests } = await bench.run('webhook', 'subscribe', { ...webhook, ...fields });
    expect(error?.message).toMatch(message);
    expect(requests).toEqual([]);
  });

  it('says that localhost is refused', async () => {
    expect((await bench.run('webhook', 'subscribe', { ...webhook, url: 'http://localhost/x' })).error?.message).toBe("Callbell refused the request: 'URL' is invalid [item 0]");
  });

  it('gives the delivery log', async () => {
    state().webhookEvents.push(
      { event: 'message_created', payload: { text: 'a' }, code: 200, at: bench.sandbox.clock.now() },
      { event: 'message_created', payload: { text: 'a' }, code: 200, at: bench.sandbox.clock.now() },
      { event: 'contact_created', payload: { uuid: '1' }, code: 500, at: bench.sandbox.clock.now() },
    );
    const { rows } = await bench.run('webhook', 'getEvents', { returnAll: true });
    expect(rows.map(({ event, success, responseCode }) => [event, success, responseCode])).toEqual([['message_created', true, 200], ['message_created', true, 200], ['contact_created', false, 500]]);
    const failed = await bench.run('webhook', 'getEvents', { filters: { status: 'failed', events: ['contact_created', 'message_created'] } });
    expect(sent(1)?.query).toEqual({ page: '1', status: 'failed', subscriptions: 'contact_created,message_created' });
    expect(failed.rows).toHaveLength(1);
  });

  behavesWell(bench, { resource: 'webhook', operation: 'subscribe', parameters: () => webhook });
  behavesWell(bench, {
    resource: 'webhook', operation: 'unsubscribe',
    parameters: () => {
      state().webhook = { url: webhook.url, subscriptions: [], enabled: true, createdAt: 0 };
      return {};
    },
  });
});
