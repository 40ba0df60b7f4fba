import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { NodeApiError } from 'n8n-workflow';

import { Kinbox } from '../../../nodes/Kinbox/Kinbox.node';
import type { Fault } from '../../sandbox';
import { useNode } from '../support';

/**
 * What is retried, what is not, and what the person reads, for each class of failure: a read (custom fields), which
 * may be repeated, and a write (a new contact), which may not be sent twice.
 */
const bench = useNode('Kinbox', Kinbox);

const read = async (credential = {}) => await bench.run('customField', 'getAll', { returnAll: true }, { credential: { kinboxApi: credential }, skipSchema: true });
const write = async (credential = {}, options = {}) => await bench.run('contact', 'create', { name: 'Ana Souza', email: 'ana.souza@example.com', options }, { credential: { kinboxApi: credential }, skipSchema: true });
const contacts = () => bench.sandbox.requests.filter(({ method, status }) => method === 'POST' && status === 201).length;
const fail = (fault: Omit<Fault, 'vendor'>) => bench.sandbox.inject({ ...fault, vendor: 'kinbox' });

interface Case {
  fault: Omit<Fault, 'vendor'>;
  /** Attempts of a write; a read gets through at the second. */
  writeIsRepeated: boolean;
  /** What a person reads when it does not get better. */
  message: RegExp;
  /** Whether the write was carried out although it failed. */
  carriedOut?: boolean;
  /** Whether the person is told that it may have been. */
  unsure: boolean;
}

describe.each<[string, Case]>([
  ['reset before the request was handled', { fault: { kind: 'reset' }, writeIsRepeated: false, message: /connection to Kinbox broke off/, unsure: true }],
  ['reset after the request was handled', { fault: { kind: 'reset-after-handling' }, writeIsRepeated: false, carriedOut: true, message: /connection to Kinbox broke off/, unsure: true }],
  ['cut off JSON', { fault: { kind: 'truncate' }, writeIsRepeated: false, carriedOut: true, message: /broke off|not data/, unsure: true }],
  ['empty 200', { fault: { kind: 'empty' }, writeIsRepeated: false, message: /not data/, unsure: true }],
  ['500', { fault: { kind: 'status', status: 500 }, writeIsRepeated: false, message: /Kinbox could not handle the request \(HTTP 500\)/, unsure: true }],
  ['503', { fault: { kind: 'status', status: 503 }, writeIsRepeated: false, message: /HTTP 503/, unsure: true }],
  ['502 with a web page', { fault: { kind: 'html', status: 502 }, writeIsRepeated: false, message: /HTTP 502/, unsure: true }],
  ['429 without Retry-After', { fault: { kind: 'status', status: 429, times: 2 }, writeIsRepeated: true, message: /keeps throttling/, unsure: false }],
  ['429 with Retry-After', { fault: { kind: 'status', status: 429, headers: { 'retry-after': '1' } }, writeIsRepeated: true, message: /keeps throttling/, unsure: false }],
])('%s', (_name, { fault, writeIsRepeated, message, carriedOut, unsure }) => {
  test('a read is repeated and gets through', async () => {
    fail({ times: 1, ...fault });
    const result = await read();
    expect(result.error).toBeUndefined();
    expect(result.rows.length).toBeGreaterThan(0);
    expect(result.requests.length).toBe((fault.times ?? 1) + 1);
  });

  test(writeIsRepeated ? 'a write is repeated, because nothing was done' : 'a write is sent once', async () => {
    fail({ times: 1, ...fault });
    const result = await write();
    expect(result.requests.length).toBe(writeIsRepeated ? (fault.times ?? 1) + 1 : 1);
    if (writeIsRepeated) expect(result.rows).toHaveLength(1);
    else {
      expect(result.error).toBeInstanceOf(NodeApiError);
      expect(result.error!.message).toMatch(message);
      expect(/not known whether Kinbox has carried/.test(result.error!.description ?? '')).toBe(unsure);
    }
    if (carriedOut) expect([...bench.sandbox.kinbox.state.contacts.values()].filter(({ email }) => email === 'ana.souza@example.com')).toHaveLength(1);
  });
});

