import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import { addContact } from './callbell/contacts';
import { probe } from './callbell/webhooks';
import { caller, callers, type Caller } from './client';
import { seedContacts, startSandbox, type Sandbox } from './index';

let sandbox: Sandbox;
let call: Caller;

beforeAll(async () => { sandbox = await startSandbox(); });
afterAll(async () => { await sandbox.close(); });
beforeEach(() => {
  sandbox.reset();
  call = callers(sandbox).callbell;
});
afterEach(() => { expect(sandbox.violations).toEqual([]); });

const body = { identifier: '5511977776666', source: 'whatsapp', name: 'Nova' };

describe('token', () => {
  it.each([
    ['none', {}],
    ['a wrong one', { authorization: 'Bearer nobody' }],
    ['a doubled prefix', () => ({ authorization: `Bearer Bearer ${sandbox.callbell.token}` })],
    ['no prefix', () => ({ authorization: sandbox.callbell.token })],
  ] as Array<[string, Record<string, string> | (() => Record<string, string>)]>)('%s: 401', async (_what, headers) => {
    const answer = await caller(sandbox.callbell.url, typeof headers === 'function' ? headers() : headers)('get', '/auth/me');
    expect([answer.status, answer.data]).toEqual([401, { error: 'not authorized' }]);
  });

  it('tells its owner', async () => {
    expect((await call('get', '/auth/me')).data).toMatchObject({ status: 'ok', user_email: 'marina@lojaexemplo.com.br' });
    expect(sandbox.callbell.url).toMatch(/\/v1$/);
  });
});

