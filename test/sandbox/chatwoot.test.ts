import { createHmac } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { seedChatwootContacts } from './chatwoot/state';
import { caller, callers, type Caller } from './client';
import { startSandbox, type Sandbox } from './index';

let sandbox: Sandbox;
let admin: Caller;
let agent: Caller;

beforeAll(async () => { sandbox = await startSandbox(); });
afterAll(async () => { await sandbox.close(); });
beforeEach(() => {
  sandbox.reset();
  ({ chatwoot: admin, agent } = callers(sandbox));
});
afterEach(() => { expect(sandbox.violations).toEqual([]); });

const inboxId = (name: string): number => [...sandbox.chatwoot.state.inboxes.values()].find((one) => one.name === name && one.accountId === 1)!.id;
const create = async (body: Record<string, unknown>) => (await admin('post', '/contacts', { body })).data.payload.contact;

describe('tokens and roles', () => {
  const root = (headers: Record<string, string>) => caller(sandbox.chatwoot.url, headers);

  it.each([
    ['no token', {}, '/api/v1/accounts/1/labels', 401, { errors: ['You need to sign in or sign up before continuing.'] }],
    ['a wrong token', { api_access_token: 'x' }, '/api/v1/accounts/1/labels', 401, { error: 'Invalid Access Token' }],
    ['another account', 'agent', '/api/v1/accounts/2/labels', 401, { error: 'You are not authorized to access this account' }],
    ['another account itself', 'agent', '/api/v1/accounts/2', 404, { error: 'Resource could not be found' }],
    ['a suspended account', 'administrator', '/api/v1/accounts/3/labels', 401, { error: 'Account is suspended' }],
    ['an unknown account', 'administrator', '/api/v1/accounts/99/labels', 404, { error: 'Resource could not be found' }],
    ['a bot', 'bot', '/api/v1/accounts/1/labels', 401, { error: 'Access to this endpoint is not authorized for bots' }],
    ['too low a role', 'agent', '/api/v1/accounts/1/labels/1', 401, { error: 'You are not authorized to do this action' }],
  ] as Array<[string, Record<string, string> | 'agent' | 'administrator' | 'bot', string, number, object]>)('%s', async (_what, who, path, status, body) => {
    const headers = typeof who === 'string' ? { api_access_token: sandbox.chatwoot.tokens[who] } : who;
    const answer = await root(headers)('get', path);
    expect([answer.status, answer.data]).toEqual([status, body]);
  });

  it('reads the header with dashes and with underscores', async () => {
    for (const name of ['api_access_token', 'api-access-token', 'API-Access-Token']) expect((await root({ [name]: sandbox.chatwoot.tokens.agent })('get', '/api/v1/profile')).status).toBe(200);
  });

  it('tells the version without a token, and the profile with its accounts', async () => {
    expect((await root({})('get', '/api')).data.version).toBe('4.15.1');
    expect((await root({ api_access_token: sandbox.chatwoot.tokens.administrator })('get', '/api/v1/profile')).data).toMatchObject({
      id: 1, email: 'marina@lojaexemplo.com.br', accounts: [{ id: 1, name: 'Loja Exemplo', role: 'administrator' }, { id: 2 }, { id: 3, status: 'suspended' }],
    });
    expect((await admin('get', '')).data).toMatchObject({ id: 1, name: 'Loja Exemplo', locale: 'pt_BR' });
  });

  it('lets administrators alone delete contacts and write labels', async () => {
    expect((await agent('delete', '/contacts/1')).status).toBe(401);
    expect((await agent('post', '/labels', { body: { title: 'novo' } })).status).toBe(401);
    expect((await agent('post', '/contacts', { body: { name: 'x' } })).status).toBe(200);
  });
});

