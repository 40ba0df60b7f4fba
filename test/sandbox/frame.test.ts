import { spawn } from 'node:child_process';
import { Agent } from 'node:http';
import { join } from 'node:path';
import axios from 'axios';
import { caller, callers } from './client';
import { Faults } from './faults';
import { startSandbox, seedContacts, type Sandbox, type SandboxOptions } from './index';
import { kinbox } from './kinbox';
import { VendorListener, type Book } from './listener';
import { RateLimits } from './limits';
import { cpuTime } from '../harness/cpuTime';

let sandbox: Sandbox;
let calls: ReturnType<typeof callers>;
const extra: Sandbox[] = [];

async function another(options: SandboxOptions): Promise<Sandbox> {
  const one = await startSandbox(options);
  extra.push(one);
  return one;
}

beforeAll(async () => { sandbox = await startSandbox(); });
afterAll(async () => { await sandbox.close(); });
beforeEach(() => {
  sandbox.reset();
  calls = callers(sandbox);
});
afterEach(async () => { await Promise.all(extra.splice(0).map((one) => one.close())); });

describe('contract', () => {
  it('lets a call through that the contract knows, and records it', async () => {
    const { status } = await calls.kinboxV3('post', '/v3/contacts', { body: { name: 'Zé', phone: '5511999990000' } });
    expect(status).toBe(201);
    expect(sandbox.violations).toEqual([]);
    expect(sandbox.requests).toHaveLength(1);
    expect(sandbox.requests[0]).toMatchObject({
      vendor: 'kinbox', method: 'POST', path: '/v3/contacts', operationId: 'v3CreateContact', token: 'v3', status: 201, body: { name: 'Zé', phone: '5511999990000' },
    });
  });

  it.each([
    ['an unknown body key', 'post', '/v3/contacts', { body: { name: 'Zé', phone: '5511999990000', nome: 'x' } }, 'nome', 400],
    ['an unknown key below the top', 'post', '/v3/contacts', { body: { phone: '5511999990000', customFields: { cpf: { valor: 1 } } } }, 'valor', 400],
    ['a wrong type', 'post', '/v3/contacts', { body: { name: 5 } }, 'body/name must be string', 400],
    ['a word outside an enum', 'post', '/v3/campaigns', { body: { name: 'x', leadType: 'csv' } }, 'leadType', 400],
    ['an unknown query parameter', 'get', '/v3/contacts', { query: { telefone: '1' } }, 'telefone', 400],
    ['a query parameter out of range', 'get', '/v3/contacts', { query: { limit: 501 } }, '<= 500', 400],
    ['a path that is no number', 'get', '/v3/contacts/abc', {}, 'path/id must be number', 400],
    ['a body where none belongs', 'get', '/v3/contacts', { body: { name: 'x' } }, 'body is not part', 400],
    ['a missing body', 'post', '/v3/contacts', {}, 'body is missing', 400],
    ['a form instead of JSON', 'post', '/v3/contacts', { body: new URLSearchParams({ name: 'x' }) }, 'application/x-www-form-urlencoded', 400],
    ['broken JSON', 'post', '/v3/contacts', { body: Buffer.from('{"name":'), headers: { 'content-type': 'application/json' } }, 'not JSON', 400],
  ])('refuses %s and records it', async (_what, method, path, options, text, expected) => {
    const { status, data } = await calls.kinboxV3(method, path, options);
    expect(status).toBe(expected);
    expect(data).toMatchObject({ statusCode: 400, error: 'Bad Request' });
    expect(sandbox.violations).toEqual([expect.objectContaining({ vendor: 'kinbox', kind: 'request' })]);
    expect(sandbox.violations[0]!.errors.join('\n')).toContain(text);
  });

  it('answers a refusal in the shape of the vendor', async () => {
    expect((await calls.chatwoot('post', '/contacts', { body: { nome: 'x' } })).data).toEqual({ error: expect.stringContaining('nome') });
    expect((await calls.callbell('post', '/contacts', { body: { nome: 'x' } })).data).toEqual({ error: expect.stringContaining('nome') });
    expect(sandbox.violations.map(({ vendor }) => vendor)).toEqual(['chatwoot', 'callbell']);
  });

  it('records paths and methods that do not exist', async () => {
    expect((await calls.kinboxV3('get', '/v3/customers')).status).toBe(404);
    expect((await calls.kinboxV3('delete', '/v3/contacts/555')).status).toBe(405);
    expect((await axios.get(sandbox.callbell.url.replace('/v1', '/v2/contacts'), { validateStatus: null })).status).toBe(404);
    expect(sandbox.violations.map(({ kind }) => kind)).toEqual(['operation', 'operation', 'operation']);
  });

  it('records a violation even when the token is wrong', async () => {
    const { status } = await caller(sandbox.kinbox.url, { authorization: 'Bearer nobody' })('post', '/v3/contacts', { body: { nome: 1 } });
    expect(status).toBe(401);
    expect(sandbox.violations).toHaveLength(1);
    expect(sandbox.requests[0]!.token).toBe('unknown');
  });

  it('leaves wrong values to the words of the vendor, and records them only when they are accepted', async () => {
    const bad = await calls.chatwoot('post', '/contacts', { body: { name: 'x', phone_number: 'abc' } });
    expect(bad.status).toBe(422);
    expect(bad.data).toEqual({ message: 'Phone number should be in e164 format', attributes: ['phone_number'] });
    expect(sandbox.violations).toEqual([]);
  });

  it('records an answer of ours that the contract does not know', async () => {
    const contact = sandbox.kinbox.state.contacts.get(555)!;
    (contact as unknown as { name: number }).name = 5;
    (contact as unknown as { nickname: string }).nickname = 'Zé';
    await calls.kinboxV3('get', '/v3/contacts/555');
    expect(sandbox.violations).toEqual([expect.objectContaining({ kind: 'answer', operationId: 'v3GetContact' })]);
    expect(sandbox.violations[0]!.errors).toEqual(['200: body must NOT have additional properties: "nickname"', '200: /name must be string']);
    const silent = await another({ validateAnswers: false });
    (silent.kinbox.state.contacts.get(555) as unknown as { name: number }).name = 5;
    await callers(silent).kinboxV3('get', '/v3/contacts/555');
    expect(silent.violations).toEqual([]);
  });

  it('answers 501 for an operation without handler, and records it', async () => {
    const book: Book = { requests: [], violations: [], deliveries: [], faults: new Faults(), clock: sandbox.clock, options: {}, pending: new Set() };
    const bare = new VendorListener({ ...kinbox, handlers: {} }, book);
    await bare.listen(0);
    try {
      const { status } = await caller(bare.url, { authorization: `Bearer ${sandbox.kinbox.tokens.v3}` })('get', '/v3/contacts');
      expect(status).toBe(501);
      expect(book.violations).toEqual([expect.objectContaining({ kind: 'unhandled', operationId: 'v3ListContacts' })]);
      expect(bare.missingHandlers()).toContain('v3ListContacts');
    } finally {
      await bare.close();
    }
  });

  it('does not take handlers for operations that the contract lacks', () => {
    const book: Book = { requests: [], violations: [], deliveries: [], faults: new Faults(), clock: sandbox.clock, options: {}, pending: new Set() };
    expect(() => new VendorListener({ ...kinbox, handlers: { deleteContact: () => ({ status: 200 }) } }, book).missingHandlers()).toThrow('deleteContact');
  });

  it('accepts flat and wrapped bodies, PUT for PATCH, and multipart with files and typed fields', async () => {
    expect((await calls.chatwoot('post', '/labels', { body: { title: 'flat' } })).status).toBe(200);
    expect((await calls.chatwoot('post', '/labels', { body: { label: { title: 'wrapped' } } })).data.title).toBe('wrapped');
    expect((await calls.chatwoot('put', '/labels/1', { body: { title: 'vips' } })).data.title).toBe('vips');
    const form = new FormData();
    form.append('name', 'Múltipla');
    form.append('blocked', 'true');
    form.append('custom_attributes[cpf]', '1');
    form.append('avatar', new Blob(['PNG'], { type: 'image/png' }), 'eu.png');
    const { data } = await calls.chatwoot('post', '/contacts', { body: form });
    expect(data.payload.contact).toMatchObject({ name: 'Múltipla', blocked: true, custom_attributes: { cpf: '1' }, thumbnail: expect.stringContaining('eu.png') });
    expect(sandbox.violations).toEqual([]);
  });
});

