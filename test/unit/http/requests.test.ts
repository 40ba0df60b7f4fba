import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { gzipSync, createGunzip } from 'node:zlib';

import type { IExecuteFunctions, IHttpRequestOptions } from 'n8n-workflow';

import { HttpClient, path, type Call, type HttpSettings, type Vendor } from '../../../nodes/shared/http/httpClient';
import { isDeeperThan } from '../../../nodes/shared/http/readAnswer';
import { sharedRateLimiter } from '../../../nodes/shared/http/rateLimit';

/** One client and a context that sends what a function makes of each request. */
const vendor: Vendor = { name: 'Test', credential: 'testApi', limit: {}, parallelRequests: 10, explain: () => undefined };
let hosts = 0;

interface Reply {
  statusCode: number;
  body?: unknown;
  headers?: object;
}

function client(reply: (options: IHttpRequestOptions, count: number) => Reply | Promise<Reply>, changed: Partial<Vendor> = {}, settings: Partial<HttpSettings> = {}) {
  const sent: IHttpRequestOptions[] = [];
  const context = {
    getNode: () => ({ name: 'Test', credentials: {} }),
    getExecutionCancelSignal: () => undefined,
    helpers: {
      async httpRequestWithAuthentication(_type: string, options: IHttpRequestOptions) {
        sent.push(options);
        return { headers: {}, body: {}, ...(await reply(options, sent.length)) };
      },
    },
  } as unknown as IExecuteFunctions;
  hosts += 1;
  return { sent, http: new HttpClient(context, { ...vendor, ...changed }, { baseUrl: `https://host${hosts}.example`, secrets: [], timeout: 2_000, giveUpAfter: 60_000, ...settings }) };
}

const lost = () => Promise.reject(Object.assign(new Error('lost'), { code: 'ECONNRESET' }));

describe('paths', () => {
  test('dots inside an ID are encoded, so that no server stops reading there', () => {
    expect(path`/contacts/${'ana@example.com'}/notes`).toBe('/contacts/ana%40example%2Ecom/notes');
  });

  test.each([[''], ['.'], ['..']])('%j is no part of a path', (value) => {
    expect(() => path`/contacts/${value}`).toThrow(value === '' ? 'An ID is empty' : `'${value}' is not an ID`);
  });

  test('no ID leads out of its path, whatever is in it', () => {
    for (const value of ['../x', '..%2f', './..', '..;', '%2e%2e', 'a/../b', '\\..\\', '?x', '#', '\ud800']) {
      const { pathname, search, hash } = new URL(`https://x.example${path`/contacts/${value}/end`}`);
      expect(pathname).toMatch(/^\/contacts\/[^/]+\/end$/);
      expect(search + hash).toBe('');
    }
  });
});

describe('what was carried out and not answered', () => {
  test('a DELETE that is repeated and meets 404 has succeeded', async () => {
    const { http, sent } = client((_options, count) => (count === 1 ? lost() : { statusCode: 404 }));
    await http.request({ method: 'DELETE', path: '/x' });
    expect(sent).toHaveLength(2);
  });

  test('a DELETE that meets 404 at once has not', async () => {
    const { http } = client(() => ({ statusCode: 404 }));
    await expect(http.request({ method: 'DELETE', path: '/x' })).rejects.toThrow('Test does not know this record');
  });

  test('nor one whose first try never left', async () => {
    const { http } = client((_options, count) => (count === 1 ? Promise.reject(Object.assign(new Error('no'), { code: 'ECONNREFUSED' })) : { statusCode: 404 }));
    await expect(http.request({ method: 'DELETE', path: '/x' })).rejects.toThrow('Test does not know this record');
  });

  test('a PATCH that renames its own path is read under the new name', async () => {
    const { http, sent } = client(({ url, method }, count) => (count === 1 ? lost() : method === 'PATCH' ? { statusCode: 404 } : { statusCode: 200, body: { url } }));
    const answer = await http.request({ method: 'PATCH', path: '/portals/old', idempotent: true, renamedTo: '/portals/new' });
    expect(answer).toEqual({ url: sent[2]!.url });
    expect(sent[2]!.url).toMatch(/\/portals\/new$/);
  });
});