describe('creating contacts', () => {
  it('takes every field and makes lower case of the e-mail', async () => {
    const body = { name: 'Zé', email: 'ZE@Example.com', phone_number: '+5511999990000', identifier: 'A1', blocked: true, additional_attributes: { city: 'Natal' }, custom_attributes: { cpf: '1' }, avatar_url: 'https://example.com/z.png' };
    const { status, data } = await admin('post', '/contacts', { body });
    expect(status).toBe(200);
    const { avatar_url: _avatar, ...rest } = body;
    expect(data.payload.contact).toMatchObject({ ...rest, email: 'ze@example.com', thumbnail: '', availability_status: 'offline', contact_inboxes: [] });
    expect(data.payload.contact).not.toHaveProperty('last_activity_at');
    expect(data.payload.contact.created_at).toBeLessThan(1e11);
    expect(data.payload.contact_inbox).toEqual({ inbox: null, source_id: null });
    await sandbox.settled();
    expect((await admin('get', `/contacts/${data.payload.contact.id}`)).data.payload.thumbnail).toContain('z.png');
  });

  it.each([
    ['Site', {}, expect.stringMatching(/^[0-9a-f-]{36}$/)],
    ['Integração', {}, expect.stringMatching(/^[0-9a-f-]{36}$/)],
    ['Integração', { source_id: 'crm-1' }, 'crm-1'],
    ['E-mail', { email: 'ze@example.com' }, 'ze@example.com'],
    ['WhatsApp', { phone_number: '+5511999990000' }, '5511999990000'],
    ['SMS', { phone_number: '+5511999990000' }, '+5511999990000'],
    ['WhatsApp Twilio', { phone_number: '+5511999990000' }, 'whatsapp:+5511999990000'],
    ['Instagram', { source_id: '1784' }, '1784'],
  ])('links to the inbox %s in the same call', async (name, more, sourceId) => {
    const { data } = await admin('post', '/contacts', { body: { name: 'Zé', inbox_id: inboxId(name), ...more } });
    expect(data.payload.contact_inbox).toMatchObject({ source_id: sourceId, inbox: { id: inboxId(name), account_id: 1 } });
    expect(data.payload.contact.contact_inboxes).toMatchObject([{ source_id: sourceId, inbox: { name } }]);
  });

  it.each([
    ['E-mail', {}, 422, { error: 'param is missing or the value is empty: contact email' }],
    ['WhatsApp', {}, 422, { error: 'param is missing or the value is empty: contact phone number' }],
    ['SMS', {}, 422, { error: 'param is missing or the value is empty: contact phone number' }],
    ['Instagram', {}, 500, { status: 500, error: 'Internal Server Error' }],
    ['WhatsApp', { source_id: 'abc' }, 422, { message: expect.stringContaining('Source invalid source id'), attributes: ['source_id'] }],
    [undefined, {}, 404, { error: 'Resource could not be found' }],
  ])('keeps nothing when the link to %s fails', async (name, more, status, body) => {
    const before = sandbox.chatwoot.state.contacts.size;
    const answer = await admin('post', '/contacts', { body: { name: 'Zé', inbox_id: name === undefined ? 999 : inboxId(name), ...more } });
    expect([answer.status, answer.data]).toEqual([status, body]);
    expect(sandbox.chatwoot.state.contacts.size).toBe(before);
  });

  it('refuses duplicates, all at once, whatever the case of the e-mail', async () => {
    await create({ name: 'Zé', email: 'ze@example.com', phone_number: '+5511999990000', identifier: 'A1' });
    const again = await admin('post', '/contacts', { body: { email: 'Ze@Example.com', phone_number: '+5511999990000', identifier: 'A1' } });
    expect([again.status, again.data]).toEqual([422, {
      message: 'Email has already been taken, Identifier has already been taken, Phone number has already been taken', attributes: ['email', 'identifier', 'phone_number'],
    }]);
    expect((await admin('post', '/contacts', { body: { identifier: 'a1' } })).status).toBe(200);
    expect((await callersOf(2)('post', '/contacts', { body: { email: 'ze@example.com' } })).status).toBe(200);
  });

  const callersOf = (account: number): Caller => caller(`${sandbox.chatwoot.url}/api/v1/accounts/${account}`, { api_access_token: sandbox.chatwoot.tokens.administrator });

  it.each([
    [{ email: 'ze@' }, 'Email Invalid email', 'email'],
    [{ phone_number: '11 99999-0000' }, 'Phone number should be in e164 format', 'phone_number'],
    [{ phone_number: '+0119999' }, 'Phone number should be in e164 format', 'phone_number'],
  ])('refuses %j', async (body, message, attribute) => {
    const answer = await admin('post', '/contacts', { body });
    expect([answer.status, answer.data]).toEqual([422, { message, attributes: [attribute] }]);
  });

  it('has a phone test that is not anchored at the start', async () => {
    expect((await create({ phone_number: 'tel:+4912' })).phone_number).toBe('tel:+4912');
  });

  it('stores an empty identifier, and breaks on the second', async () => {
    expect((await create({ identifier: '', email: '' }))).toMatchObject({ identifier: '', email: null });
    const second = await admin('post', '/contacts', { body: { identifier: '' } });
    expect([second.status, second.data]).toEqual([500, { status: 500, error: 'Internal Server Error' }]);
  });
});

