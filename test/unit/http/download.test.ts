/** Files from addresses that anybody may have written: within caps, and never from the own network. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';

import type { IHttpRequestOptions, IWebhookFunctions } from 'n8n-workflow';
import axios from 'axios';

import { isPrivateHost } from '../../../nodes/shared/http/addresses';
import { cleanFileName, Downloader, fileNameOf, type DownloadLimits } from '../../../nodes/shared/http/download';

const kilobyte = 1024;
let server: Server;
let origin: string;
let answers: Record<string, (response: ServerResponse, request: IncomingMessage) => void>;
let asked: string[] = [];
/** Bytes that the server got rid of, before the connection was ended. */
let written = 0;
beforeAll(async () => {
  server = createServer((request, response) => {
    asked.push(request.url ?? '');
    (answers[request.url ?? ''] ?? ((one) => { one.writeHead(404).end(); }))(response, request);
  });
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
beforeEach(() => {
  asked = [];
  written = 0;
  answers = {};
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

/** n8n's request helper, as far as a download uses it; `blocked` plays its check of what names lead to. */
const context = (blocked?: (url: string) => boolean) => ({
  helpers: {
    async httpRequest({ url, headers, timeout, abortSignal, disableFollowRedirect }: IHttpRequestOptions) {
      const { data, status, headers: got } = await axios.get(url, { headers: headers as never, timeout, signal: abortSignal as never, responseType: 'stream', validateStatus: () => true, maxRedirects: disableFollowRedirect ? 0 : 5 });
      return { body: data as unknown, statusCode: status, headers: got };
    },
    ...(blocked ? { getSecureEgressFilter: () => ({ validateUrl: async (url: string) => await Promise.resolve({ ok: !blocked(url) }) }) } : {}),
  },
}) as unknown as IWebhookFunctions;
const small: DownloadLimits = { fileBytes: 64 * kilobyte, totalBytes: 100 * kilobyte, files: 3, milliseconds: 1500, stretch: 20_000 };
const get = async (path: string, limits: Partial<DownloadLimits> = {}) => await new Downloader(context(), { allowPrivate: true, limits: { ...small, ...limits } }).fetch(`${origin}${path}`);
/** A body that goes on until nobody takes it any more. */
const endless = (response: ServerResponse) => {
  const more = () => {
    while (!response.destroyed && written < 500 * kilobyte * kilobyte) {
      written += 16 * kilobyte;
      if (!response.write(Buffer.alloc(16 * kilobyte))) return void response.once('drain', more);
    }
  };
  more();
};

it('gives bytes, type and name', async () => {
  answers['/a/foto%20nova.jpg?sig=1'] = (response) => { response.writeHead(200, { 'content-type': 'image/jpeg; charset=binary' }).end('jpg!'); };
  expect(await get('/a/foto%20nova.jpg?sig=1')).toEqual({ data: Buffer.from('jpg!'), mimeType: 'image/jpeg', fileName: 'foto nova.jpg' });
});

it('stops reading a file without end at the cap', async () => {
  answers['/endless'] = endless;
  await expect(get('/endless')).rejects.toThrow('it is larger than 65536 bytes');
  // What the sockets hold, not the 500 MB.
  expect(written).toBeLessThan(16 * kilobyte * kilobyte);
});

it('reads nothing of a file whose length is told and too large', async () => {
  answers['/told'] = (response) => { response.writeHead(200, { 'content-length': String(500 * kilobyte * kilobyte) }); endless(response); };
  await expect(get('/told')).rejects.toThrow('it is larger than');
  expect(written).toBeLessThan(16 * kilobyte * kilobyte);
  asked = [];
  await expect(new Downloader(context(), { allowPrivate: true, limits: small }).fetch(`${origin}/told`, 70 * kilobyte)).rejects.toThrow('it is larger than');
  expect(asked).toEqual([]);
});

it('counts what a packed file unpacks to', async () => {
  const bomb = gzipSync(Buffer.alloc(50 * kilobyte * kilobyte));
  answers['/bomb'] = (response) => { response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb); };
  const before = process.memoryUsage().arrayBuffers;
  await expect(get('/bomb')).rejects.toThrow('it is larger than 65536 bytes');
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(20 * kilobyte * kilobyte);
});

it('gives up on one byte a second, and on a server that says nothing', async () => {
  answers['/slow'] = (response) => {
    const drip = setInterval(() => { if (!response.write('x')) clearInterval(drip); }, 300);
    response.on('close', () => clearInterval(drip));
  };
  answers['/silent'] = () => undefined;
  for (const path of ['/slow', '/silent']) {
    const began = Date.now();
    await expect(get(path)).rejects.toThrow('it took longer than 2 seconds');
    expect(Date.now() - began).toBeLessThan(4000);
  }
});

it('gives up sooner on a server that sends next to nothing, not on a slow one', async () => {
  const dripping = (bytes: number): (response: ServerResponse) => void => (response) => {
    let left = 8;
    const drip = setInterval(() => { if ((left -= 1) === 0) response.end(); else response.write('x'.repeat(bytes)); }, 50);
    response.on('close', () => clearInterval(drip));
  };
  Object.assign(answers, { '/drops': dripping(1), '/slowly': dripping(200) });
  await expect(get('/drops', { stretch: 100 })).rejects.toThrow('its server sends less than a kilobyte a second');
  expect((await get('/slowly', { stretch: 100 })).data).toHaveLength(1400);
});

it('counts files, their sum and their time together', async () => {
  answers['/a'] = (response) => { response.end(Buffer.alloc(60 * kilobyte)); };
  const downloader = new Downloader(context(), { allowPrivate: true, limits: small });
  await downloader.fetch(`${origin}/a`);
  await expect(downloader.fetch(`${origin}/a`)).rejects.toThrow('the files together have more than');
  await expect(downloader.fetch(`${origin}/b`)).rejects.toThrow('its server answered with HTTP 404');
  await expect(downloader.fetch(`${origin}/a`)).rejects.toThrow('there are more than 3 files');
});

it('sends no credential, and asks for nothing packed', async () => {
  let headers: IncomingMessage['headers'] = {};
  answers['/a'] = (response, request) => { ({ headers } = request); response.end('x'); };
  await get('/a');
  expect(headers).toMatchObject({ 'accept-encoding': 'identity' });
  expect(Object.keys(headers)).not.toEqual(expect.arrayContaining(['authorization']));
  expect(headers['api-access-token']).toBeUndefined();
});

describe('the own network', () => {
  it.each(['http://[::1]:80/x', 'http://127.0.0.1/x', 'http://localhost/x', 'http://169.254.169.254/latest/meta-data/', 'http://2130706433/x', 'http://0x7f.1/x', 'http://[::ffff:10.0.0.1]/x', 'http://n8n:5678/x', 'http://metadata.google.internal/x'])('%s is not asked', async (url) => {
    await expect(new Downloader(context()).fetch(url)).rejects.toThrow('its address leads into a private network');
  });

  it('is not asked by a name that leads there, nor by a redirect', async () => {
    await expect(new Downloader(context((url) => url.includes('rebind'))).fetch('https://rebind.example.com/x')).rejects.toThrow('leads into a private network');
    answers['/out'] = (response) => { response.writeHead(302, { location: 'http://169.254.169.254/x' }).end(); };
    answers['/home'] = (response) => { response.writeHead(302, { location: `http://localhost:${new URL(origin).port}/secret` }).end(); };
    const trusting = () => new Downloader(context(), { trusted: [new URL(origin).host] });
    await expect(trusting().fetch(`${origin}/out`)).rejects.toThrow('leads into a private network');
    await expect(trusting().fetch(`${origin}/home`)).rejects.toThrow('leads into a private network');
    expect(asked).toEqual(['/out', '/home']);
  });

  it('is seen by the connection where n8n has no check of its own', async () => {
    answers['/a'] = (response) => { response.end('inside'); };
    // As a public name that leads to this machine: the address passes, the connection tells.
    const downloader = new Downloader(context());
    Object.assign(downloader, { check: async () => await Promise.resolve() });
    await expect(downloader.fetch(`${origin}/a`)).rejects.toThrow('leads into a private network');
  });

  it('may be asked when told, or on the server of the credential', async () => {
    answers['/a'] = (response) => { response.writeHead(302, { location: '/b' }).end(); };
    answers['/b'] = (response) => { response.end('x'); };
    expect((await get('/a')).data.toString()).toBe('x');
    expect((await new Downloader(context(), { trusted: [new URL(origin).host] }).fetch(`${origin}/a`)).data.toString()).toBe('x');
  });
});

it.each([
  ['file:///etc/passwd', 'none of http or https'],
  ['not an address', 'none of http or https'],
  ['ftp://example.com/x', 'none of http or https'],
])('%s is refused', async (url, message) => await expect(new Downloader(context()).fetch(url)).rejects.toThrow(message));

it('does not go round in circles', async () => {
  answers['/round'] = (response) => { response.writeHead(302, { location: '/round' }).end(); };
  await expect(get('/round')).rejects.toThrow('leads from address to address');
  expect(asked).toHaveLength(6);
});

it('knows private hosts in all spellings, and public ones', () => {
  const closed = ['10.1.2.3', '172.31.255.255', '192.168.0.1', '100.64.0.1', '0.0.0.0', '224.0.0.1', '255.255.255.255', '::', '::1', '[::1]', '::ffff:127.0.0.1', '::ffff:7f00:1', 'fe80::1%eth0', 'fd12::1', 'ff02::1', '64:ff9b::a00:1', '2002:a00:1::', '2001::1', 'box', 'printer.local', 'LOCALHOST.', 'a.home.arpa'];
  expect(closed.filter((host) => !isPrivateHost(host))).toEqual([]);
  const open = ['8.8.8.8', '172.32.0.1', '100.128.0.1', '192.169.0.1', '2606:4700::1111', '64:ff9b::808:808', '2002:808:808::', 'example.com', 'chat.example.com.'];
  expect(open.filter(isPrivateHost)).toEqual([]);
});

it.each([
  ['https://x.example/a/..%2F..%2Fetc%2Fpasswd', 'passwd'],
  ['https://x.example/a%0D%0ASet-Cookie:x', 'aSet-Cookie_x'],
  ['https://x.example/a%00.png', 'a.png'],
  ['https://x.example/%E2%80%AEgpj.exe', 'gpj.exe'],
  ['https://x.example/caf%E9.pdf', 'caf%E9.pdf'],
  ['https://x.example/', 'attachment'],
  ['https://x.example/..', 'attachment'],
])('%s becomes %s', (url, name) => expect(fileNameOf(url)).toBe(name));

it('keeps names short, with their ending', () => {
  const name = cleanFileName(`${'x'.repeat(5000)}.pdf`);
  expect(name.length).toBeLessThanOrEqual(150);
  expect(cleanFileName(`${'x'.repeat(500)}.pdf`)).toMatch(/^x+\.pdf$/);
  expect(cleanFileName('Orçamento nº 1.pdf')).toBe('Orçamento nº 1.pdf');
});
