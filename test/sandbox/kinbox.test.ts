import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { caller, callers, type Caller } from './client';
import { startSandbox, type Sandbox } from './index';
import { campaignProgress, leadsOfFile, type KinboxCampaign } from './kinbox/campaigns';
import { addContact } from './kinbox/contacts';

let sandbox: Sandbox;
let v3: Caller;
let v1: Caller;
let files: Server;
let leadFile: string;

beforeAll(async () => {
  sandbox = await startSandbox();
  files = createServer((request, response) => {
    response.statusCode = request.url === '/leads.csv' ? 200 : 404;
    response.end('telefone;nome\n(85) 98888-7777;Ana\n11977776666;Zé\n351912345678;Inês\n');
  });
  await new Promise<void>((resolve) => { files.listen(0, '127.0.0.1', resolve); });
  leadFile = `http://127.0.0.1:${(files.address() as AddressInfo).port}/leads.csv`;
});
afterAll(async () => {
  await sandbox.close();
  await new Promise((resolve) => { files.close(resolve); });
});
beforeEach(() => {
  sandbox.reset();
  ({ kinboxV3: v3, kinboxV1: v1 } = callers(sandbox));
});
afterEach(() => { expect(sandbox.violations).toEqual([]); });

describe('tokens', () => {
  const withToken = (authorization: string | undefined) => caller(sandbox.kinbox.url, authorization === undefined ? {} : { authorization });

  it.each([
    ['no token', () => undefined, '/v3/tags', 401],
    ['a wrong token', () => 'Bearer nobody', '/v3/tags', 401],
    ['a token without Bearer', () => sandbox.kinbox.tokens.v3, '/v3/tags', 401],
    ['the V3 token on v1', () => `Bearer ${sandbox.kinbox.tokens.v3}`, '/v1/tags', 403],
    ['the API token on v3', () => `Bearer ${sandbox.kinbox.tokens.api}`, '/v3/tags', 403],
    ['the V3 token on v3', () => `Bearer ${sandbox.kinbox.tokens.v3}`, '/v3/tags', 200],
    ['the API token on v1', () => `Bearer ${sandbox.kinbox.tokens.api}`, '/v1/tags', 200],
    ['the workspace token on the legacy API, bare', () => sandbox.kinbox.tokens.workspace, '/v2/channels', 200],
    ['the API token on the legacy API', () => `Bearer ${sandbox.kinbox.tokens.api}`, '/v2/channels', 200],
  ])('%s', async (_what, authorization, path, expected) => {
    const { status, data } = await withToken(authorization())('get', path);
    expect(status).toBe(expected);
    if (expected >= 400) expect(data).toEqual({ statusCode: expected, message: expect.any(String), error: expected === 401 ? 'Unauthorized' : 'Forbidden' });
  });

  it('checks the scopes of an API token', async () => {
    const lacking = withToken(`Bearer ${sandbox.kinbox.tokens.apiWithoutSend}`);
    expect((await lacking('get', '/v1/tags')).status).toBe(200);
    const { status, data } = await lacking('post', '/v1/messages/send', { body: { channelId: 104, to: '5511999998888', message: 'Oi' } });
    expect(status).toBe(403);
    expect(data.message).toContain('send');
  });
});