describe('reading contacts', () => {
  it('hides contacts that cannot be reached from list and filter, not from search and get', async () => {
    const { id } = await create({ name: 'Fantasma' });
    const listed = (await admin('get', '/contacts', { query: { sort: 'name' } })).data;
    expect(listed.payload.map((one: { id: number }) => one.id)).not.toContain(id);
    expect(listed.meta.count).toBe(3);
    const filtered = await admin('post', '/contacts/filter', { body: { payload: [{ attribute_key: 'name', filter_operator: 'equal_to', values: ['fantasma'] }] } });
    expect(filtered.data.payload).toEqual([]);
    expect((await admin('get', '/contacts/search', { query: { q: 'fantasma' } })).data.payload).toMatchObject([{ id }]);
    expect((await admin('get', `/contacts/${id}`)).data.payload.name).toBe('Fantasma');
  });

  it('gives 15 a page with the total, and the page as it was sent', async () => {
    seedChatwootContacts(sandbox.chatwoot.state, 40);
    const first = (await admin('get', '/contacts', { query: { sort: '-created_at' } })).data;
    expect(first.payload).toHaveLength(15);
    expect(first.meta).toEqual({ count: 43, current_page: 1 });
    const third = (await admin('get', '/contacts', { query: { sort: '-created_at', page: 3 } })).data;
    expect(third.payload).toHaveLength(13);
    expect(third.meta.current_page).toBe('3');
    expect((await admin('get', '/contacts', { query: { sort: '-created_at', page: 4 } })).data.payload).toEqual([]);
  });

  it('has no order of its own: pages without sort repeat and lose contacts', async () => {
    seedChatwootContacts(sandbox.chatwoot.state, 60);
    const walk = async (query: Record<string, unknown>) => {
      const ids: number[] = [];
      for (let page = 1; page <= 5; page += 1) ids.push(...(await admin('get', '/contacts', { query: { ...query, page } })).data.payload.map((one: { id: number }) => one.id));
      return new Set(ids).size;
    };
    expect(await walk({})).toBeLessThan(63);
    expect(await walk({ sort: 'name' })).toBe(63);
  });

  it.each(['name', '-name', 'email', '-phone_number', 'created_at', '-created_at', 'company_name', 'city', 'country'])('sorts by %s, missing values last', async (sort) => {
    await create({ name: 'Álvaro', identifier: 'A' });
    const values = (await admin('get', '/contacts', { query: { sort } })).data.payload.map((one: any) => one[sort.replace('-', '')] ?? one.additional_attributes[sort.replace('-', '')] ?? null);
    const filled = values.filter((value: unknown) => value !== null);
    const sorted = [...filled].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
    expect(filled).toEqual(sort.startsWith('-') ? sorted.reverse() : sorted);
    expect(values.slice(0, filled.length)).toEqual(filled);
  });

  it('counts the page, not the total, in search; earlier versions the total', async () => {
    seedChatwootContacts(sandbox.chatwoot.state, 40);
    const { meta } = (await admin('get', '/contacts/search', { query: { q: 'example.com', sort: 'name' } })).data;
    expect(meta).toEqual({ count: 15, current_page: 1, has_more: true });
    expect((await admin('get', '/contacts/search', { query: { q: 'example.com', sort: 'name', page: 3 } })).data.meta).toEqual({ count: 13, current_page: '3', has_more: false });
    expect((await admin('get', '/contacts/search', { query: { q: '  ' } })).data).toEqual({ meta: { count: null, current_page: 1, has_more: null }, payload: [] });
    const older = await startSandbox({ chatwoot: { version: '4.10.0' } });
    try {
      expect((await callers(older).chatwoot('get', '/contacts/search', { query: { q: 'example.com', sort: 'name' } })).data.meta.count).toBe(3);
    } finally {
      await older.close();
    }
  });

  it('searches identifiers with their case, all else without', async () => {
    await create({ name: 'Zé', identifier: 'CRM-7', email: 'ze@example.com' });
    const found = async (q: string) => (await admin('get', '/contacts/search', { query: { q } })).data.payload.length as number;
    expect([await found('CRM-7'), await found('crm-7'), await found('ZÉ'), await found('ZE@EXAMPLE')]).toEqual([1, 0, 1, 1]);
  });

  it('leaves links to inboxes out unless the flag says true', async () => {
    const { id } = await create({ name: 'Zé', email: 'ze@example.com', inbox_id: inboxId('E-mail') });
    expect((await admin('get', `/contacts/${id}`)).data.payload.contact_inboxes).toHaveLength(1);
    expect((await admin('get', `/contacts/${id}`, { query: { include_contact_inboxes: false } })).data.payload).not.toHaveProperty('contact_inboxes');
  });

  it('filters by labels', async () => {
    await admin('post', '/contacts/1/labels', { body: { labels: ['vip'] } });
    await admin('post', '/contacts/2/labels', { body: { labels: ['troca'] } });
    const listed = (await admin('get', '/contacts', { query: { sort: 'name', labels: ['vip', 'troca'] } }));
    expect(listed.status).toBe(422);
    expect(sandbox.violations.splice(0)[0]!.errors[0]).toContain('"labels"');
    const right = await admin('get', '/contacts', { query: { sort: 'name', 'labels[]': ['vip', 'troca'] } });
    expect(right.data.payload).toHaveLength(2);
  });
});