describe('records', () => {
  it('shows no token', async () => {
    await calls.kinboxV3('get', '/v3/contacts');
    await calls.chatwoot('get', '/contacts', { query: { sort: 'name' } });
    await calls.agent('get', '/inboxes');
    await calls.callbell('get', '/auth/me');
    await caller(sandbox.callbell.url, { authorization: 'Bearer s3cret-of-somebody' })('get', '/auth/me');
    const text = JSON.stringify(sandbox.requests);
    for (const token of [...Object.values(sandbox.kinbox.tokens), ...Object.values(sandbox.chatwoot.tokens), sandbox.callbell.token, 's3cret-of-somebody']) expect(text).not.toContain(token);
    expect(sandbox.requests.map(({ token }) => token)).toEqual(['v3', 'administrator', 'agent', 'token', 'unknown']);
    expect(sandbox.requests[0]!.headers.authorization).toBe('Bearer <v3>');
  });

  it('keeps as many requests as asked for', async () => {
    const small = await another({ keepRequests: 2 });
    for (let page = 1; page <= 4; page += 1) await callers(small).callbell('get', '/contacts', { query: { page } });
    expect(small.requests.map(({ query }) => query.page)).toEqual(['3', '4']);
  });

  it('goes back to the seed on reset', async () => {
    await calls.kinboxV3('post', '/v3/contacts', { body: { name: 'Zé', phone: '5511999990000' } });
    sandbox.inject({ kind: 'status' });
    sandbox.clock.advance(1e9);
    const { size } = sandbox.kinbox.state.contacts;
    sandbox.reset();
    expect(sandbox.kinbox.state.contacts.size).toBe(size - 1);
    expect(sandbox.requests).toEqual([]);
    expect(sandbox.faults()).toEqual([]);
    expect(Math.abs(sandbox.clock.now() - Date.now())).toBeLessThan(1000);
  });

  it('counts connections and requests at once', async () => {
    const slow = await another({ latency: 30 });
    const agent = new Agent({ keepAlive: true, maxSockets: 3 });
    const get = () => axios.get(`${slow.callbell.url}/auth/me`, { headers: { authorization: `Bearer ${slow.callbell.token}` }, httpAgent: agent, proxy: false });
    await Promise.all(Array.from({ length: 12 }, get));
    expect(slow.metrics.callbell).toMatchObject({ requests: 12, connections: 3, maxSimultaneous: 3, throttled: 0, statuses: { 200: 12 } });
    agent.destroy();
  });

  it('works on as many requests at once as it has workers', async () => {
    const slow = await another({ workers: { callbell: 2 }, latency: 20 });
    const get = () => axios.get(`${slow.callbell.url}/auth/me`, { headers: { authorization: `Bearer ${slow.callbell.token}` }, proxy: false });
    const started = performance.now();
    await Promise.all(Array.from({ length: 6 }, get));
    expect(performance.now() - started).toBeGreaterThanOrEqual(58);
    expect(slow.metrics.callbell).toMatchObject({ requests: 6, maxWaiting: expect.any(Number) });
    expect(slow.metrics.callbell.maxWaiting).toBeGreaterThanOrEqual(1);
    expect(slow.metrics.callbell.maxWaiting).toBeLessThanOrEqual(4);
  });
});

