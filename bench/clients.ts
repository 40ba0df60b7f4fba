import { createRequire } from 'node:module';
import Module from 'node:module';
import { Agent } from 'node:http';
import { realpathSync } from 'node:fs';
import { join } from 'node:path';

import axios from 'axios';
import type { IDataObject, INodeExecutionData, INodeParameters, INodeType, ICredentialType, IVersionedNodeType } from 'n8n-workflow';

import type { AnyNodeType, RunNodeOptions } from '../test/harness/engine';
import { declarativeNode } from './declarative';
import type { Access, Cell, Task } from './types';
import { valueAt, vendors, type VendorCalls, type WriteCall } from './vendors';

export interface Outcome {
  /** Ids of what a list gave. */
  listed?: string[];
  failed: number;
  /** What the first failure says. */
  failure?: string;
  error?: string;
}

/** Does the work of a cell in its own way. */
export interface Client {
  /** Loads what it takes; not measured. */
  load(): Promise<void>;
  /**
   * Works on the rows; for a list there are none.
   *
   * @param warmUp nothing that is remembered (connections, what was learnt of the server's limit) may reach the measured run
   */
  run(rows: IDataObject[], warmUp: boolean): Promise<Outcome>;
}

/**
 * @param root folder of package.json
 * @param parallel requests at a time, where the client does not decide that itself
 */
export function clientFor(cell: Cell, access: Access, parallel: number, root: string): Client {
  const calls = vendors[cell.vendor];
  switch (cell.client) {
    case 'loop': return new AxiosClient(calls, cell.task, access, parallel, true);
    case 'loopNewConnections': return new AxiosClient(calls, cell.task, access, parallel, false);
    case 'oneByOne': return new AxiosClient(calls, cell.task, access, 1, true);
    case 'noOperation': return new NoOperationClient();
    case 'ours':
    case 'oursContinue':
    case 'httpRequest':
    case 'httpRequestJson':
    case 'declarative':
    case 'generated': return new NodeClient(cell.client, calls, cell.task, access, root);
  }
}

// ---------------------------------------------------------------------------------------------------------------
// A loop with axios

class AxiosClient implements Client {
  constructor(
    private readonly calls: VendorCalls,
    private readonly task: Task,
    private readonly access: Access,
    private readonly parallel: number,
    private readonly keepAlive: boolean,
  ) {}

  async load(): Promise<void> {}

  async run(rows: IDataObject[]): Promise<Outcome> {
    const { calls, access, keepAlive, parallel } = this;
    // No `maxSockets`: requests that wait for a socket would take over a used one, keep-alive or not.
    const agent = new Agent({ keepAlive });
    const http = axios.create({ baseURL: calls.baseUrl(access), headers: calls.headers(access), httpAgent: agent, proxy: false });
    try {
      if (this.task === 'list') {
        const { path, query, move, pageSize, rows: rowsKey, total } = calls.list;
        const ids: string[] = [];
        const read = async (page: number) => {
          const { data } = await http.get<unknown>(path, { params: { ...query, [move.parameter]: move.first + page * move.step } });
          for (const { id } of valueAt(data, rowsKey) as IDataObject[]) ids.push(String(id));
          return Number(valueAt(data, total));
        };
        const count = await read(0);
        const pages = Array.from({ length: Math.max(0, Math.ceil(count / pageSize) - 1) }, (_, index) => index + 1);
        return { listed: ids, ...(await inParallel(pages, parallel, read)) };
      }
      const { method, path, body } = calls[this.task];
      return await inParallel(rows, parallel, async (row) => {
        await http.request({ method, url: path.replace('{id}', String(row.id)), data: bodyOf(body, row) });
      });
    } finally {
      agent.destroy();
    }
  }
}

const bodyOf = (body: WriteCall['body'], row: IDataObject): IDataObject => Object.fromEntries(Object.entries(body).map(([key, from]) => [key, row[from]]));