describe('filter', () => {
  const filter = (rows: object[], page?: number) => admin('post', '/contacts/filter', { body: { payload: rows }, query: page === undefined ? {} : { page } });
  const names = async (rows: object[]) => (await filter(rows)).data.payload.map((one: { name: string }) => one.name).sort();

  it('joins rows, AND before OR', async () => {
    expect(await names([
      { attribute_key: 'name', filter_operator: 'contains', values: ['ana'], query_operator: 'OR' },
      { attribute_key: 'city', filter_operator: 'equal_to', values: ['fortaleza'], query_operator: 'AND' },
      { attribute_key: 'email', filter_operator: 'contains', values: ['nobody'] },
    ])).toEqual(['Ana Silva']);
  });

  it.each([
    [{ attribute_key: 'email', filter_operator: 'equal_to', values: ['ANA.silva.1@example.com', 'joao.souza.2@example.com'] }, ['Ana Silva']],
    [{ attribute_key: 'phone_number', filter_operator: 'equal_to', values: ['5511910000000'] }, ['Ana Silva']],
    [{ attribute_key: 'phone_number', filter_operator: 'starts_with', values: ['551191'] }, []],
    [{ attribute_key: 'name', filter_operator: 'does_not_contain', values: ['ANA'] }, ['João Souza', 'Maria Oliveira']],
    [{ attribute_key: 'country_code', filter_operator: 'not_equal_to', values: ['BR'] }, []],
    [{ attribute_key: 'blocked', filter_operator: 'equal_to', values: [false] }, ['Ana Silva', 'João Souza', 'Maria Oliveira']],
    [{ attribute_key: 'labels', filter_operator: 'is_not_present', values: [] }, ['Ana Silva', 'João Souza', 'Maria Oliveira']],
    [{ attribute_key: 'created_at', filter_operator: 'is_greater_than', values: ['2999-01-01'] }, []],
    [{ attribute_key: 'plano', filter_operator: 'is_present', values: [] }, []],
  ])('%j', async (row, expected) => {
    expect(await names([row])).toEqual(expected);
  });

  it('reads custom attributes of the account', async () => {
    await admin('put', '/contacts/1', { body: { custom_attributes: { limite_credito: 200, plano: 'completo' } } });
    expect(await names([{ attribute_key: 'limite_credito', filter_operator: 'is_greater_than', values: [100] }])).toEqual(['Ana Silva']);
    expect(await names([{ attribute_key: 'plano', filter_operator: 'equal_to', values: ['completo'] }])).toEqual(['Ana Silva']);
  });

  it.each([
    ['an unknown key', [{ attribute_key: 'foo', filter_operator: 'equal_to', values: ['x'] }], 422, /^Invalid attribute key - \[foo\]/],
    ['an operator that does not fit', [{ attribute_key: 'identifier', filter_operator: 'contains', values: ['x'] }], 422, /^Invalid operator/],
    ['an empty value', [{ attribute_key: 'name', filter_operator: 'equal_to', values: [] }], 422, /^Invalid value/],
    ['a date in another form', [{ attribute_key: 'created_at', filter_operator: 'is_less_than', values: ['01/02/2026'] }], 422, /^Invalid value/],
    ['a joint at the end', [{ attribute_key: 'name', filter_operator: 'equal_to', values: ['x'], query_operator: 'AND' }], 500, /^Internal Server Error/],
    ['no joint in the middle', [{ attribute_key: 'name', filter_operator: 'equal_to', values: ['x'] }, { attribute_key: 'name', filter_operator: 'equal_to', values: ['x'] }], 500, /^Internal Server Error/],
  ])('fails on %s', async (_what, rows, status, text) => {
    const answer = await filter(rows);
    expect(answer.status).toBe(status);
    expect(answer.data.error).toMatch(text);
  });
});

