import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { groupFields, parseBody, type ParsedBody } from './body';
import { loadContract, type Contract, type ContractOperation, type Match } from './contract';
import { ignoring, letsOthersAct, type Faults } from './faults';
import { RateLimits } from './limits';
import { Refusal } from './types';
import type { Answer, Call, Clock, Delivery, DeliveryRequest, Fault, Identity, RecordedRequest, SandboxOptions, VendorMetrics, Violation } from './types';
import type { VendorDefinition } from './vendor';

const PROXY_PAGE = (status: number): string => `<html>\r\n<head><title>${status} Bad Gateway</title></head>\r\n<body>\r\n<center><h1>${status} Bad Gateway</h1></center>\r\n<hr><center>nginx/1.24.0</center>\r\n</body>\r\n</html>\r\n`;

/** What all listeners of a sandbox write to. */
export interface Book {
  requests: RecordedRequest[];
  violations: Violation[];
  deliveries: Delivery[];
  faults: Faults;
  clock: Clock;
  options: SandboxOptions;
  pending: Set<Promise<unknown>>;
}

const delay = (ms: number): Promise<void> => new Promise((resolve) => { setTimeout(resolve, ms); });

/** The HTTP server that plays one vendor. */
export class VendorListener<S> {
  state: S;
  url = '';
  metrics: VendorMetrics = emptyMetrics();
  private loaded?: Contract;
  private readonly server: Server;
  private readonly sockets = new Set<Socket>();
  private readonly latency: number;
  private limits: RateLimits;
  private underway = 0;
  private busy = 0;
  private readonly queue: Array<() => void> = [];

  constructor(readonly definition: VendorDefinition<S>, private readonly book: Book) {
    this.state = definition.createState(book.clock, book.options);
    const { latency, limits } = book.options;
    this.latency = typeof latency === 'number' ? latency : latency?.[definition.vendor] ?? 0;
    this.limits = new RateLimits(limits?.[definition.vendor], definition.publishedLimits);
    this.server = createServer((request, response) => { void this.serve(request, response); });
    this.server.keepAliveTimeout = 60_000;
    this.server.on('connection', (socket) => {
      this.metrics.connections += 1;
      this.sockets.add(socket);
      socket.on('close', () => this.sockets.delete(socket));
      socket.on('error', () => undefined);
    });
  }