describe('faults', () => {
  const create = () => calls.kinboxV3('post', '/v3/contacts', { body: { name: 'Zé', phone: '5511999990000' } });
  const size = () => sandbox.kinbox.state.contacts.size;

  it('cuts the connection before the handler ran', async () => {
    const before = size();
    sandbox.inject({ kind: 'reset', vendor: 'kinbox', times: 1 });
    await expect(create()).rejects.toMatchObject({ code: 'ECONNRESET' });
    expect(size()).toBe(before);
    expect(sandbox.requests[0]).toMatchObject({ status: 0, fault: 'reset' });
    expect((await create()).status).toBe(201);
  });

  it('cuts the connection after the handler ran: the state has changed', async () => {
    const before = size();
    sandbox.inject({ kind: 'reset-after-handling', times: 1 });
    await expect(create()).rejects.toMatchObject({ code: 'ECONNRESET' });
    expect(size()).toBe(before + 1);
  });

  it('sends half of the body', async () => {
    sandbox.inject({ kind: 'truncate', times: 1 });
    await expect(create()).rejects.toMatchObject({ code: expect.stringMatching(/ECONNRESET|ERR_BAD_RESPONSE/) });
  });

  it('answers with the status asked for, in the vendor\'s shape or with the body given', async () => {
    sandbox.inject({ kind: 'status', status: 503, operationId: 'v3CreateContact', times: 1, headers: { 'retry-after': '7' } });
    const first = await create();
    expect(first.status).toBe(503);
    expect(first.headers['retry-after']).toBe('7');
    expect(first.data).toMatchObject({ statusCode: 503 });
    sandbox.inject({ kind: 'status', status: 429, vendor: 'chatwoot', times: 1 });
    const second = await calls.chatwoot('get', '/labels');
    expect(second.status).toBe(429);
    expect(second.data).toBe('Retry later\n');
    expect(second.headers['content-type']).toBe('text/plain');
    expect(second.headers['retry-after']).toBeUndefined();
    sandbox.inject({ kind: 'status', status: 402, body: { error: 'x', code: 'whatsapp_wallet_depleted_credit' }, times: 1 });
    expect((await calls.callbell('get', '/plan')).data).toEqual({ error: 'x', code: 'whatsapp_wallet_depleted_credit' });
    expect(sandbox.violations).toEqual([]);
  });

  it('answers with the page of a proxy, or with nothing', async () => {
    sandbox.inject({ kind: 'html', times: 1 });
    const html = await create();
    expect(html.status).toBe(502);
    expect(html.headers['content-type']).toBe('text/html');
    expect(html.data).toContain('<h1>502 Bad Gateway</h1>');
    sandbox.inject({ kind: 'empty', times: 1 });
    const empty = await create();
    expect(empty.status).toBe(200);
    expect(empty.data).toBe('');
  });

  it('waits, and hangs', async () => {
    sandbox.inject({ kind: 'latency', ms: 120, path: /contacts$/, times: 1 });
    let from = Date.now();
    expect((await create()).status).toBe(201);
    expect(Date.now() - from).toBeGreaterThanOrEqual(115);
    sandbox.inject({ kind: 'hang', ms: 100, times: 1 });
    from = Date.now();
    await expect(create()).rejects.toMatchObject({ code: 'ECONNRESET' });
    expect(Date.now() - from).toBeGreaterThanOrEqual(95);
    sandbox.inject({ kind: 'hang', times: 1 });
    await expect(axios.get(`${sandbox.callbell.url}/plan`, { timeout: 80, proxy: false })).rejects.toMatchObject({ code: 'ECONNABORTED' });
  });

  it('meets only what its filter says, as often as it says', async () => {
    sandbox.inject({ kind: 'status', status: 500, method: 'get', path: '/contacts', vendor: 'callbell', times: 2 });
    expect((await calls.callbell('get', '/channels')).status).toBe(200);
    expect((await calls.kinboxV3('get', '/v3/contacts')).status).toBe(200);
    expect((await calls.callbell('get', '/contacts')).status).toBe(500);
    expect(sandbox.faults()).toMatchObject([{ times: 1 }]);
    expect((await calls.callbell('get', '/contacts')).status).toBe(500);
    expect((await calls.callbell('get', '/contacts')).status).toBe(200);
    sandbox.inject({ kind: 'status', status: 500, probability: 0 });
    expect((await calls.callbell('get', '/contacts')).status).toBe(200);
    sandbox.inject({ kind: 'status', status: 500 });
    sandbox.clearFaults();
    expect((await calls.callbell('get', '/contacts')).status).toBe(200);
  });
});

