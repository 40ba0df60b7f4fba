/** What anybody may send to a public webhook must not keep a real n8n from answering others, fill its memory or look into its network. */
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';

import { startSandbox, type Sandbox } from '../sandbox';
import { outputOf, type StoredCredential } from './client';
import { createSandboxCredentials } from './examples';
import { sharedN8n, type SharedN8n } from './shared';

let n8n: SharedN8n;
let sandbox: Sandbox;
let credentials: StoredCredential[];

beforeAll(async () => {
  n8n = await sharedN8n();
  sandbox = await startSandbox();
  credentials = await createSandboxCredentials(n8n.client, sandbox);
});

afterAll(async () => {
  await Promise.all(credentials.map(async ({ id }) => await n8n.client.deleteCredential(id)));
  await sandbox.close();
});

const mb = (piece: string) => piece.repeat(Math.ceil(1_000_000 / piece.length));

test('1 MB of the worst texts to Chatwoot: Create Contact leaves the health check under a second', async () => {
  const workflow = await n8n.client.importWorkflow({
    name: 'Public webhook to contact',
    nodes: [
      { id: 'hook', name: 'Webhook', type: 'n8n-nodes-base.webhook', typeVersion: 2, position: [0, 0], webhookId: 'long-texts', parameters: { httpMethod: 'POST', path: 'long-texts', responseMode: 'onReceived' } },
      {
        id: 'create', name: 'Create', type: 'n8n-nodes-kinbox-chatwoot-callbell.chatwoot', typeVersion: 1, position: [200, 0], onError: 'continueRegularOutput',
        parameters: { resource: 'contact', operation: 'create', contactSource: 'previousNode' }, credentials: { chatwootAccessTokenApi: { id: 'sandbox', name: 'sandbox' } },
      },
    ],
    connections: { Webhook: { main: [[{ node: 'Create', type: 'main', index: 0 }]] } },
  }, credentials);
  try {
    await n8n.client.activate(workflow.id);
    const known: string[] = [];
    let slowest = 0;
    for (const contact of [{ name: 'Ana', avatar: `https://${mb('a')}\n` }, { name: 'Ana', email: mb('a@') }, { name: 'Ana', notes: mb('1 '), tags: mb('a,') }]) {
      const answered = n8n.client.callWebhook('long-texts', contact);
      let isOver = false;
      const ended = answered.then(async () => await n8n.client.waitForNewExecution(workflow.id, known)).then((execution) => { known.push(execution.id); }).finally(() => { isOver = true; });
      while (!isOver) {
        const started = performance.now();
        expect((await fetch(`${n8n.url}/healthz`)).status).toBe(200);
        slowest = Math.max(slowest, performance.now() - started);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      await ended;
    }
    console.log(`Slowest health check: ${Math.round(slowest)} ms`);
    expect(known).toHaveLength(3);
    expect(slowest).toBeLessThan(1000);
  } finally {
    await n8n.client.deleteWorkflow(workflow.id);
  }
}, 60_000);

describe('files of unsigned events', () => {
  const megabyte = 1024 * 1024;
  /** Megabytes of memory that n8n may need besides what it had: a file at the cap twice, as pieces and in one, and room to collect garbage. */
  const mostMemory = 300;
  let server: Server;
  let origin: string;
  let credential: StoredCredential;
  let workflowId: string;
  const asked: string[] = [];
  /** Bytes that the server got rid of. */
  let written = 0;

  /** Goes on until nobody takes it any more, or it is whole. */
  const pour = (response: ServerResponse, whole: number) => {
    const piece = Buffer.alloc(megabyte / 4, 'x');
    const more = () => {
      while (!response.destroyed && written < whole) {
        written += piece.length;
        if (!response.write(piece)) return void response.once('drain', more);
      }
      response.end();
    };
    more();
  };
  const pages: Record<string, (response: ServerResponse, request: IncomingMessage) => void> = {
    '/small.jpg': (response) => { response.writeHead(200, { 'content-type': 'image/jpeg' }).end('jpg!'); },
    '/large.bin': (response) => pour(response, 500 * megabyte),
    '/told.bin': (response) => { response.writeHead(200, { 'content-length': String(500 * megabyte) }); pour(response, 500 * megabyte); },
    '/bomb.bin': (response) => { response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(Buffer.alloc(500 * megabyte))); },
    '/drip.bin': (response) => {
      response.writeHead(200).write('x');
      const drip = setInterval(() => response.write('x'), 1000);
      response.on('close', () => clearInterval(drip));
    },
    '/home.bin': (response) => { response.writeHead(302, { location: `http://localhost:${new URL(origin).port}/secret` }).end(); },
    '/cloud.bin': (response) => { response.writeHead(307, { location: 'http://169.254.169.254/latest/meta-data/' }).end(); },
    '/secret': (response) => { response.end('secret of the own network'); },
  };

  /** Megabytes that the process of n8n holds at most since {@link forgetPeak}; undefined where the system does not tell. */
  const memory = (what: 'VmHWM' | 'VmRSS') => Number(new RegExp(`${what}:\\s+(\\d+) kB`).exec(readFileSync(`/proc/${n8n.pid}/status`, 'utf8'))?.[1]) / 1024;
  const forgetPeak = () => { writeFileSync(`/proc/${n8n.pid}/clear_refs`, '5'); };

  beforeAll(async () => {
    server = createServer((request, response) => {
      asked.push(request.url ?? '');
      (pages[request.url ?? ''] ?? ((one) => { one.writeHead(404).end(); }))(response, request);
    });
    await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    // The server of the credential may be asked though it is on this machine.
    credential = await n8n.client.createCredential('chatwootAccessTokenApi', 'Files', { url: origin, accessToken: 'tok-0123456789abcdef', accountId: '1' });
    const { id } = await n8n.client.createWorkflow({
      name: 'Files of unsigned events',
      nodes: [{
        id: 'trigger', name: 'Trigger', type: 'n8n-nodes-kinbox-chatwoot-callbell.chatwootTrigger', typeVersion: 1, position: [0, 0], webhookId: 'unsigned-files',
        parameters: { events: ['message_created'], registration: 'manual', acceptUnsigned: true, download: true }, credentials: { chatwootAccessTokenApi: { id: credential.id, name: credential.name } },
      }],
      connections: {},
    });
    workflowId = id;
    await n8n.client.activate(id);
  });
  afterAll(async () => {
    await n8n.client.deleteWorkflow(workflowId);
    await n8n.client.deleteCredential(credential.id);
    server.closeAllConnections();
    server.close();
  });

  test.each<{ what: string; files: string[]; reasons: string[]; asks?: string[] }>([
    { what: 'a small file is there', files: ['/small.jpg'], reasons: [], asks: ['/small.jpg'] },
    { what: '500 MB without a length end at the cap', files: ['/large.bin'], reasons: ['it is larger than 64 MB'] },
    { what: '500 MB that are told are not read', files: ['/told.bin'], reasons: ['it is larger than 64 MB'] },
    { what: '500 kB that unpack to 500 MB end at the cap', files: ['/bomb.bin'], reasons: ['it is larger than 64 MB'] },
    { what: 'one byte a second is given up', files: ['/drip.bin'], reasons: ['its server sends less than a kilobyte a second'] },
    { what: 'this machine, clouds and redirects there are not asked', files: ['http://[::1]:5678/x', 'http://localhost:5678/x', 'http://169.254.169.254/x', '/home.bin', '/cloud.bin'], reasons: Array<string>(5).fill('its address leads into a private network'), asks: ['/home.bin', '/cloud.bin'] },
    { what: 'of 200 files 30 are fetched', files: Array<string>(200).fill('/small.jpg'), reasons: Array<string>(170).fill('there are more than 30 files'), asks: Array<string>(30).fill('/small.jpg') },
  ])('$what', async ({ what, files, reasons, asks }) => {
    const known = (await n8n.client.executions(workflowId)).map(({ id }) => id);
    const [told, before] = [asked.length, memory('VmRSS')];
    written = 0;
    forgetPeak();
    const started = Date.now();
    const sent = await n8n.client.callWebhook('unsigned-files/webhook', {
      event: 'message_created', id: 1000 + known.length, message_type: 'incoming', content: what, account: { id: 1 }, conversation: { id: 1 }, sender: { id: 1, name: 'Ana' },
      attachments: files.map((file, index) => ({ id: index, file_type: 'file', data_url: file.startsWith('/') ? `${origin}${file}` : file })),
    });
    expect(sent.status).toBe(200);
    expect(Date.now() - started).toBeLessThan(2000);
    const execution = await n8n.client.waitForNewExecution(workflowId, known, 40_000);
    const grown = Math.round(memory('VmHWM') - before);
    console.log(`${what}: ${Math.round((Date.now() - started) / 100) / 10} s, peak memory ${grown} MB above ${Math.round(before)} MB, ${Math.round(written / megabyte)} MB read`);
    const [item] = outputOf(execution, 'Trigger');
    // The event is handed on in any case, and says what it lacks and why.
    expect(item).toMatchObject({ content: what });
    expect(item?.filesNotFetchedReasons ?? []).toEqual(reasons);
    if (asks) expect(asked.slice(told)).toEqual(asks);
    expect(asked).not.toContain('/secret');
    expect(written).toBeLessThan(100 * megabyte);
    expect(grown).toBeLessThan(mostMemory);
  }, 60_000);
});