  async listen(port: number): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.server.once('error', reject);
      this.server.listen(port, '127.0.0.1', resolve);
    });
    this.url = `http://127.0.0.1:${(this.server.address() as AddressInfo).port}${this.definition.basePath}`;
  }

  /** Read at the first request: most tests speak to one vendor only. */
  private get contract(): Contract {
    if (this.loaded) return this.loaded;
    const contract = loadContract(this.definition.vendor);
    const unknown = Object.keys(this.definition.handlers).filter((id) => !contract.operationIds.includes(id));
    if (unknown.length > 0) throw new Error(`Handlers of ${this.definition.vendor} that the contract does not know: ${unknown.join(', ')}`);
    return (this.loaded = contract);
  }

  /** Operations of the contract that have no handler yet. */
  missingHandlers(): string[] {
    return this.contract.operationIds.filter((id) => !this.definition.handlers[id]);
  }

  reset(): void {
    this.state = this.definition.createState(this.book.clock, this.book.options);
    this.metrics = emptyMetrics();
    this.limits = new RateLimits(this.book.options.limits?.[this.definition.vendor], this.definition.publishedLimits);
  }

  async close(): Promise<void> {
    const closed = new Promise<void>((resolve) => { this.server.close(() => resolve()); });
    for (const socket of this.sockets) socket.destroy();
    await closed;
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const started = performance.now();
    this.underway += 1;
    this.metrics.requests += 1;
    this.metrics.maxSimultaneous = Math.max(this.metrics.maxSimultaneous, this.underway);
    const record: RecordedRequest = {
      vendor: this.definition.vendor, method: request.method ?? 'GET', path: '', operationId: undefined,
      query: {}, headers: {}, token: undefined, body: undefined, status: 0, at: Date.now(), ms: 0,
    };
    try {
      await this.answer(request, response, record);
    } catch (error) {
      if (!response.headersSent && !request.destroyed) this.send(response, this.definition.error(500, ['Internal Server Error']), record);
      this.violate(record, 'unhandled', [`the sandbox failed: ${(error as Error).stack ?? String(error)}`]);
    } finally {
      this.underway -= 1;
      record.ms = Math.round((performance.now() - started) * 100) / 100;
      this.metrics.statuses[record.status] = (this.metrics.statuses[record.status] ?? 0) + 1;
      const { keepRequests = Number.POSITIVE_INFINITY } = this.book.options;
      if (keepRequests > 0) {
        this.book.requests.push(record);
        if (this.book.requests.length > keepRequests) this.book.requests.shift();
      }
    }
  }

  /** A worker's time on a request, after those that came before. */
  private async work(milliseconds: number): Promise<void> {
    const workers = this.book.options.workers?.[this.definition.vendor] ?? Infinity;
    if (this.busy >= workers) {
      const turn = new Promise<void>((resolve) => { this.queue.push(resolve); });
      this.metrics.maxWaiting = Math.max(this.metrics.maxWaiting, this.queue.length);
      await turn;
    } else this.busy += 1;
    if (milliseconds > 0) await delay(milliseconds);
    const next = this.queue.shift();
    if (next) next();
    else this.busy -= 1;
  }

  private async answer(request: IncomingMessage, response: ServerResponse, record: RecordedRequest): Promise<void> {
    const { definition, book } = this;
    const [fullPath = '/', search = ''] = splitOnce(request.url ?? '/', '?');
    record.path = fullPath;
    record.query = groupFields(new URLSearchParams(search));
    const tokens = definition.tokens(this.state);
    const sent = definition.tokenOf(request.headers);
    record.token = sent === undefined ? undefined : Object.keys(tokens).find((name) => tokens[name] === sent) ?? 'unknown';
    record.headers = masked(request.headers, tokens);

    const match = this.match(request.method ?? 'GET', fullPath);
    const operation = 'operation' in match ? match.operation : undefined;
    record.operationId = operation?.operationId;

    const faults = book.faults.take({ vendor: definition.vendor, operationId: operation?.operationId, method: record.method, path: fullPath });
    const fault = faults.find((one) => !letsOthersAct(one));
    if (faults.length > 0) record.fault = (fault ?? faults[0])!.kind;
    const wait = this.latency + faults.reduce((sum, one) => sum + (one.kind === 'latency' ? one.ms ?? 0 : 0), 0);

    const raw = await readAll(request);
    if (!raw) return;
    const body = await parseBody(raw, request.headers['content-type']);
    record.body = body.value;
    await this.work(wait);

    if (fault && (await this.beforeHandling(fault, request, response, record))) return;

    const params = 'operation' in match ? match.params : {};
    const over = this.limits.take(book.clock.now(), operation?.operationId, { params, token: record.token });
    if (over) {
      this.metrics.throttled += 1;
      const answer = definition.throttled();
      if (over.limit.retryAfter) answer.headers = { ...answer.headers, 'retry-after': String(Math.ceil(over.waitMs / 1000)) };
      this.send(response, answer, record);
      return;
    }

    const answer = await this.handle(match, body, raw, request, record, faults.flatMap(({ kind, keys = [] }) => (kind === 'ignore' ? keys : [])));
    if (fault) this.afterHandling(fault, answer, request, response, record);
    else this.send(response, answer, record);
  }

  private match(method: string, path: string): Match {
    const { basePath } = this.definition;
    if (basePath && path !== basePath && !path.startsWith(`${basePath}/`)) return { missing: 'path' };
    return this.contract.match(method, path.slice(basePath.length));
  }

  /** Contract, token, handler, contract. Never throws for what a caller can do. */
  private async handle(match: Match, body: ParsedBody, raw: Buffer, request: IncomingMessage, record: RecordedRequest, ignored: string[]): Promise<Answer> {
    const { definition, book } = this;
    if (!('operation' in match)) {
      this.violate(record, 'operation', [match.missing === 'path' ? 'no such path' : 'no such method on this path']);
      if (definition.unknownPath) return definition.unknownPath(request.headers);
      return definition.error(match.missing === 'path' ? 404 : 405, [match.missing === 'path' ? `Cannot ${record.method} ${record.path}` : 'Method Not Allowed']);
    }
    const { operation } = match;
    const refusal = (error: unknown): Answer => {
      if (error instanceof Refusal) return error.answer;
      throw error;
    };
    if (body.mediaType === 'multipart/form-data' && body.value) body.value = this.contract.typedMultipart(operation, body.value as Record<string, unknown>);
    const checked = this.contract.checkRequest(operation, {
      params: match.params, query: record.query, headers: request.headers, body: body.value,
      mediaType: body.mediaType,
    });
    const problems = body.problem ? [body.problem] : checked.errors;
    if (problems.length > 0) this.violate(record, 'request', problems);

    if (body.problem && definition.brokenBody && body.mediaType !== 'multipart/form-data') return definition.brokenBody;

    let identity: Identity;
    try {
      identity = definition.authenticate({ headers: request.headers, params: match.params, path: record.path, operation, clock: book.clock }, this.state);
    } catch (error) {
      return this.checked(operation, refusal(error), record);
    }
    if (problems.length > 0) return definition.error(definition.refusalStatus, problems);

    const handler = definition.handlers[operation.operationId];
    if (!handler) {
      this.violate(record, 'unhandled', ['the sandbox has no handler for this operation']);
      return definition.error(501, [`The sandbox has no handler for ${operation.operationId}`]);
    }
    const value = ignored.length > 0 ? ignoring(body.value ?? {}, ignored) : body.value ?? {};
    const call: Call<S> = {
      state: this.state, operationId: operation.operationId, method: record.method, path: record.path,
      params: checked.params, query: checked.query,
      body: definition.normalizeBody ? definition.normalizeBody(operation, value) : value,
      rawBody: raw, files: body.files, headers: request.headers, identity, clock: book.clock, url: this.url, options: book.options,
      deliver: (delivery) => this.deliver(delivery),
      background: (work) => this.track(Promise.resolve().then(work)),
    };
    let answer: Answer;
    try {
      answer = await handler(call);
    } catch (error) {
      answer = refusal(error);
    }
    if (checked.valueErrors.length > 0 && answer.status < 400) this.violate(record, 'request', checked.valueErrors);
    return this.checked(operation, answer, record);
  }

  private checked(operation: ContractOperation, answer: Answer, record: RecordedRequest): Answer {
    if (this.book.options.validateAnswers !== false) {
      const text = answer.text === undefined ? undefined : answer.contentType ?? 'text/plain';
      // What is compared is what goes over the wire: undefined keys and dates are gone after JSON.
      const body = answer.body === undefined ? undefined : (JSON.parse(JSON.stringify(answer.body)) as unknown);
      const errors = text === undefined || answer.status < 400 ? this.contract.checkAnswer(operation, answer.status, body, text) : [];
      if (errors.length > 0) this.violate(record, 'answer', errors.map((one) => `${answer.status}: ${one}`));
    }
    return answer;
  }

  /** Returns true when the request is over. */
  private async beforeHandling(fault: Fault, request: IncomingMessage, response: ServerResponse, record: RecordedRequest): Promise<boolean> {
    switch (fault.kind) {
      case 'reset':
        resetSocket(request);
        return true;
      case 'hang':
        await Promise.race([
          fault.ms === undefined ? new Promise<void>(() => undefined) : delay(fault.ms),
          new Promise<void>((resolve) => { request.socket.once('close', () => resolve()); }),
        ]);
        if (!request.socket.destroyed) resetSocket(request);
        return true;
      case 'status': {
        const status = fault.status ?? 500;
        const own: Answer = status === 429 ? this.definition.throttled() : this.definition.error(status, [statusText(status)]);
        if (typeof fault.body === 'string') this.send(response, { status, text: fault.body, headers: fault.headers }, record);
        else this.send(response, { ...(fault.body === undefined ? own : { body: fault.body }), status, headers: { ...own.headers, ...fault.headers } }, record);
        return true;
      }
      case 'html': {
        const status = fault.status ?? 502;
        this.send(response, { status, text: PROXY_PAGE(status), contentType: 'text/html', headers: fault.headers }, record);
        return true;
      }
      case 'empty':
        this.send(response, { status: fault.status ?? 200, headers: fault.headers }, record);
        return true;
      default:
        return false;
    }
  }

  private afterHandling(fault: Fault, answer: Answer, request: IncomingMessage, response: ServerResponse, record: RecordedRequest): void {
    if (fault.kind === 'reset-after-handling') {
      resetSocket(request);
      return;
    }
    const payload = payloadOf(answer);
    response.writeHead(answer.status, { 'content-type': contentTypeOf(answer), 'content-length': payload.length });
    response.write(payload.subarray(0, Math.floor(payload.length / 2)), () => request.socket.destroy());
    record.status = answer.status;
  }

  private send(response: ServerResponse, answer: Answer, record: RecordedRequest): void {
    const payload = payloadOf(answer);
    const empty = answer.body === undefined && answer.text === undefined;
    const headers: Record<string, string | number> = { ...answer.headers };
    if (answer.status !== 204) headers['content-length'] = payload.length;
    if (!empty) headers['content-type'] = contentTypeOf(answer);
    record.status = answer.status;
    response.writeHead(answer.status, headers);
    response.end(payload);
  }

  private violate(record: RecordedRequest, kind: Violation['kind'], errors: string[]): void {
    this.book.violations.push({ vendor: this.definition.vendor, kind, method: record.method, path: record.path, operationId: record.operationId, errors, at: record.at });
  }

  private track(work: Promise<unknown>): void {
    const tracked = work.catch(() => undefined).finally(() => this.book.pending.delete(tracked));
    this.book.pending.add(tracked);
  }

  /** Posts a webhook as the vendor does; recorded in the book. Never rejects. */
  deliver(request: DeliveryRequest): Promise<Delivery> {
    const delivery: Delivery = { ...request, vendor: this.definition.vendor, at: Date.now() };
    this.book.deliveries.push(delivery);
    const sent = (async () => {
      try {
        const answer = await fetch(request.url, {
          method: 'POST', body: request.body, signal: AbortSignal.timeout(request.timeoutMs ?? 5000),
          headers: { 'content-type': 'application/json', ...request.headers },
        });
        delivery.status = answer.status;
        delivery.responseBody = await answer.text();
      } catch (error) {
        delivery.error = (error as Error).message;
      }
      return delivery;
    })();
    this.track(sent);
    return sent;
  }
}