describe('Give Up After', () => {
  const time = async (doing: Promise<unknown>) => {
    const started = performance.now();
    await expect(doing).rejects.toThrow(/Test keeps throttling/);
    return performance.now() - started;
  };

  test('a longer Retry-After is not waited out, neither by this request nor by the next of the credential', async () => {
    const { http, sent } = client(() => ({ statusCode: 429, headers: { 'retry-after': '20' } }), {}, { giveUpAfter: 1_200 });
    expect(await time(http.request({ method: 'GET', path: '/x' }))).toBeLessThan(1_400);
    expect(await time(http.request({ method: 'GET', path: '/x' }))).toBeLessThan(1_400);
    expect(sent).toHaveLength(1);
  });

  test('a server that throttles without saying how long is asked until then, and not longer', async () => {
    const { http } = client(() => ({ statusCode: 429 }), {}, { giveUpAfter: 700 });
    const took = await time(http.request({ method: 'GET', path: '/x' }));
    expect(took).toBeGreaterThan(300);
    expect(took).toBeLessThan(1_000);
  });

  test('what ends before is waited out', async () => {
    const { http, sent } = client((_options, count) => (count === 1 ? { statusCode: 429, headers: { 'retry-after': '0.2' } } : { statusCode: 200 }), {}, { giveUpAfter: 1_200 });
    await http.request({ method: 'POST', path: '/x', body: {} });
    expect(sent).toHaveLength(2);
  });
});

describe('a limit of its own', () => {
  const limited: Partial<Vendor> = { furtherLimits: ({ path: at }: Call) => (at === '/upload' ? [{ key: 'uploads', limit: { words: '60 uploads an hour', failSoon: true } }] : []) };

  test('fails soon in its own words, holds nothing else back, and is not asked for every item', async () => {
    const { http, sent } = client(({ url }) => ({ statusCode: String(url).endsWith('/upload') ? 429 : 200 }), limited);
    const started = performance.now();
    for (let count = 0; count < 5; count += 1) await expect(http.request({ method: 'POST', path: '/upload', body: {} })).rejects.toThrow('Test takes no more than 60 uploads an hour');
    for (let count = 0; count < 20; count += 1) await http.request({ method: 'GET', path: '/other' });
    expect(performance.now() - started).toBeLessThan(500);
    expect(sent.filter(({ url }) => String(url).endsWith('/upload'))).toHaveLength(1);
  });
});

describe('Parallel Requests', () => {
  test('all requests of a run keep to it, however many lists and items ask', async () => {
    let underWay = 0;
    let most = 0;
    const { http, sent } = client(async () => {
      underWay += 1;
      most = Math.max(most, underWay);
      await new Promise((resolve) => setTimeout(resolve, 5));
      underWay -= 1;
      return { statusCode: 200 };
    }, {}, { parallelRequests: 3 });
    await Promise.all(Array.from({ length: 10 }, async () => await Promise.all(Array.from({ length: 10 }, async () => await http.request({ method: 'GET', path: '/x' })))));
    expect(sent).toHaveLength(100);
    expect(most).toBe(3);
    expect(http.listing().parallel).toBe(3);
  });
});

describe('limiters', () => {
  test('one that has something to remember is not forgotten for 5,000 others', () => {
    const inUse = sharedRateLimiter('in use', {});
    inUse.throttled(60_000);
    for (let index = 0; index < 5_000; index += 1) sharedRateLimiter(`other ${index}`, {});
    expect(sharedRateLimiter('in use', {})).toBe(inUse);
  });

  test('those at rest are, so that memory does not grow', () => {
    const atRest = sharedRateLimiter('at rest', {});
    for (let index = 0; index < 5_000; index += 1) sharedRateLimiter(`another ${index}`, {});
    expect(sharedRateLimiter('at rest', {})).not.toBe(atRest);
  });
});