describe('contacts', () => {
  it('v3: creates, gets, changes and lists, with ids as text and dates', async () => {
    const body = { name: 'Zé', phone: '5511999990000', email: 'ze@example.com', customFields: { cpf: { value: '1' }, cidade: { value: 'Natal' } }, crmData: { a: 1 }, isPrivate: true, _id: 'abc' };
    const created = await v3('post', '/v3/contacts', { body });
    expect(created.status).toBe(201);
    expect(created.data).toMatchObject({ ...body, id: expect.stringMatching(/^\d+$/), workspaceId: 1, createdAt: expect.stringMatching(/T.*Z$/), lastUpdateAt: expect.any(String) });
    const changed = await v3('patch', `/v3/contacts/${created.data.id}`, { body: { notes: 'oi', customFields: { cpf: { value: '2' } } } });
    expect(changed.data).toMatchObject({ name: 'Zé', notes: 'oi', customFields: { cpf: { value: '2' }, cidade: { value: 'Natal' } } });
    expect((await v3('get', `/v3/contacts/${created.data.id}`)).data).toEqual(changed.data);
    const list = (await v3('get', '/v3/contacts', { query: { limit: 1, offset: 0 } })).data;
    expect(list.totalCount).toBe(sandbox.kinbox.state.contacts.size);
    expect(list.data).toEqual([changed.data]);
  });

  it('v1: the same contact without dates, and customFields is required', async () => {
    const { data } = await v1('post', '/v1/contacts', { body: { name: 'Zé', phone: '5511999990000', customFields: {} } });
    expect(data).toMatchObject({ name: 'Zé', externalId: '', origin: '', customFields: {} });
    expect(data).not.toHaveProperty('createdAt');
    expect((await v1('patch', `/v1/contacts/${data.id}`, { body: { notes: 'x' } })).data.notes).toBe('x');
    expect((await v1('post', '/v1/contacts', { body: { name: 'Zé', phone: '5511999990001' } })).status).toBe(400);
    expect(sandbox.violations.splice(0)[0]!.errors).toEqual(["body must have required property 'customFields'"]);
  });

  it.each([
    ['letters in the phone', { name: 'x', phone: '55-11-ABC' }, 'phone must contain digits only'],
    ['a formatted phone', { name: 'x', phone: '+55 11 99999-0000' }, 'phone must contain digits only'],
    ['a malformed e-mail', { name: 'x', email: 'ze@' }, 'email must be an email'],
    ['nothing to reach it by', { name: 'x' }, 'phone or email should not be empty'],
    ['an unknown custom field', { phone: '5511999990000', customFields: { rg: { value: '1' } } }, 'customFields.rg'],
    ['a deleted custom field', { phone: '5511999990000', customFields: { fax: { value: '1' } } }, 'customFields.fax'],
    ['a custom field of another entity', { phone: '5511999990000', customFields: { prazo: { value: '1' } } }, 'customFields.prazo'],
  ])('refuses %s', async (_what, body, text) => {
    const { status, data } = await v3('post', '/v3/contacts', { body });
    expect(status).toBe(400);
    expect(data).toMatchObject({ statusCode: 400, error: 'Bad Request' });
    expect(JSON.stringify(data.message)).toContain(text);
    const again = await v1('post', '/v1/contacts', { body: { customFields: {}, ...body } });
    expect(again.data.message).toEqual(data.message);
  });

  it('has no upsert: the same phone twice makes two contacts', async () => {
    const body = { name: 'Zé', phone: '5511999990000' };
    const ids = [await v3('post', '/v3/contacts', { body }), await v3('post', '/v3/contacts', { body })].map(({ data }) => data.id);
    expect(new Set(ids).size).toBe(2);
    expect((await v3('get', '/v3/contacts', { query: { phone: body.phone } })).data.totalCount).toBe(2);
  });

  it('keeps a Brazilian number without its ninth digit apart', async () => {
    expect((await v3('get', '/v3/contacts', { query: { phone: '5585988887777' } })).data.totalCount).toBe(0);
    expect((await v3('get', '/v3/contacts', { query: { phone: '558588887777' } })).data.data[0].name).toBe('João Silva');
  });

  it('finds changed contacts under the new address only', async () => {
    await v3('patch', '/v3/contacts/555', { body: { phone: '5511900000001', email: 'NOVO@example.com' } });
    expect((await v3('get', '/v3/contacts', { query: { phone: '5511910000000' } })).data.totalCount).toBe(0);
    expect((await v3('get', '/v3/contacts', { query: { phone: '5511900000001', email: 'novo@example.com' } })).data.totalCount).toBe(1);
    expect((await v1('get', '/v1/contacts', { query: { email: 'novo@example.com' } })).data.data).toHaveLength(1);
    expect((await v3('get', '/v3/contacts', { query: { phone: '5511900000001', email: 'other@example.com' } })).data.totalCount).toBe(0);
  });

  it('filters the v3 list', async () => {
    const total = async (query: Record<string, unknown>) => (await v3('get', '/v3/contacts', { query })).data.totalCount as number;
    expect(await total({ name: 'joão silva' })).toBe(1);
    expect(await total({ search: 'maria.oliveira' })).toBe(1);
    expect(await total({ origin: 'whatsapp' })).toBe(1);
    expect(await total({ createdAtFrom: new Date().toISOString() })).toBe(0);
    expect((await v3('get', '/v3/contacts', { query: { ignoreCount: true } })).data).not.toHaveProperty('totalCount');
    expect((await v3('get', '/v3/contacts', { query: { createdAtFrom: 'ontem' } })).status).toBe(400);
  });

  it('pages by cursor in v1 until nextCursor is null', async () => {
    const names: string[] = [];
    let cursor: string | null = '';
    let pages = 0;
    do {
      const page: { data: Array<{ name: string }>; nextCursor: string | null } = (await v1('get', '/v1/contacts', { query: { limit: 3, ...(cursor ? { cursor } : {}) } })).data;
      names.push(...page.data.map(({ name }) => name));
      cursor = page.nextCursor;
      pages += 1;
    } while (cursor !== null);
    expect(names).toHaveLength(sandbox.kinbox.state.contacts.size);
    expect(pages).toBe(Math.ceil(names.length / 3));
    expect((await v1('get', '/v1/contacts', { query: { cursor: 'nonsense' } })).status).toBe(400);
  });

  it('uses the page sizes of the vendor when none is sent', async () => {
    for (let index = 0; index < 30; index += 1) addContact(sandbox.kinbox.state, { phone: `55119000${10000 + index}` }, Date.now());
    expect((await v3('get', '/v3/contacts')).data.data).toHaveLength(20);
    expect((await v1('get', '/v1/contacts')).data.data).toHaveLength(10);
  });

  it('exports windows of two hours and no more', async () => {
    addContact(sandbox.kinbox.state, { name: 'Nova', phone: '5511912121212' }, Date.parse('2026-03-01T10:30:00Z'));
    const all = (from: string | undefined, to: string | undefined) => v3('get', '/v3/contacts/all', { query: { createdAtFrom: from, createdAtTo: to } });
    expect((await all('2026-03-01T10:00:00Z', '2026-03-01T12:00:00Z')).data).toMatchObject({ totalCount: 1, data: [{ name: 'Nova' }] });
    expect((await all('2026-03-01T10:00:00Z', '2026-03-01T12:00:01Z')).status).toBe(400);
    expect((await all('2026-03-01T10:00:00Z', undefined)).status).toBe(400);
  });

  it('answers 404 for an unknown id', async () => {
    expect((await v3('get', '/v3/contacts/999999')).data).toEqual({ statusCode: 404, message: 'Contact not found', error: 'Not Found' });
    expect((await v1('patch', '/v1/contacts/999999', { body: { name: 'x' } })).status).toBe(404);
  });
});

