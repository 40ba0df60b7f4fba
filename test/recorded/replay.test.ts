import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import type { INodeParameters } from 'n8n-workflow';

import { ChatwootAccessTokenApi } from '../../credentials/ChatwootAccessTokenApi.credentials';
import { Chatwoot } from '../../nodes/Chatwoot/Chatwoot.node';
import { runNode } from '../harness/engine';
import { checkSchema, widenSchema } from '../harness/schemas';
import { readRun, RECORDING, type RecordedCall, type RecordedExchange } from './recording';

const { calls, exchanges } = readRun(RECORDING);
const keyOf = (method: string, path: string, page: unknown) => `${method} ${path} ${page === undefined || page === null ? '1' : String(page)}`;
const isRead = ({ method, path }: RecordedExchange) => method === 'GET' || path.endsWith('/filter');
/** Good answers of the server to reads, by what was asked. */
const answers = new Map<string, RecordedExchange>();
for (const one of exchanges.values()) if (isRead(one) && one.status === 200) answers.set(keyOf(one.method, one.path, one.query.page), one);

const sentBy = ({ exchanges: ids }: RecordedCall) => ids.flatMap((id) => exchanges.get(id) ?? []);
/** Reads that succeeded, as the node showed them to people; addresses in them name another host. */
const reads = calls.filter((call) => call.kind === 'operation' && call.status === 'success' && call.as === 'admin' && (call.parameters?.output ?? 'simplified') === 'simplified'
  && !/by address/.test(call.variant) && sentBy(call).length > 0 && sentBy(call).every((one) => isRead(one) && one.status === 200 && one.answer !== undefined && one.answer !== null));
const byOperation = reads.reduce((map, call) => map.set(call.name, [...(map.get(call.name) ?? []), call]), new Map<string, RecordedCall[]>());

let server: Server;
let url = '';
/** What is answered now: the exchanges of the call, else the same question of another. */
let now = new Map<string, RecordedExchange>();
let unknown: string[] = [];

beforeAll(async () => {
  server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
    const asked = keyOf(request.method ?? 'GET', pathname, searchParams.get('page'));
    const found = now.get(asked) ?? answers.get(asked);
    if (!found) unknown.push(asked);
    request.resume();
    response.writeHead(found?.status ?? 404, { 'content-type': 'application/json' }).end(JSON.stringify(found?.answer ?? { error: 'Resource could not be found' }));
  });
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => { server.closeAllConnections(); server.close(); });

/** One call of the recording with today's node: an error, or what does not fit the preview; undefined when it is fine. */
async function replayed(call: RecordedCall): Promise<string | undefined> {
  const [resource = '', operation = ''] = call.name.split(':');
  now = new Map(sentBy(call).map((one) => [keyOf(one.method, one.path, one.query.page), one]));
  unknown = [];
  const result = await runNode(Chatwoot, { resource, operation, ...call.parameters, options: { giveUpAfter: 0.5 } } as INodeParameters, {
    credentials: [ChatwootAccessTokenApi], credentialValues: { chatwootAccessTokenApi: { url, accessToken: 'x', accountId: '1' } },
  });
  // What nobody asked that server cannot be answered.
  if (result.error) return unknown.length > 0 ? undefined : `${call.variant}: ${result.error.message}`;
  if (unknown.length === 0 && call.rowCount > 0 && result.rows.length === 0) return `${call.variant}: no items of ${call.rowCount}`;
  // The names of custom attributes are the account's own.
  const rows = result.rows.filter((row) => row.summary !== true).map((row) => Object.fromEntries(Object.entries(row).map(([key, value]) => [key, /^custom(?:Attributes|Fields)$/.test(key) ? {} : value])));
  if (process.env.UPDATE_SCHEMAS === '1') widenSchema('Chatwoot', resource, operation, rows);
  try {
    checkSchema('Chatwoot', resource, operation, rows);
  } catch (error) {
    return `${call.variant}: ${(error as Error).message}`;
  }
  return undefined;
}

describe("today's node with the answers of a server", () => {
  it('has the reads of most resources', () => {
    expect(byOperation.size).toBeGreaterThan(50);
    expect(reads.length).toBeGreaterThan(200);
  });

  it.each([...byOperation])('%s makes items that fit the preview', async (_name, all) => {
    const wrong: string[] = [];
    for (const call of all) {
      const problem = await replayed(call);
      if (problem) wrong.push(problem);
    }
    expect(wrong).toEqual([]);
  });
});