describe('contacts', () => {
  it('are created with every field, and read back as the vendor shows them', async () => {
    const [team] = sandbox.callbell.state.teams;
    const sent = {
      ...body, tags: ['VIP', 'vip'], custom_fields: { 'Billing Address': 'Rua 1', Orders: '3', Birthday: '1990-02-03', Plan: 'Pro', Interests: ['bread', 'coffee'], 'E-mail': 'n@example.com' },
      assigned_user: 'marina@lojaexemplo.com.br', team_uuid: team!.uuid, channel_uuid: sandbox.callbell.state.channels[0]!.uuid, bot_status: 'bot_end', note: 'oi',
    };
    const { status, data } = await call('post', '/contacts', { body: sent });
    expect(status).toBe(200);
    const [contact] = data.contact;
    expect(contact).toMatchObject({
      uuid: expect.stringMatching(/^[0-9a-f]{32}$/), name: 'Nova', tags: ['VIP', 'vip'], assignedUser: 'marina@lojaexemplo.com.br', note: 'oi', team: { uuid: team!.uuid }, channel: { main: true },
      customFields: { Orders: '3', Interests: '["bread","coffee"]' },
    });
    expect(contact.phoneNumber.replace(/\D/g, '')).toBe('5511977776666');
    expect(contact).not.toHaveProperty('customFieldsMetadata');
    const typed = (await call('get', `/contacts/${contact.uuid}`, { query: { include_field_types: true } })).data.contact;
    expect(typed.customFieldsMetadata).toMatchObject({ Interests: { type: 'checkbox', value: ['bread', 'coffee'], options: ['bread', 'cakes', 'coffee'] }, Plan: { type: 'dropdown', value: 'Pro' } });
  });

  it.each([
    ['array', [true, true, true]],
    ['object', [false, false, false]],
    ['mixed', [true, false, false]],
    [undefined, [true, false, false]],
  ] as Array<['array' | 'object' | 'mixed' | undefined, boolean[]]>)('come in the envelope %s on create, get and update', async (envelope, expected) => {
    const other = await startSandbox({ callbell: { envelope } });
    try {
      const { callbell } = callers(other);
      const created = (await callbell('post', '/contacts', { body })).data.contact;
      const { uuid } = Array.isArray(created) ? created[0] : created;
      const read = (await callbell('get', `/contacts/${uuid}`)).data.contact;
      const changed = (await callbell('patch', `/contacts/${uuid}`, { body: { name: 'x' } })).data.contact;
      expect([created, read, changed].map((one) => Array.isArray(one))).toEqual(expected);
      expect(other.violations).toEqual([]);
    } finally {
      await other.close();
    }
  });

  it.each([
    ['an unknown tag', { tags: ['Vip'] }, 'tags'],
    ['an unknown custom field', { custom_fields: { City: 'x' } }, 'custom_fields'],
    ['an option that does not exist', { custom_fields: { Plan: 'Gold' } }, 'custom_fields'],
    ['text for a checkbox', { custom_fields: { Interests: 'bread' } }, 'custom_fields'],
    ['no number', { custom_fields: { Orders: 'three' } }, 'custom_fields'],
    ['a date in another form', { custom_fields: { Birthday: '03/02/1990' } }, 'custom_fields'],
    ['an unknown user', { assigned_user: 'x@example.com' }, 'assigned_user'],
    ['an unknown team', { team_uuid: 'x' }, 'team_uuid'],
    ['an unknown channel', { channel_uuid: 'x' }, 'channel_uuid'],
    ['too long a note', { note: 'x'.repeat(1001) }, 'note'],
    ['letters in the phone', { identifier: 'abc' }, 'identifier'],
    ['an empty name', { name: ' ' }, 'name'],
  ])('refuse %s', async (_what, more, key) => {
    const before = sandbox.callbell.state.contacts.length;
    const { status, data } = await call('post', '/contacts', { body: { ...body, ...more } });
    expect(status).toBe(400);
    expect(data).toEqual({ error: { [key]: [expect.any(String)] } });
    expect(sandbox.callbell.state.contacts).toHaveLength(before);
  });

  it('refuse an identifier that exists', async () => {
    await call('post', '/contacts', { body });
    const again = await call('post', '/contacts', { body: { ...body, identifier: '+55 11 97777 6666' } });
    expect([again.status, again.data]).toEqual([400, { error: { identifier: [expect.any(String)] } }]);
  });

  it('change only what is sent; tags replace the list', async () => {
    const [{ uuid }] = (await call('post', '/contacts', { body: { ...body, tags: ['VIP', 'Cliente'], custom_fields: { Plan: 'Pro', Orders: '1' }, assigned_user: 'marina@lojaexemplo.com.br', note: 'oi' } })).data.contact;
    const update = async (change: object) => (await call('patch', `/contacts/${uuid}`, { body: change })).data.contact;
    expect(await update({ tags: ['Cliente'] })).toMatchObject({ name: 'Nova', tags: ['Cliente'], note: 'oi' });
    expect(await update({ custom_fields: { Orders: '2' } })).toMatchObject({ tags: ['Cliente'], customFields: { Plan: 'Pro', Orders: '2' } });
    expect(await update({ tags: [], note: '', unassign_user: true })).toMatchObject({ tags: [], note: null, assignedUser: null });
    expect((await call('patch', `/contacts/${uuid}`, { body: { tags: ['nope'] } })).status).toBe(400);
  });

  it('are found by phone on the main channel, unless another is named', async () => {
    const [main, second] = sandbox.callbell.state.channels;
    await call('post', '/contacts', { body });
    expect((await call('get', '/contacts/phone/5511977776666')).data.contact.name).toBe('Nova');
    expect((await call('get', `/contacts/phone/${encodeURIComponent('+55 11 97777-6666')}`)).data.contact.name).toBe('Nova');
    expect((await call('get', '/contacts/phone/5511977776666', { query: { channel_uuid: second!.uuid } })).status).toBe(404);
    expect((await call('get', '/contacts/phone/5511977776666', { query: { channel_uuid: main!.uuid } })).status).toBe(200);
  });

  it('are deleted for good', async () => {
    const [{ uuid }] = (await call('post', '/contacts', { body })).data.contact;
    expect((await call('delete', `/contacts/${uuid}`)).data).toEqual({ status: 'contact was destroyed' });
    expect((await call('get', `/contacts/${uuid}`)).status).toBe(404);
    expect((await call('delete', `/contacts/${uuid}`)).status).toBe(404);
    expect((await call('post', '/contacts', { body })).status).toBe(200);
  });
});

