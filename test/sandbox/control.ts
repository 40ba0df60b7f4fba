import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { statePage } from './page';
import type { Fault, FaultKind } from './types';
import type { Sandbox } from './index';

const FAULT_KINDS: readonly FaultKind[] = ['latency', 'status', 'reset', 'reset-after-handling', 'truncate', 'hang', 'html', 'empty', 'ignore'];

/** Maps become objects, so that state can be read from another process. */
export function plain(value: unknown): unknown {
  if (value instanceof Map) return Object.fromEntries([...value].map(([key, one]) => [String(key), plain(one)]));
  if (value instanceof Set) return [...value].map(plain);
  if (Buffer.isBuffer(value)) return `${value.length} bytes`;
  if (Array.isArray(value)) return value.map(plain);
  if (value !== null && typeof value === 'object') return Object.fromEntries(Object.entries(value).filter(([, one]) => typeof one !== 'function').map(([key, one]) => [key, plain(one)]));
  return value;
}

/**
 * The listener for tests in another process.
 * GET / (page), /state, /state/<vendor>, /requests, /violations, /deliveries, /metrics, /faults, /missing;
 * POST /faults (a Fault; `path` may be {"source","flags"}), /reset, /clock {"advanceMs"}; DELETE /faults.
 */
export class ControlListener {
  url = '';
  private readonly server: Server;
  private readonly sockets = new Set<Socket>();

  constructor(private readonly sandbox: Sandbox) {
    this.server = createServer((request, response) => {
      this.serve(request, response).catch((error: unknown) => json(response, 400, { error: (error as Error).message }));
    });
    this.server.on('connection', (socket) => {
      this.sockets.add(socket);
      socket.on('close', () => this.sockets.delete(socket));
    });
  }

  async listen(port: number): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.server.once('error', reject);
      this.server.listen(port, '127.0.0.1', resolve);
    });
    this.url = `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    const closed = new Promise<void>((resolve) => { this.server.close(() => resolve()); });
    for (const socket of this.sockets) socket.destroy();
    await closed;
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { sandbox } = this;
    const path = (request.url ?? '/').split('?')[0]!;
    const state = { kinbox: sandbox.kinbox.state, chatwoot: sandbox.chatwoot.state, callbell: sandbox.callbell.state };
    switch (`${request.method} ${path}`) {
      case 'GET /':
        response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
        response.end(statePage(sandbox));
        return;
      case 'GET /state': return json(response, 200, plain(state));
      case 'GET /state/kinbox': return json(response, 200, plain(state.kinbox));
      case 'GET /state/chatwoot': return json(response, 200, plain(state.chatwoot));
      case 'GET /state/callbell': return json(response, 200, plain(state.callbell));
      case 'GET /requests': return json(response, 200, sandbox.requests);
      case 'GET /violations': return json(response, 200, sandbox.violations);
      case 'GET /deliveries': return json(response, 200, sandbox.deliveries);
      case 'GET /metrics': return json(response, 200, sandbox.metrics);
      case 'GET /missing': return json(response, 200, sandbox.missingHandlers());
      case 'GET /faults': return json(response, 200, sandbox.faults().map((fault) => ({ ...fault, path: fault.path === undefined ? undefined : String(fault.path) })));
      case 'POST /faults': {
        const fault = await body(request) as Fault & { path?: { source: string; flags?: string } };
        if (!FAULT_KINDS.includes(fault.kind)) return json(response, 400, { error: `kind must be one of ${FAULT_KINDS.join(', ')}` });
        const { path: filter } = fault as { path?: unknown };
        sandbox.inject(filter !== null && typeof filter === 'object'
          ? { ...fault, path: new RegExp((filter as { source: string }).source, (filter as { flags?: string }).flags) }
          : fault);
        return json(response, 201, { injected: true });
      }
      case 'DELETE /faults':
        sandbox.clearFaults();
        return json(response, 200, { cleared: true });
      case 'POST /reset':
        sandbox.reset();
        return json(response, 200, { reset: true });
      case 'POST /clock': {
        const { advanceMs } = await body(request) as { advanceMs?: unknown };
        if (typeof advanceMs !== 'number' || !(advanceMs >= 0)) return json(response, 400, { error: 'advanceMs must be a number of milliseconds' });
        sandbox.clock.advance(advanceMs);
        return json(response, 200, { now: new Date(sandbox.clock.now()).toISOString() });
      }
      default:
        return json(response, 404, { error: `no such page: ${request.method} ${path}` });
    }
  }
}

function json(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' });
  response.end(JSON.stringify(value));
}

async function body(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return JSON.parse(Buffer.concat(chunks).toString('utf8') || '{}');
}