describe('rate limits', () => {
  it('throttles above the limit of a window, in the words of the vendor', async () => {
    const limited = await another({ limits: { callbell: { perSecond: 3 }, chatwoot: [{ requests: 2, windowMs: 60_000, operations: ['searchContacts'] }] } });
    const { callbell, chatwoot } = callers(limited);
    // A window may end between two calls; seven calls meet at most two of them.
    const statuses = (await Promise.all(Array.from({ length: 7 }, () => callbell('get', '/plan')))).map(({ status }) => status);
    expect(statuses).toContain(429);
    expect(statuses.filter((status) => status === 200).length).toBeGreaterThanOrEqual(3);
    expect(limited.metrics.callbell.throttled).toBe(statuses.filter((status) => status === 429).length);
    for (let index = 0; index < 2; index += 1) expect((await chatwoot('get', '/contacts/search', { query: { q: 'ana' } })).status).toBe(200);
    expect((await chatwoot('get', '/contacts/search', { query: { q: 'ana' } })).status).toBe(429);
    expect((await chatwoot('get', '/labels')).status).toBe(200);
    limited.clock.advance(61_000);
    expect((await chatwoot('get', '/contacts/search', { query: { q: 'ana' } })).status).toBe(200);
  });

  it('counts fixed windows, apart for each key', () => {
    const limits = new RateLimits([{ requests: 1, windowMs: 1000, per: ({ token }) => String(token) }], []);
    const take = (now: number, token: string) => limits.take(now, 'x', { params: {}, token })?.waitMs;
    expect([take(5000, 'a'), take(5400, 'a'), take(5400, 'b'), take(6000, 'a')]).toEqual([undefined, 600, undefined, undefined]);
    expect(new RateLimits('published', [{ requests: 0, windowMs: 1000 }]).take(1, 'x', { params: {}, token: 'a' })).toBeDefined();
    expect(new RateLimits(undefined, [{ requests: 0, windowMs: 1000 }]).take(1, 'x', { params: {}, token: 'a' })).toBeUndefined();
  });
});