describe('campaigns', () => {
  const fields = {
    name: 'Black Friday', channelId: '103', channelIds: ['103'], operatorName: 'Marina', businessHoursId: '7', channelType: '1', leadType: 'file', scheduledTo: '2030-01-01T12:00:00.000Z',
    originalScheduledTo: '2030-01-01T12:00:00.000Z', finishedAtPrediction: '2030-01-02T12:00:00.000Z', message: 'Olá!', textRaw: 'Olá!', assetsUrls: ['https://example.com/a.png'],
    chunksCount: 2, secondsBetweenMessages: 10, secondsBetweenChunks: 60, chunkSize: 2, template: { name: 'promocao_semana' }, normalizeBrazilPhoneNumbers: true,
  };

  it('takes every field in both generations', async () => {
    const body = { ...fields, leadsAssetUrl: leadFile };
    const created = await v3('post', '/v3/campaigns', { body });
    expect(created.status).toBe(201);
    // The number of chunks follows from the recipients, once they are known.
    expect(created.data).toMatchObject({ ...body, chunksCount: 0, id: expect.stringMatching(/^[0-9a-f]{24}$/), status: 'processing', workspaceId: 1 });
    await sandbox.settled();
    const read = (await v3('get', `/v3/campaigns/${created.data.id}`)).data;
    expect(read).toMatchObject({ ...body, leadsCount: 3, chunksCount: 2 });
    const current = (await v1('post', '/v1/campaigns', { body })).data;
    expect(current).not.toHaveProperty('createdAt');
    expect((await v1('get', `/v1/campaigns/${current.id}`)).data.name).toBe('Black Friday');
    expect((await v1('get', '/v1/campaigns', { query: { limit: 1 } })).data).toMatchObject({ data: [{ id: current.id }], nextCursor: current.id });
    expect((await v3('get', '/v3/campaigns', { query: { name: 'black', channelId: '103', status: 'processing' } })).data.totalCount).toBe(2);
    expect((await v3('get', '/v3/campaigns', { query: { status: 'done' } })).data.totalCount).toBe(0);
  });

  it('advances with the clock to done, chunk by chunk', async () => {
    const { data: { id } } = await v3('post', '/v3/campaigns', {
      body: { name: 'x', channelId: '103', leadType: 'file', leadsAssetUrl: leadFile, message: 'Oi', chunkSize: 2, secondsBetweenMessages: 10, secondsBetweenChunks: 60, scheduledTo: new Date(sandbox.clock.now() + 60_000).toISOString() },
    });
    await sandbox.settled();
    const seen: string[] = [];
    let last: any;
    for (let second = 0; second <= 200; second += 2) {
      last = (await v3('get', `/v3/campaigns/${id}`)).data;
      if (seen.at(-1) !== last.status) seen.push(last.status);
      sandbox.clock.advance(2000);
    }
    expect(seen).toEqual(['processing', 'scheduled', 'executing', 'awaiting-chunk', 'done-sent', 'done']);
    expect(last).toMatchObject({ progress: 100, messagesProcessed: 3, resultCounts: { sent: 3, received: 3, chunksExecuted: 2, byChunkId: { 0: { sent: 2 }, 1: { sent: 1 } } } });
  });

  it('reads the first column of the lead file and adds 55 where asked', async () => {
    const { data: { id } } = await v3('post', '/v3/campaigns', { body: { name: 'x', channelId: '103', leadType: 'file', leadsAssetUrl: leadFile, message: 'Oi' } });
    await sandbox.settled();
    expect(sandbox.kinbox.state.campaigns.get(id)!.leads).toEqual(['5585988887777', '5511977776666', '351912345678']);
    expect(leadsOfFile('85988887777\n', false)).toEqual(['85988887777']);
  });

  it('sends to the stored contacts with a phone', async () => {
    const { data: { id } } = await v3('post', '/v3/campaigns', { body: { name: 'x', channelId: '104', leadType: 'lead', message: 'Oi' } });
    await sandbox.settled();
    expect(sandbox.kinbox.state.campaigns.get(id)!.leads).toContain('558588887777');
  });

  it.each([
    ['without channel', { leadType: 'lead', message: 'Oi' }, 'No channel'],
    ['without recipients', { channelId: '103', message: 'Oi' }, 'No recipients'],
    ['without anything to say', { channelId: '103', leadType: 'lead' }, 'Nothing to send'],
    ['with a lead file that is not there', { channelId: '103', leadType: 'file', message: 'Oi', leadsAssetUrl: 'missing' }, 'The lead file could not be read: status 404'],
  ])('ends as failed %s', async (_what, more, why) => {
    const body = { name: 'x', ...more, ...('leadsAssetUrl' in more ? { leadsAssetUrl: leadFile.replace('leads', 'missing') } : {}) };
    const { data: { id } } = await v3('post', '/v3/campaigns', { body });
    await sandbox.settled();
    sandbox.clock.advance(6000);
    expect((await v3('get', `/v3/campaigns/${id}`)).data.status).toBe('failed');
    expect(sandbox.kinbox.state.campaigns.get(id)!.failure).toBe(why);
  });

  it.each([
    ['an unknown channel', { channelId: '999' }, 'channel 999 does not exist'],
    ['a type that is not the channel\'s', { channelId: '103', channelType: '9' }, 'channelType 9'],
    ['unknown business hours', { businessHoursId: '99' }, 'business hours 99'],
    ['no date', { scheduledTo: 'amanhã' }, 'scheduledTo'],
    ['an empty name', { name: ' ' }, 'name should not be empty'],
    ['a negative pace', { secondsBetweenMessages: -1 }, 'secondsBetweenMessages'],
  ])('refuses %s', async (_what, more, text) => {
    const { status, data } = await v3('post', '/v3/campaigns', { body: { name: 'x', ...more } });
    expect(status).toBe(400);
    expect(JSON.stringify(data.message)).toContain(text);
  });

  it('stands still while paused and goes on afterwards', () => {
    const campaign = { createdAt: 0, processingMs: 0, pausedMs: 0, canceled: false, leads: ['1', '2', '3'], secondsBetweenMessages: 10, name: 'x' } as unknown as KinboxCampaign;
    expect(campaignProgress(campaign, 12_000).leads.filter(({ sentAt }) => sentAt !== undefined)).toHaveLength(2);
    campaign.pausedAt = 12_000;
    expect(campaignProgress(campaign, 60_000)).toMatchObject({ status: 'paused', leads: [{ sentAt: 0 }, { sentAt: 10_000 }, { status: 'awaiting' }] });
    campaign.pausedAt = undefined;
    campaign.pausedMs = 48_000;
    expect(campaignProgress(campaign, 61_000).leads[2]).toMatchObject({ status: 'awaiting' });
    expect(campaignProgress(campaign, 68_000).leads[2]).toMatchObject({ status: 'sent', sentAt: 68_000 });
  });

  it('answers 404 for an unknown id', async () => {
    expect((await v3('get', '/v3/campaigns/66e200000000000000000000')).data.message).toBe('Campaign not found');
  });
});