describe('changing contacts', () => {
  it('merges attributes, by PUT and PATCH; only destroy_custom_attributes removes a key', async () => {
    await admin('put', '/contacts/1', { body: { custom_attributes: { cpf: '1' }, additional_attributes: { description: 'x' } } });
    const { payload } = (await admin('patch', '/contacts/1', { body: { custom_attributes: { plano: 'básico' } } })).data;
    expect(payload.custom_attributes).toEqual({ cpf: '1', plano: 'básico' });
    expect(payload.additional_attributes).toMatchObject({ city: 'São Paulo', description: 'x' });
    const left = (await admin('post', '/contacts/1/destroy_custom_attributes', { body: { custom_attributes: ['cpf', 'nope'] } })).data.payload;
    expect(left.custom_attributes).toEqual({ plano: 'básico' });
  });

  it('refuses what another contact has, keeps its own', async () => {
    expect((await admin('put', '/contacts/1', { body: { email: 'joao.souza.2@example.com' } })).data).toEqual({ message: 'Email has already been taken', attributes: ['email'] });
    expect((await admin('put', '/contacts/1', { body: { email: 'ana.silva.1@example.com' } })).status).toBe(200);
    await admin('put', '/contacts/1', { body: { email: 'nova@example.com' } });
    expect((await admin('put', '/contacts/2', { body: { email: 'ana.silva.1@example.com' } })).status).toBe(200);
  });

  it('deletes with an empty 200, but nobody who is online', async () => {
    sandbox.chatwoot.state.onlineContacts.add(1);
    const online = await admin('delete', '/contacts/1');
    expect([online.status, online.data]).toEqual([422, { message: 'Ana Silva is Online, please try again later' }]);
    expect((await admin('get', '/contacts/active')).data.payload).toMatchObject([{ id: 1, availability_status: 'online' }]);
    const gone = await admin('delete', '/contacts/2');
    expect([gone.status, gone.data]).toEqual([200, '']);
    expect((await admin('get', '/contacts/2')).data).toEqual({ error: 'Resource could not be found' });
  });

  it('replaces labels; an empty list clears them', async () => {
    expect((await admin('post', '/contacts/1/labels', { body: { labels: ['vip', 'inventada'] } })).data).toEqual({ payload: ['vip', 'inventada'] });
    expect((await admin('post', '/contacts/1/labels', { body: { labels: ['troca'] } })).data).toEqual({ payload: ['troca'] });
    expect((await admin('get', '/contacts/1/labels')).data).toEqual({ payload: ['troca'] });
    expect((await admin('post', '/contacts/1/labels', { body: {} })).data).toEqual({ payload: [] });
  });

  it('merges two contacts; the base wins', async () => {
    const extra = await create({ name: 'Ana S.', identifier: 'A1', inbox_id: inboxId('Integração'), source_id: 'crm-1' });
    const merged = (await admin('post', '/actions/contact_merge', { body: { base_contact_id: 1, mergee_contact_id: extra.id } })).data;
    expect(merged).toMatchObject({ id: 1, name: 'Ana Silva', identifier: 'A1' });
    expect((await admin('get', `/contacts/${extra.id}`)).status).toBe(404);
    expect((await admin('get', '/contacts/1')).data.payload.contact_inboxes).toMatchObject([{ source_id: 'crm-1' }]);
    expect((await admin('post', '/actions/contact_merge', { body: { base_contact_id: 1, mergee_contact_id: 1 } })).data.id).toBe(1);
  });
});