describe('lists', () => {
  it('come 20 a page, latest activity first, and filter tags without their case', async () => {
    await call('post', '/contacts', { body: { ...body, tags: ['VIP'] } });
    const { contacts, meta } = (await call('get', '/contacts')).data;
    expect(contacts).toHaveLength(20);
    expect(contacts[0].name).toBe('Nova');
    expect(meta).toEqual({ page: 1, pages: Math.ceil(sandbox.callbell.state.contacts.length / 20), next: expect.any(String) });
    const tagged = (await call('get', '/contacts', { query: { tags: 'vIp' } })).data.contacts;
    expect(new Set(tagged.flatMap(({ tags }: { tags: string[] }) => tags))).toEqual(new Set(['VIP', 'vip']));
    expect((await call('get', '/contacts', { query: { source: 'instagram' } })).data.contacts).toHaveLength(1);
  });

  it('stop at page 500, go on by cursor, and leave out who came after the walk began', async () => {
    seedContacts(sandbox, 'callbell', 10_100);
    const total = sandbox.callbell.state.contacts.length;
    expect((await call('get', '/contacts', { query: { page: 501 } })).data).toEqual({ error: 'Pagination limit exceeded' });
    let page = (await call('get', '/contacts', { query: { page: 500 } })).data;
    let seen = 500 * 20;
    addContact(sandbox.callbell.state, { source: 'whatsapp', identifier: '5511900000009', phoneNumber: '5511900000009', name: 'Tarde' }, sandbox.clock.now() + 60_000);
    while (page.meta.next !== null) {
      page = (await call('get', '/contacts', { query: { after: page.meta.next } })).data;
      expect(page.meta).not.toHaveProperty('pages');
      expect(page.contacts.map(({ name }: { name: string }) => name)).not.toContain('Tarde');
      seen += page.contacts.length;
    }
    expect(seen).toBe(total);
    expect((await call('get', '/contacts', { query: { after: 'forged' } })).data).toEqual({ error: 'Invalid pagination cursor' });
  }, 30_000);

  it('channels: connected, removed or both', async () => {
    const count = async (query: object) => (await call('get', '/channels', { query: { ...query } })).data.channels.length as number;
    expect([await count({}), await count({ active: true }), await count({ active: false }), await count({ type: 'whatsapp' })]).toEqual([4, 3, 1, 2]);
    const [{ uuid }] = (await call('get', '/channels')).data.channels;
    expect((await call('get', `/channels/${uuid}`)).data.channel).toMatchObject({ uuid, main: true });
    expect((await call('get', '/channels/x')).status).toBe(404);
  });

  it('teams, templates, funnels and the plan', async () => {
    const { teams, meta } = (await call('get', '/teams')).data;
    expect(meta).toEqual({ page: 1, pages: 1 });
    expect(teams[0]).toMatchObject({ name: 'Atendimento', default: true, members: 2 });
    const { templates } = (await call('get', '/templates')).data;
    expect(new Set(templates.map(({ status }: { status: string }) => status))).toEqual(new Set(['approved', 'rejected', 'paused']));
    expect((await call('get', `/templates/${templates[0].uuid}`)).data.template.title).toBe(templates[0].title);
    const { funnels } = (await call('get', '/funnels')).data;
    expect(funnels[0].createdAt).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d \+0100$/);
    expect((await call('get', '/plan')).data).toMatchObject({ plan: expect.any(String), licenses: expect.any(Number) });
  });
});

test('a webhook that does not answer probes is mailed about after 10 minutes and switched off after 6 hours', async () => {
  const receiver = createServer((request, response) => {
    response.writeHead(request.method === 'GET' ? getStatus : 200).end('{"status":"ok"}');
  }).listen(0, '127.0.0.1');
  await once(receiver, 'listening');
  let getStatus = 200;
  const probed = await startSandbox();
  try {
    const { state } = probed.callbell;
    state.webhook = { url: `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`, subscriptions: ['message_created'], enabled: true, createdAt: 0 };
    const at = async (minutes: number) => {
      await probe(state, minutes * 60_000);
      return { mailed: state.webhook!.mailed ?? false, enabled: state.webhook!.enabled };
    };
    expect(await at(1)).toEqual({ mailed: false, enabled: true });
    // A receiver that bears POST only is not good enough.
    getStatus = 404;
    expect(await at(2)).toEqual({ mailed: false, enabled: true });
    expect(await at(13)).toEqual({ mailed: true, enabled: true });
    getStatus = 200;
    expect(await at(14)).toEqual({ mailed: false, enabled: true });
    getStatus = 404;
    expect(await at(15)).toEqual({ mailed: false, enabled: true });
    expect(await at(15 + 360)).toEqual({ mailed: true, enabled: false });
  } finally {
    await probed.close();
    receiver.closeAllConnections();
    receiver.close();
  }
});