describe('catalogues', () => {
  it('lists custom fields by entity with the deleted one, v3 with options as JSON text', async () => {
    const current = (await v1('get', '/v1/custom-fields')).data.data;
    expect(new Set(current.map(({ entity }: { entity: string }) => entity))).toEqual(new Set(['contact', 'session', 'deal', 'product', 'channel', 'user']));
    expect(current.filter(({ isDeleted }: { isDeleted: boolean }) => isDeleted).map(({ placeholder }: { placeholder: string }) => placeholder)).toEqual(['fax']);
    const interest = current.find(({ placeholder }: { placeholder: string }) => placeholder === 'interesse');
    expect(interest.options[1]).toEqual({ value: 'pao-artesanal', label: 'Pão artesanal' });
    const older = (await v3('get', `/v3/custom-fields/${interest.id}`)).data;
    expect(JSON.parse(older.options)).toEqual(interest.options);
    expect((await v3('get', '/v3/custom-fields')).data.totalCount).toBe(current.length);
    expect((await v1('get', '/v1/custom-fields/9999')).status).toBe(404);
  });

  it('keeps tags; their names are unique', async () => {
    expect((await v1('get', '/v1/tags')).data.map(({ name }: { name: string }) => name)).toEqual(['vip', 'orçamento', 'inadimplente']);
    const { data: tag } = await v3('post', '/v3/tags', { body: { name: 'novo', color: '#fff' } });
    expect(tag).toMatchObject({ id: expect.stringMatching(/^\d+$/), name: 'novo', privacy: { type: 'public' } });
    expect((await v1('post', '/v1/tags', { body: { name: 'novo', color: '#fff', privacy: { type: 'public' } } })).status).toBe(400);
    expect((await v1('patch', `/v1/tags/${tag.id}`, { body: { name: 'novíssimo', color: '#000', privacy: { type: 'private' } } })).data.name).toBe('novíssimo');
    const removed = await v1('delete', `/v1/tags/${tag.id}`);
    expect([removed.status, removed.data]).toEqual([200, '']);
    expect((await v3('get', `/v3/tags/${tag.id}`)).status).toBe(404);
    expect((await v3('get', '/v3/tags')).data.totalCount).toBe(3);
  });

  it('lists channels in both generations', async () => {
    const { data } = (await v1('get', '/v1/channels')).data;
    expect(data.map(({ platformId, version, waba_id: waba }: any) => [platformId, version, waba])).toEqual([
      [1, 4, '104857612345678'], [1, 3, null], [5, undefined, null], [9, undefined, null], [7, undefined, null], [6, undefined, null],
    ]);
    expect((await v1('get', '/v1/channels/104')).data.description).toBe('WhatsApp balcão');
    expect((await caller(sandbox.kinbox.url, { authorization: sandbox.kinbox.tokens.workspace })('get', '/v2/channels')).data.totalCount).toBe(data.length);
  });

  it('gives approved templates of official channels, cached for 15 minutes', async () => {
    const names = async () => (await v1('get', '/v1/channels/103/templates')).data.data.map(({ name }: { name: string }) => name);
    expect(await names()).toEqual(['promocao_semana', 'pedido_enviado', 'bienvenida', 'black_friday']);
    sandbox.kinbox.state.channels.get(103)!.templates[3]!.status = 'APPROVED';
    expect(await names()).toHaveLength(4);
    sandbox.clock.advance(15 * 60_000);
    expect(await names()).toHaveLength(5);
    expect((await v1('get', '/v1/channels/104/templates')).status).toBe(400);
  });

  it('checks numbers for WhatsApp, and answers without the ninth digit', async () => {
    expect((await v1('get', '/v1/channels/104/check-whatsapp', { query: { phone: '5585988887777' } })).data).toEqual({ canReceiveMessage: true, phone: '558588887777' });
    expect((await v1('get', '/v1/channels/104/check-whatsapp', { query: { phone: '5585988880000' } })).data).toEqual({ canReceiveMessage: false });
    expect((await v1('get', '/v1/channels/106/check-whatsapp', { query: { phone: '5585988887777' } })).status).toBe(400);
  });

  it('knows the workspace and its hours', async () => {
    expect((await v3('get', '/v3/workspaces/info')).data).toMatchObject({ id: '1', name: 'Loja Exemplo', operatorId: 42, timezone: 'America/Sao_Paulo' });
    expect((await v3('get', '/v3/business-hours')).data).toMatchObject({ totalCount: 2, data: [{ name: 'Comercial', sun: { active: false, hours: [] } }, {}] });
    expect((await v3('get', '/v3/business-hours/8')).data.name).toBe('Todos os dias');
  });
});