describe('links to inboxes', () => {
  it('are made once for the same address', async () => {
    const link = (body: object) => admin('post', '/contacts/1/contact_inboxes', { body });
    const first = (await link({ inbox_id: inboxId('WhatsApp') })).data;
    expect(first).toMatchObject({ source_id: '5511910000000', inbox: { provider: 'whatsapp_cloud' } });
    await link({ inbox_id: inboxId('WhatsApp') });
    expect((await admin('get', '/contacts/1')).data.payload.contact_inboxes).toHaveLength(1);
  });

  it('take an address over from another contact, or break', async () => {
    const link = (contact: number, body: object) => admin('post', `/contacts/${contact}/contact_inboxes`, { body });
    await link(1, { inbox_id: inboxId('E-mail') });
    expect((await link(2, { inbox_id: inboxId('E-mail'), source_id: 'ana.silva.1@example.com' })).data.source_id).toBe('ana.silva.1@example.com');
    expect((await admin('get', '/contacts/1')).data.payload.contact_inboxes[0].source_id).not.toBe('ana.silva.1@example.com');
    await link(1, { inbox_id: inboxId('Integração'), source_id: 'crm-1' });
    expect((await link(2, { inbox_id: inboxId('Integração'), source_id: 'crm-1' })).status).toBe(500);
  });

  it('are found by source_id; without a hit the 404 is empty', async () => {
    await admin('post', '/contacts/1/contact_inboxes', { body: { inbox_id: inboxId('E-mail') } });
    const find = (body: object) => admin('post', '/contact_inboxes/filter', { body });
    expect((await find({ inbox_id: inboxId('E-mail'), source_id: 'ana.silva.1@example.com' })).data.id).toBe(1);
    const nobody = await find({ inbox_id: inboxId('E-mail'), source_id: 'x@example.com' });
    expect([nobody.status, nobody.data]).toEqual([404, '']);
    expect((await find({ inbox_id: 999, source_id: 'x' })).data).toEqual({ error: 'Resource could not be found' });
  });

  it('are offered for inboxes the caller sees; an API inbox makes up a new address each time', async () => {
    const offered = async (who: Caller) => (await who('get', '/contacts/1/contactable_inboxes')).data.payload as Array<{ source_id: string; inbox: { name: string } }>;
    const names = (rows: Array<{ inbox: { name: string } }>) => rows.map(({ inbox }) => inbox.name);
    expect(names(await offered(admin))).toEqual(['E-mail', 'Integração', 'SMS', 'WhatsApp', 'WhatsApp Twilio']);
    expect(names(await offered(agent))).toEqual(['Integração']);
    expect((await offered(agent))[0]!.source_id).not.toBe((await offered(agent))[0]!.source_id);
    await admin('post', '/contacts/1/contact_inboxes', { body: { inbox_id: inboxId('Integração'), source_id: 'crm-1' } });
    expect((await offered(agent))[0]!.source_id).toBe('crm-1');
  });
});