describe('control listener', () => {
  it('shows the state as a page, escaped, and as JSON', async () => {
    await calls.kinboxV3('post', '/v3/contacts', { body: { name: '<script>alert(1)</script>', phone: '5511999990000' } });
    await calls.kinboxV3('post', '/v3/contacts', { body: { nome: 'x' } });
    const get = (path: string) => axios.get(sandbox.control.url + path, { proxy: false });
    const page = (await get('/')).data as string;
    expect(page).toContain('&#60;script&#62;alert(1)');
    expect(page).not.toContain('<script>alert');
    for (const text of ['Loja Exemplo', 'Violations (1)', 'v3CreateContact', 'campaigns', 'inboxes', 'templates']) expect(page).toContain(text);
    for (const token of [...Object.values(sandbox.kinbox.tokens), sandbox.callbell.token]) expect(page).not.toContain(token);
    const state = (await get('/state')).data;
    expect(Object.keys(state)).toEqual(['kinbox', 'chatwoot', 'callbell']);
    expect(Object.values<any>(state.kinbox.contacts).map(({ name }) => name)).toContain('<script>alert(1)</script>');
    expect((await get('/state/chatwoot')).data.inboxes['1'].name).toBe('Site');
    expect((await get('/requests')).data).toHaveLength(2);
    expect((await get('/violations')).data).toHaveLength(1);
    expect((await get('/metrics')).data.kinbox.requests).toBe(2);
    expect((await get('/deliveries')).data).toEqual([]);
    expect(Object.keys((await get('/missing')).data)).toEqual(['kinbox', 'chatwoot', 'callbell']);
  });

  it('takes faults, clock and reset from another process', async () => {
    const { url } = sandbox.control;
    const at = { proxy: false, validateStatus: null } as const;
    expect((await axios.post(`${url}/faults`, { kind: 'boom' }, at)).status).toBe(400);
    expect((await axios.post(`${url}/faults`, { kind: 'status', status: 500, vendor: 'callbell', path: { source: '^/v1/plan$' } }, at)).status).toBe(201);
    expect((await calls.callbell('get', '/plan')).status).toBe(500);
    expect((await calls.callbell('get', '/channels')).status).toBe(200);
    await axios.delete(`${url}/faults`, at);
    expect((await calls.callbell('get', '/plan')).status).toBe(200);
    await axios.post(`${url}/clock`, { advanceMs: 3_600_000 }, at);
    expect(sandbox.clock.now() - Date.now()).toBeGreaterThan(3_500_000);
    expect((await axios.post(`${url}/clock`, { advanceMs: 'x' }, at)).status).toBe(400);
    await axios.post(`${url}/reset`, {}, at);
    expect(sandbox.requests).toEqual([]);
    expect((await axios.get(`${url}/nothing`, at)).status).toBe(404);
  });
});