describe('addresses', () => {
  const call: Call = { method: 'GET', path: '/x' };

  test.each([
    ['http://api.example', /has to begin with https/], ['http://10.0.0.1:8080', /has to begin with https/], ['ftp://x.example', /not a web address/], ['https://', /not a web address/],
  ])('%s is refused before the token leaves', async (baseUrl, message) => {
    const { http, sent } = client(() => ({ statusCode: 200 }), {}, { baseUrl });
    await expect(http.request(call)).rejects.toThrow(message);
    expect(sent).toEqual([]);
  });

  test.each(['http://localhost:3000', 'http://127.0.0.1:3000', 'http://[::1]:3000', 'https://api.example'])('%s is taken', async (baseUrl) => {
    const { http } = client(() => ({ statusCode: 200 }), {}, { baseUrl });
    await http.request(call);
  });

  test('a server of one’s own may be without encryption, the vendor’s not', async () => {
    const own = { plainHttp: (hostname: string) => !hostname.endsWith('vendor.example') };
    await client(() => ({ statusCode: 200 }), own, { baseUrl: 'http://chatwoot:3000' }).http.request(call);
    await expect(client(() => ({ statusCode: 200 }), own, { baseUrl: 'http://app.vendor.example' }).http.request(call)).rejects.toThrow(/has to begin with https/);
  });

  test('the domains that the credential is restricted to', async () => {
    const at = (baseUrl: string, allowedHosts: string[]) => client(() => ({ statusCode: 200 }), {}, { baseUrl, allowedHosts }).http.request(call);
    await at('https://api.example', ['other.example', 'API.example']);
    await at('https://eu.api.example', ['*.api.example']);
    for (const refused of [[], ['pi.example'], ['*.api.example'], ['example']]) await expect(at('https://api.example', refused)).rejects.toThrow('The credential may not be used for api.example');
  });
});

describe('who answered', () => {
  const explain = () => ({ message: 'The vendor says so' });
  const failing = async (reply: Reply) => await client(() => reply, { explain }).http.request({ method: 'POST', path: '/x', body: {} }).then(() => '', (error: Error) => error.message);

  test.each<[string, Reply, string]>([
    ['the vendor', { statusCode: 404, body: { error: 'no' } }, 'The vendor says so'],
    ['a page with 404', { statusCode: 404, body: '<html>nginx</html>' }, 'There is no Test API at this address'],
    ['a firewall', { statusCode: 403, body: ' <!doctype html>' }, 'Something in front of Test refused the request (HTTP 403)'],
    ['a proxy that wants a password', { statusCode: 401, body: 'Unauthorized', headers: { 'www-authenticate': 'Basic realm="x"' } }, 'Something in front of Test asks for a user name and a password'],
    ['nginx, for a large file', { statusCode: 413, body: '<html>413</html>' }, 'The request is too large for the server in front of Test'],
    ['a gateway', { statusCode: 502, body: '<html>bad gateway</html>' }, 'Test is not running behind its proxy, or does not answer it in time (HTTP 502)'],
  ])('%s', async (_name, reply, message) => {
    expect(await failing(reply)).toBe(message);
  });

  test.each<[string, RegExp]>([
    ['EPROTO', /does not speak https/], ['ECONNREFUSED', /could not be reached/], ['ERR_INVALID_URL', /not a web address/], ['DEPTH_ZERO_SELF_SIGNED_CERT', /does not trust the certificate/],
    ['SELF_SIGNED_CERT_IN_CHAIN', /does not trust the certificate/], ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', /does not trust the certificate/], ['CERT_HAS_EXPIRED', /has expired/], ['ERR_TLS_CERT_ALTNAME_INVALID', /belongs to another name/], ['ENOTFOUND', /There is no server with the name/],
  ])('%s', async (code, message) => {
    const { http } = client(() => Promise.reject(Object.assign(new Error('no'), { code, syscall: 'connect' })));
    const error = await http.request({ method: 'POST', path: '/x', body: {} }).then(() => undefined, (thrown: { message: string; description: string }) => thrown);
    expect(error!.message).toMatch(message);
    expect(error!.description).toContain(code);
    if (/does not trust/.test(error!.message)) expect(error!.description).toContain('NODE_EXTRA_CA_CERTS');
  });

  test('a token that the server quotes is blackened before its words are cut', async () => {
    const token = 'T0ken-with-more-than-thirty-two-characters-in-it';
    const { http } = client(() => ({ statusCode: 400, body: Buffer.from(JSON.stringify({ message: `${'x'.repeat(280)} ${token}` })) }), {}, { secrets: [token] });
    const error = await http.request({ method: 'GET', path: '/x' }).then(() => undefined, (thrown: Error) => thrown);
    expect(error!.message).toContain('***');
    expect(error!.message).not.toContain(token.slice(0, 12));
  });
});