/** Works on so many items at a time; one that fails does not stop the others. */
async function inParallel<Item>(items: Item[], parallel: number, work: (item: Item) => Promise<unknown>): Promise<Outcome> {
  let next = 0;
  const outcome: Outcome = { failed: 0 };
  await Promise.all(Array.from({ length: parallel }, async () => {
    while (next < items.length) {
      const item = items[next] as Item;
      next += 1;
      await work(item).catch((error: unknown) => {
        outcome.failed += 1;
        outcome.failure ??= error instanceof Error ? error.message : String(error);
      });
    }
  }));
  return outcome;
}

// ---------------------------------------------------------------------------------------------------------------
// Nodes in n8n's engine

type Engine = typeof import('../test/harness/engine');

class NodeClient implements Client {
  private engine!: Engine;
  private type!: AnyNodeType;
  private credential!: ICredentialType;

  constructor(
    private readonly client: 'ours' | 'oursContinue' | 'httpRequest' | 'httpRequestJson' | 'declarative' | 'generated',
    private readonly calls: VendorCalls,
    private readonly task: Task,
    private readonly access: Access,
    private readonly root: string,
  ) {}

  async load(): Promise<void> {
    const { calls, client, root } = this;
    this.engine = await import('../test/harness/engine');
    await this.engine.startEngine();
    const built = createRequire(join(root, 'dist', 'index.js'));
    const classOf = <T>(file: string, name: string): T => new (built(file) as Record<string, new () => T>)[name]!();
    this.credential = classOf<ICredentialType>(`./credentials/${calls.credential}.credentials.js`, calls.credential);
    if (this.isHttpRequest) {
      this.type = httpRequestNode(root);
      return;
    }
    const ours = classOf<INodeType>(`./nodes/${calls.node}/${calls.node}.node.js`, calls.node);
    this.type = client === 'ours' || client === 'oursContinue' ? ours : declarativeNode(ours.description, calls, calls.baseUrl(this.access), client === 'generated');
  }

  async run(rows: IDataObject[], warmUp: boolean): Promise<Outcome> {
    const { calls, access, task } = this;
    const values = calls.credentialValues(access);
    // Our nodes keep what they learn of a server's limit for each credential, so the warm-up has its own.
    const id = warmUp ? 'warm-up' : 'measured';
    const options: RunNodeOptions = {
      items: task === 'list' ? [{}] : rows,
      mode: 'trigger',
      credentials: [this.credential],
      credentialValues: { [id]: values },
      continueOnFail: this.client === 'oursContinue',
      settings: {
        credentials: { [calls.credentialType]: { id, name: id } },
        // Under its full name only, this node may use any credential.
        ...(this.isHttpRequest ? { type: 'n8n-nodes-base.httpRequest' } : {}),
      },
    };
    const { first, error } = await this.engine.runNode(this.type, this.parameters(), options);
    const failures = first.filter(isFailure);
    return {
      failed: failures.length,
      ...(failures[0] === undefined ? {} : { failure: messageOf(failures[0]) }),
      error: error?.message,
      ...(task === 'list' ? { listed: this.idsIn(first) } : {}),
    };
  }

  private parameters(): INodeParameters {
    const { client, calls, task } = this;
    return this.isHttpRequest ? httpRequestParameters(calls, task, calls.baseUrl(this.access), client === 'httpRequestJson') : calls.parameters[task];
  }

  private get isHttpRequest(): boolean {
    return this.client === 'httpRequest' || this.client === 'httpRequestJson';
  }

  private idsIn(items: INodeExecutionData[]): string[] {
    const records = this.isHttpRequest ? items.flatMap(({ json }) => (valueAt(json, this.calls.list.rows) ?? []) as IDataObject[]) : items.map(({ json }) => json);
    return records.filter(({ id }) => id !== undefined).map(({ id }) => String(id));
  }
}

