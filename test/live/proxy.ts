/**
 * Stands between the node and a Chatwoot server: writes every exchange down and holds both sides to the contract.
 * Alone: `tsx test/live/proxy.ts --target http://127.0.0.1:3000 --port 3001 --file exchanges.jsonl`.
 */
import { appendFileSync, mkdirSync } from 'node:fs';
import { Agent, createServer, request as httpRequest, type IncomingMessage, type OutgoingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';

import { groupFields, parseBody } from '../sandbox/body';
import { loadContract, type ContractOperation } from '../sandbox/contract';

export interface Exchange {
  id: number;
  /** Number of the call in calls.jsonl that it belongs to; 0: not the node's. */
  call: number;
  method: string;
  path: string;
  query: Record<string, string | string[]>;
  /** Names of the request's headers. */
  headers: string[];
  /** Whose token came along; `unknown` for a foreign one, absent for none. */
  token?: string;
  body?: unknown;
  /** 0: the server did not answer. */
  status: number;
  responseHeaders: Record<string, string>;
  answer?: unknown;
  ms: number;
  /** Operation of the contract. */
  operationId?: string;
  /** What the contract says against the request, and against the answer. */
  requestProblems: string[];
  answerProblems: string[];
  /** Not sent on, see {@link Proxy.guarded}. */
  held?: true;
}

export interface Proxy {
  url: string;
  exchanges: Exchange[];
  /** The call that requests belong to from now on. */
  call: number;
  /** While set, writes that the contract does not keep for administrators are held back: a look at what an agent may do changes nothing. */
  guarded: boolean;
  /** Texts to hide, by the name to show in their place. */
  tokens: Record<string, string>;
  close(): Promise<void>;
}

/** Requests that carry this header with value 0 belong to no call. */
export const CALL_HEADER = 'x-real-call';
const HOP = new Set(['connection', 'keep-alive', 'transfer-encoding', 'content-length', 'host', 'accept-encoding', CALL_HEADER]);
const KEPT = ['content-type', 'location', 'retry-after', 'x-request-id', 'cache-control'];

export async function startProxy({ target, file, port = 0, tokens = {} }: { target: string; file?: string; port?: number; tokens?: Record<string, string> }): Promise<Proxy> {
  const contract = loadContract('chatwoot');
  const agent = new Agent({ keepAlive: true });
  const upstream = new URL(target);
  if (file) mkdirSync(dirname(file), { recursive: true });
  let count = 0;

  const server = createServer((request, response) => {
    void (async () => {
      const started = performance.now();
      const raw = await readAll(request);
      const [path = '/', search = ''] = (request.url ?? '/').split(/\?(.*)/s);
      const body = await parseBody(raw, request.headers['content-type']);
      const match = contract.match(request.method ?? 'GET', path);
      const operation = 'operation' in match ? match.operation : undefined;
      const exchange: Exchange = {
        id: (count += 1), call: request.headers[CALL_HEADER] === undefined ? proxy.call : 0, method: request.method ?? 'GET', path, query: groupFields(new URLSearchParams(search)),
        headers: Object.keys(request.headers).filter((name) => name !== CALL_HEADER), body: body.value, status: 0, responseHeaders: {}, ms: 0, operationId: operation?.operationId,
        requestProblems: [], answerProblems: [],
      };
      const sent = String(request.headers['api-access-token'] ?? request.headers.api_access_token ?? '');
      if (sent) exchange.token = Object.keys(proxy.tokens).find((name) => proxy.tokens[name] === sent) ?? 'unknown';
      if ('operation' in match) {
        if (body.mediaType === 'multipart/form-data' && body.value) body.value = contract.typedMultipart(match.operation, body.value as Record<string, unknown>);
        const checked = contract.checkRequest(match.operation, { params: match.params, query: exchange.query, headers: request.headers, body: body.value, mediaType: body.mediaType });
        exchange.requestProblems = [...(body.problem ? [body.problem] : []), ...checked.errors, ...checked.valueErrors];
      } else exchange.requestProblems = [match.missing === 'path' ? 'the contract has no such path' : 'the contract has no such method on this path'];

      let payload: Buffer = Buffer.alloc(0);
      let headers: OutgoingHttpHeaders = {};
      if (proxy.guarded && exchange.method !== 'GET' && operation?.object['x-role'] !== 'administrator') {
        Object.assign(exchange, { held: true, status: 499 });
        payload = Buffer.from('{"error":"Held back by the proxy"}');
        headers = { 'content-type': 'application/json' };
      } else {
        try {
          const answer = await forward(request, raw);
          payload = answer.payload;
          headers = Object.fromEntries(Object.entries(answer.response.headers).filter(([name]) => !HOP.has(name)));
          exchange.status = answer.response.statusCode ?? 0;
          exchange.responseHeaders = Object.fromEntries(KEPT.flatMap((name) => (headers[name] === undefined ? [] : [[name, String(headers[name])]])));
          exchange.answer = readAnswer(payload, exchange.responseHeaders['content-type']);
          if (operation) exchange.answerProblems = answerProblems(operation, exchange, payload);
        } catch (error) {
          payload = Buffer.from(JSON.stringify({ error: `The proxy got no answer: ${(error as Error).message}` }));
          headers = { 'content-type': 'application/json' };
        }
      }
      exchange.ms = Math.round(performance.now() - started);
      proxy.exchanges.push(exchange);
      if (file) appendFileSync(file, `${masked(JSON.stringify(exchange), proxy.tokens)}\n`);
      response.writeHead(exchange.status || 502, { ...headers, 'content-length': payload.length });
      response.end(payload);
    })().catch((error: unknown) => {
      response.destroy(error as Error);
    });
  });
  // Longer than the caller keeps a connection, so that none is cut when it is used again.
  server.keepAliveTimeout = 60_000;

  const forward = async (request: IncomingMessage, raw: Buffer) => await new Promise<{ response: IncomingMessage; payload: Buffer }>((resolve, reject) => {
    const kept = Object.fromEntries(Object.entries(request.headers).filter(([name]) => !HOP.has(name)));
    const outgoing = httpRequest(
      { agent, hostname: upstream.hostname, port: upstream.port || 80, method: request.method, path: request.url, headers: { ...kept, host: upstream.host, ...(raw.length ? { 'content-length': raw.length } : {}) } },
      (response) => { readAll(response).then((payload) => resolve({ response, payload }), reject); },
    );
    outgoing.on('error', reject);
    outgoing.end(raw);
  });

  /** The contract's checker stops at 20 problems, so of a long list single rows are looked at as well. */
  const answerProblems = (operation: ContractOperation, { status, answer, responseHeaders }: Exchange, payload: Buffer): string[] => {
    const type = responseHeaders['content-type'];
    const isJson = type?.includes('json') ?? false;
    if (!isJson && payload.length > 0) return status < 400 ? contract.checkAnswer(operation, status, undefined, type) : [];
    const problems = contract.checkAnswer(operation, status, answer, type);
    const more = problems.length < 20 ? [] : [0, -1].flatMap((at) => contract.checkAnswer(operation, status, cut(answer, at), type));
    return [...new Set([...problems, ...more].map((one) => one.replace(/\/\d+(?=\/|\s)/g, '/*')))];
  };

  const proxy: Proxy = {
    url: '', exchanges: [], call: 0, guarded: false, tokens,
    close: async () => {
      agent.destroy();
      server.closeAllConnections();
      await new Promise<void>((resolve) => { server.close(() => resolve()); });
    },
  };
  await new Promise<void>((resolve, reject) => { server.once('error', reject).listen(port, '127.0.0.1', resolve); });
  proxy.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return proxy;
}

async function readAll(stream: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

function readAnswer(payload: Buffer, type = ''): unknown {
  if (payload.length === 0) return undefined;
  if (!type.includes('json')) return /^text|xml|csv/.test(type) ? payload.toString('utf8').slice(0, 5000) : `${payload.length} bytes`;
  try {
    return JSON.parse(payload.toString('utf8')) as unknown;
  } catch {
    return payload.toString('utf8').slice(0, 5000);
  }
}

/** Every list of it with one row. */
function cut(value: unknown, at: number): unknown {
  if (Array.isArray(value)) return value.slice(at).slice(0, 1).map((one) => cut(one, at));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, cut(one, at)]));
}

export function masked(text: string, tokens: Record<string, string>): string {
  return Object.entries(tokens).reduce((sum, [name, token]) => (token ? sum.split(token).join(`<${name}>`) : sum), text);
}

if (require.main === module) {
  const { values } = parseArgs({ options: { target: { type: 'string', default: 'http://127.0.0.1:3000' }, port: { type: 'string', default: '3001' }, file: { type: 'string', default: 'artifacts/live/exchanges.jsonl' } } });
  void startProxy({ target: values.target, port: Number(values.port), file: values.file }).then(({ url }) => console.log(`${url} -> ${values.target}, written to ${values.file}`));
}