describe('large, deep and slow answers', () => {
  let server: Server;
  let respond: (request: IncomingMessage, response: ServerResponse) => void = () => {};
  let address: string;
  beforeAll(async () => {
    server = createServer((request, response) => respond(request, response)).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  /** As n8n does with `encoding: 'stream'`: the body comes decompressed, and is not read. */
  const streaming = (timeout = 60_000) => client(async () => {
    const response = await fetch(address, { headers: { 'accept-encoding': 'identity' } });
    const body = Readable.fromWeb(response.body as never);
    return { statusCode: response.status, body: response.headers.get('x-gzip') ? body.pipe(createGunzip()) : body };
  }, {}, { timeout });

  test('JSON is read, in any number of pieces', async () => {
    respond = (_request, response) => {
      response.write('{"name": "Jo\u00c3');
      setTimeout(() => response.end('o"}'), 20);
    };
    expect(await streaming().http.request({ method: 'GET', path: '/x' })).toEqual({ name: 'JoÃo' });
  });

  test('more than 64 MB, also when it comes compressed, is left', async () => {
    const bomb = gzipSync(Buffer.alloc(80 * 1024 * 1024, ' '));
    expect(bomb.length).toBeLessThan(100_000);
    respond = (_request, response) => response.writeHead(200, { 'x-gzip': '1' }).end(bomb);
    await expect(streaming().http.request({ method: 'GET', path: '/x' })).rejects.toThrow('The answer of Test is too large');
  });

  test('a byte at a time ends with the timeout', async () => {
    respond = (_request, response) => {
      const timer = setInterval(() => response.write(' '), 50);
      response.on('close', () => clearInterval(timer));
    };
    const started = performance.now();
    await expect(streaming(700).http.request({ method: 'POST', path: '/x', body: {} })).rejects.toThrow('Test did not answer in time');
    expect(performance.now() - started).toBeLessThan(3_000);
  });

  test('3,000 lists inside each other are no data', async () => {
    respond = (_request, response) => response.end(`{"a":${'['.repeat(3_000)}${']'.repeat(3_000)}}`);
    await expect(streaming().http.request({ method: 'POST', path: '/x', body: {} })).rejects.toThrow('Test answered with something that is not data');
  });

  test('depth is counted outside of texts', () => {
    expect(isDeeperThan('{"a":"[[[[[[[[[[","b":[1,"\\"[[[["]}', 2)).toBe(false);
    expect(isDeeperThan('[[[1]]]', 2)).toBe(true);
    expect(isDeeperThan(JSON.stringify(Array.from({ length: 1_000 }, () => ({ a: [] }))), 3)).toBe(false);
  });
});