test('a read gives up after four attempts, with one sentence', async () => {
  fail({ kind: 'status', status: 502 });
  const result = await read();
  expect(result.requests).toHaveLength(4);
  expect(result.error!.message).toBe('Kinbox could not handle the request (HTTP 502) [item 0]');
});

test('a throttled item waits, and fails only after the time the person set', async () => {
  fail({ kind: 'status', status: 429, headers: { 'retry-after': '0.2' } });
  const started = Date.now();
  const result = await write({}, { giveUpAfter: 0.02 });
  expect(Date.now() - started).toBeGreaterThan(1_000);
  expect(result.error!.message).toMatch(/^Kinbox keeps throttling the requests/);
  expect(result.error!.description).toContain("'Give Up After'");
  expect(contacts()).toBe(0);
});

test('a timeout is an error that says what to change; a write is not sent again', async () => {
  fail({ kind: 'hang', ms: 5_000 });
  const result = await write({}, { timeout: 0.3 });
  expect(result.error!.message).toMatch(/^Kinbox did not answer in time/);
  expect(result.error!.description).toContain("'Timeout'");
  expect(result.error!.description).toContain('not known whether');
});

describe('never reached', () => {
  const refusedPort = async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as AddressInfo;
    await new Promise((resolve) => server.close(resolve));
    return port;
  };

  test('connection refused: a write is tried again, since the server saw nothing', async () => {
    const host = `http://127.0.0.1:${await refusedPort()}`;
    const result = await write({ host }, { addSummary: true });
    expect(result.error!.message).toMatch(`Kinbox could not be reached at ${host}`);
    expect(result.error!.description).not.toContain('not known whether');
  });

  test('a server that comes back while we wait gets the write once', async () => {
    const port = await refusedPort();
    let received = 0;
    let server: Server | undefined;
    const starting = setTimeout(() => {
      server = createServer((request, response) => {
        received += 1;
        request.resume().on('end', () => response.writeHead(201, { 'content-type': 'application/json' }).end('{"id":"1","name":"Ana Souza"}'));
      }).listen(port, '127.0.0.1');
    }, 400);
    const result = await write({ host: `http://127.0.0.1:${port}` });
    clearTimeout(starting);
    server?.closeAllConnections();
    await new Promise((resolve) => server!.close(resolve));
    expect(result.rows).toHaveLength(1);
    expect(received).toBe(1);
  });

  test('an unknown host is said at once', async () => {
    const started = Date.now();
    const result = await write({ host: 'https://kinbox.invalid' });
    expect(result.error!.message).toMatch(/^(There is no server with the name in https:\/\/kinbox\.invalid|Kinbox could not be reached)/);
    expect(Date.now() - started).toBeLessThan(20_000);
  });

  test('no TLS where TLS is expected', async () => {
    const result = await write({ host: bench.sandbox.kinbox.url.replace('http:', 'https:') });
    expect(result.error!.message).toMatch(/^https:\/\/127\.0\.0\.1:\d+ does not speak https/);
    expect(result.error!.description).toContain('Check the address in the credential');
  });

  test('a host that is no address', async () => {
    const result = await write({ host: 'api4 kinbox' });
    expect(result.error).toBeDefined();
    expect(result.error!.message).toMatch(/\[item 0\]$/);
  });
});

test('a redirect is not followed, and the token goes nowhere else', async () => {
  const seen: unknown[] = [];
  const stranger = createServer((request, response) => {
    seen.push(request.headers);
    response.end('{}');
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => stranger.once('listening', resolve));
  const origin = `http://127.0.0.1:${(stranger.address() as AddressInfo).port}`;
  try {
    for (const status of [301, 302, 307, 308]) {
      bench.sandbox.clearFaults();
      fail({ kind: 'status', status, headers: { location: `${origin}/v3/contacts` }, body: '' });
      const result = await write();
      expect(result.error!.message).toBe(`Kinbox redirects to ${origin} [item 0]`);
    }
    expect(seen).toEqual([]);
  } finally {
    await new Promise((resolve) => stranger.close(resolve));
  }
});