function emptyMetrics(): VendorMetrics {
  return { requests: 0, connections: 0, maxSimultaneous: 0, maxWaiting: 0, throttled: 0, statuses: {} };
}

function payloadOf(answer: Answer): Buffer {
  if (answer.text !== undefined) return Buffer.isBuffer(answer.text) ? answer.text : Buffer.from(answer.text);
  return answer.body === undefined ? Buffer.alloc(0) : Buffer.from(JSON.stringify(answer.body));
}

function contentTypeOf(answer: Answer): string {
  return answer.contentType ?? (answer.text === undefined ? 'application/json; charset=utf-8' : 'text/plain');
}

/** RST instead of FIN: the client sees ECONNRESET. */
function resetSocket(request: IncomingMessage): void {
  if ('resetAndDestroy' in request.socket) request.socket.resetAndDestroy();
  else (request.socket as Socket).destroy();
}

function statusText(status: number): string {
  const texts: Record<number, string> = { 400: 'Bad Request', 401: 'Unauthorized', 403: 'Forbidden', 404: 'Not Found', 409: 'Conflict', 422: 'Unprocessable Entity', 429: 'Too Many Requests', 500: 'Internal Server Error', 502: 'Bad Gateway', 503: 'Service Unavailable', 504: 'Gateway Timeout' };
  return texts[status] ?? 'Error';
}

function splitOnce(text: string, mark: string): [string, string] {
  const at = text.indexOf(mark);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}

/** The whole body, or undefined when the client went away. */
async function readAll(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of request) chunks.push(chunk as Buffer);
  } catch {
    return undefined;
  }
  return Buffer.concat(chunks);
}

function masked(headers: IncomingMessage['headers'], tokens: Record<string, string>): Record<string, string> {
  const secret = /^(authorization|api[_-]access[_-]token|x-api-token)$/;
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => {
    let text = Array.isArray(value) ? value.join(', ') : value ?? '';
    for (const [label, token] of Object.entries(tokens)) text = text.split(token).join(`<${label}>`);
    if (secret.test(name) && !text.includes('<')) text = text.startsWith('Bearer ') ? 'Bearer <unknown>' : '<unknown>';
    return [name, text];
  }));
}