const isFailure = ({ json, error }: INodeExecutionData): boolean => error !== undefined || json.error !== undefined;

const messageOf = ({ json, error }: INodeExecutionData): string =>
  [error?.message, error?.description, (json.error as IDataObject | undefined)?.message ?? json.error].filter((text) => typeof text === 'string').join(' – ').slice(0, 300);

/** The compiled HTTP Request node of the n8n that test/n8n pins. */
function httpRequestNode(root: string): INodeType | IVersionedNodeType {
  const n8n = realpathSync(join(root, 'test', 'n8n', 'node_modules', 'n8n'));
  const nodesBase = createRequire(join(n8n, 'package.json')).resolve('n8n-nodes-base/dist/nodes/HttpRequest/HttpRequest.node.js');
  shareWorkflowPackage(root);
  const { HttpRequest } = createRequire(nodesBase)(nodesBase) as { HttpRequest: new () => IVersionedNodeType };
  return new HttpRequest();
}

/** In n8n all nodes share one n8n-workflow, so that error classes are the same; here it is the one beside our n8n-core. */
function shareWorkflowPackage(root: string): void {
  const loader = Module as unknown as { _resolveFilename(request: string, ...rest: unknown[]): string };
  const resolve = loader._resolveFilename;
  const ours = createRequire(join(root, 'package.json')).resolve('n8n-workflow');
  loader._resolveFilename = (request, ...rest) => (request === 'n8n-workflow' ? ours : resolve.call(loader, request, ...rest));
}

/** The HTTP Request node as a person sets it up: the credential of ours, a JSON body, its own pagination. */
function httpRequestParameters(calls: VendorCalls, task: Task, baseUrl: string, oneExpression: boolean): INodeParameters {
  const common: INodeParameters = { authentication: 'predefinedCredentialType', nodeCredentialType: calls.credentialType };
  if (task === 'list') {
    const { path, query, move, rows, pageSize } = calls.list;
    return {
      ...common,
      method: 'GET',
      url: `${baseUrl}${path}`,
      sendQuery: true,
      queryParameters: { parameters: Object.entries(query).map(([name, value]) => ({ name, value: String(value) })) },
      options: {
        pagination: {
          pagination: {
            paginationMode: 'updateAParameterInEachRequest',
            parameters: { parameters: [{ type: 'qs', name: move.parameter, value: `={{ ${move.first} + $pageCount * ${move.step} }}` }] },
            paginationCompleteWhen: 'other',
            completeExpression: `={{ $response.body.${rows}.length < ${pageSize} }}`,
          },
        },
      },
    };
  }
  const { method, path, body } = calls[task];
  return {
    ...common,
    method,
    url: `=${baseUrl}${path.replace('{id}', '{{ $json.id }}')}`,
    sendBody: true,
    ...(oneExpression
      ? { specifyBody: 'json', jsonBody: `={{ { ${Object.entries(body).map(([key, from]) => `${key}: $json.${from}`).join(', ')} } }}` }
      : { specifyBody: 'keypair', bodyParameters: { parameters: Object.entries(body).map(([name, from]) => ({ name, value: `={{ $json.${from} }}` })) } }),
    options: {},
  };
}

/** The items go through the engine, and nothing is sent: what n8n itself needs. */
class NoOperationClient implements Client {
  private engine!: Engine;

  async load(): Promise<void> {
    this.engine = await import('../test/harness/engine');
    await this.engine.startEngine();
  }

  async run(rows: IDataObject[]): Promise<Outcome> {
    const { error } = await this.engine.runWorkflow({
      nodes: [{ name: 'Start', type: 'manualTrigger' }, { name: 'Node', type: 'noOp' }],
      connections: { Start: { main: [[{ node: 'Node', type: 'main', index: 0 }]] } },
    }, { input: rows, startNode: 'Start', mode: 'trigger' });
    return { failed: 0, error: error?.message };
  }
}