describe('inboxes and labels', () => {
  it('shows an agent the own inboxes only, and secrets to administrators only', async () => {
    const all = (await admin('get', '/inboxes')).data.payload;
    expect(all.map(({ name }: { name: string }) => name)).toEqual(['E-mail', 'Instagram', 'Integração', 'Site', 'SMS', 'WhatsApp', 'WhatsApp Twilio']);
    const own = (await agent('get', '/inboxes')).data.payload;
    expect(own.map(({ name }: { name: string }) => name)).toEqual(['Integração', 'Site']);
    expect(JSON.stringify(own)).not.toMatch(/hmac_token|apiInboxSecret/);
    expect(all.find(({ name }: { name: string }) => name === 'WhatsApp')).toMatchObject({ provider: 'whatsapp_cloud', phone_number: '+5511930002000', message_templates: expect.arrayContaining([expect.objectContaining({ name: 'pedido_pronto' })]) });
    expect((await agent('get', `/inboxes/${inboxId('WhatsApp')}`)).status).toBe(401);
    expect((await admin('get', '/inboxes/999')).status).toBe(404);
  });

  it('keeps labels in lower case, unique in the account', async () => {
    const { data } = await admin('post', '/labels', { body: { title: 'Promoção_2026', color: '#fff' } });
    expect(data).toMatchObject({ title: 'promoção_2026', description: null, color: '#fff', show_on_sidebar: null });
    expect((await admin('post', '/labels', { body: { title: 'PROMOÇÃO_2026' } })).data).toEqual({ message: 'Title has already been taken', attributes: ['title'] });
    for (const title of ['duas palavras', '-x', 'a']) expect((await admin('post', '/labels', { body: { title } })).data).toEqual({ message: 'Title is invalid', attributes: ['title'] });
    expect((await agent('get', '/labels')).data.payload.map(({ title }: { title: string }) => title)).toEqual(['newsletter', 'orçamento', 'promoção_2026', 'troca', 'vip']);
  });

  it('carries a new title, and a removal, over to contacts a little later', async () => {
    await admin('post', '/contacts/1/labels', { body: { labels: ['vip', 'troca'] } });
    await admin('patch', '/labels/1', { body: { title: 'ouro' } });
    await admin('delete', '/labels/3');
    await sandbox.settled();
    expect((await admin('get', '/contacts/1/labels')).data.payload).toEqual(['ouro']);
  });
});

describe('webhooks', () => {
  let receiver: Server;
  let url: string;
  const received: Array<{ body: string; headers: Record<string, unknown> }> = [];

  beforeEach(async () => {
    received.length = 0;
    receiver = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => { body += chunk.toString(); });
      request.on('end', () => {
        received.push({ body, headers: request.headers });
        response.end('ok');
      });
    });
    await new Promise<void>((resolve) => { receiver.listen(0, '127.0.0.1', resolve); });
    url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`;
    sandbox.chatwoot.state.webhooks.set(1, { id: 1, accountId: 1, inboxId: null, url, name: 'n8n', subscriptions: ['contact_created', 'contact_updated'], secret: 'shh' });
  });
  afterEach(() => new Promise((resolve) => { receiver.close(resolve); }));

  it('tell of contacts, signed over the bytes, only when something changed', async () => {
    const contact = await create({ name: 'Zé', email: 'ze@example.com' });
    await admin('put', `/contacts/${contact.id}`, { body: { name: 'José' } });
    await admin('put', `/contacts/${contact.id}`, { body: { name: 'José' } });
    await sandbox.settled();
    expect(received.map(({ body }) => JSON.parse(body))).toEqual([
      expect.objectContaining({ event: 'contact_created', id: contact.id, account: { id: 1, name: 'Loja Exemplo' } }),
      expect.objectContaining({ event: 'contact_updated', name: 'José', changed_attributes: [{ name: { previous_value: 'Zé', current_value: 'José' } }, { updated_at: expect.anything() }] }),
    ]);
    const { body, headers } = received[0]!;
    expect(headers['x-chatwoot-signature']).toBe(`sha256=${createHmac('sha256', 'shh').update(`${String(headers['x-chatwoot-timestamp'])}.${body}`).digest('hex')}`);
    expect(sandbox.deliveries).toMatchObject([{ vendor: 'chatwoot', status: 200 }, {}]);
  });

  it('are sent once, even when nobody answers', async () => {
    await new Promise((resolve) => { receiver.close(resolve); });
    await create({ name: 'Zé', email: 'ze@example.com' });
    await sandbox.settled();
    expect(sandbox.deliveries).toMatchObject([{ event: 'contact_created', error: expect.any(String) }]);
    receiver.listen(0);
  });
});