describe('thousands', () => {
  it('lists 10,000 contacts of each vendor page by page without losing or repeating one', async () => {
    const big = await another({ validateAnswers: false, keepRequests: 0 });
    for (const vendor of ['kinbox', 'chatwoot', 'callbell'] as const) seedContacts(big, vendor, 10_000);
    const { kinboxV3, chatwoot, callbell } = callers(big);
    const started = cpuTime();
    const kinboxIds: string[] = [];
    for (let offset = 0; ; offset += 500) {
      const { data } = (await kinboxV3('get', '/v3/contacts', { query: { limit: 500, offset } })).data;
      kinboxIds.push(...data.map(({ id }: { id: string }) => id));
      if (data.length < 500) break;
    }
    expect(new Set(kinboxIds).size).toBe(big.kinbox.state.contacts.size);
    const total = (await chatwoot('get', '/contacts', { query: { sort: 'name' } })).data.meta.count as number;
    const chatwootIds = (await Promise.all(Array.from({ length: Math.ceil(total / 15) }, async (_, index) => (
      (await chatwoot('get', '/contacts', { query: { sort: 'name', page: index + 1 } })).data.payload.map(({ id }: { id: number }) => id)
    )))).flat();
    expect(new Set(chatwootIds).size).toBe(total);
    expect(total).toBeGreaterThanOrEqual(10_000);
    const uuids: string[] = [];
    let after: string | null = null;
    do {
      const { contacts, meta }: { contacts: Array<{ uuid: string }>; meta: { next: string | null } } = (await callbell('get', '/contacts', { query: after ? { after } : {} })).data;
      uuids.push(...contacts.map(({ uuid }) => uuid));
      after = meta.next;
    } while (after !== null);
    expect(uuids).toHaveLength(new Set(uuids).size);
    expect(uuids.length).toBeGreaterThanOrEqual(10_000);
    expect(big.requests).toEqual([]);
    // Quadratic lists would take minutes.
    expect(cpuTime() - started).toBeLessThan(30_000);
  }, 120_000);
});

describe('npm run sandbox', () => {
  it('prints addresses and tokens, serves, and ends on SIGTERM', async () => {
    const root = join(__dirname, '..', '..');
    const child = spawn(process.execPath, ['--import', 'tsx', join(__dirname, 'main.ts'), '--control', '0', '--kinbox', '0', '--chatwoot', '0', '--callbell', '0'], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    const ended = new Promise<number | null>((resolve) => { child.on('exit', resolve); });
    await new Promise<void>((resolve, reject) => {
      child.stdout.on('data', (chunk: Buffer) => {
        output += chunk.toString();
        if (/Callbell[\s\S]*token: \S+/.test(output)) resolve();
      });
      child.stderr.on('data', (chunk: Buffer) => { output += chunk.toString(); });
      ended.then(() => reject(new Error(output)), reject);
    });
    const address = /Callbell\s+(\S+)/.exec(output)![1]!;
    const token = /Callbell[\s\S]*token: (\S+)/.exec(output)![1]!;
    expect((await axios.get(`${address}/auth/me`, { headers: { authorization: `Bearer ${token}` }, proxy: false })).data.status).toBe('ok');
    child.kill('SIGTERM');
    expect(await ended).toBe(0);
  }, 60_000);

  it('says which port is taken', async () => {
    const port = Number(new URL(sandbox.kinbox.url).port);
    await expect(startSandbox({ ports: { kinbox: port } })).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });
});
