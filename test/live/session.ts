import { appendFileSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import type { ICredentialDataDecryptedObject, IDataObject, INodeParameters } from 'n8n-workflow';

import { ChatwootAccessTokenApi } from '../../credentials/ChatwootAccessTokenApi.credentials';
import { Chatwoot } from '../../nodes/Chatwoot/Chatwoot.node';
import { listSearch, loadOptions, resourceMapping, runNode, type InputRows, type NodeOptions, type RunNodeResult } from '../harness/engine';
import { checkSchema } from '../harness/schemas';
import { openServer, type LiveServer } from './server';
import { operations, outputFields } from './operations';
import { CALL_HEADER, masked, startProxy, type Exchange, type Proxy } from './proxy';

/** Whose token is used; `wrong`: nobody's. */
export type Who = 'admin' | 'agent' | 'bot' | 'wrong';
/** `either`: depends on the server, with the reason. */
export type Expected = 'ok' | 'refused' | { either: string };

/** A line of calls.jsonl: something that was done with the node, and what came of it. */
export interface Call {
  n: number;
  kind: 'operation' | 'list' | 'options' | 'mapper' | 'credential' | 'hook' | 'delivery' | 'check';
  /** As `contact:create` or `searchContacts`. */
  name: string;
  variant: string;
  as: Who;
  expected: Expected;
  parameters?: unknown;
  /** `held`: see {@link Proxy.guarded}. */
  status: string;
  rowCount: number;
  /** The first three. */
  rows: unknown[];
  error?: { message: string; description?: string };
  /** What does not fit the output preview. */
  schema?: string;
  /** IDs of the exchanges. */
  exchanges: number[];
  ms: number;
}

export interface Options {
  /** Name of this way to call the operation. */
  variant?: string;
  as?: Who;
  expected?: Expected;
  items?: InputRows;
  /** Not asked again with the other kinds of output. */
  once?: boolean;
  /** Not written down when the node sends nothing. */
  quiet?: boolean;
}

export interface Outcome {
  ok: boolean;
  rows: IDataObject[];
  /** The first row, or an empty one. */
  row: IDataObject;
  /** Its ID; "0" when there is none, so that the scenario goes on. */
  id: string;
  exchanges: Exchange[];
  result?: RunNodeResult;
}

export const byId = (value: unknown) => ({ __rl: true, mode: 'id', value: String(value) });
export const byUrl = (value: unknown) => ({ __rl: true, mode: 'url', value: String(value) });
export const mapped = (value: IDataObject) => ({ mappingMode: 'defineBelow', value, schema: [] }) as unknown as INodeParameters;
export const sleep = async (ms: number) => await new Promise<void>((resolve) => { setTimeout(resolve, ms); });

const NOBODY = '999999999';
/** Values that no server knows, by field. */
const unknown: Record<string, string> = { portalSlug: 'no-such-portal', inboxIdentifier: 'no-such-inbox', integrationId: 'no-such-app', template: 'no_such_template|pt_BR', sourceId: 'no-such-source' };
/** Where an unknown record is no mistake. */
const lenient: Record<string, Expected> = { 'notification:markAllRead unknown conversationId': { either: 'there is nothing to mark' } };
/** Operations that ask or set: they can be repeated with another output. */
const repeatable = /^(get|filter|find|search|update|all$|contacts$|conversations$|messages$|articles$)/;

export class Session {
  /** Differs in each run, so that names do not collide with those of the run before. */
  readonly tag = `x${Math.floor(Date.now() / 100) % 1e8}`;
  readonly calls: Call[] = [];
  /** IDs that groups hand to each other. */
  readonly ids: Record<string, string> = {};
  /** Of the credential, once the scenario has an inbox with one. */
  hmacToken?: string;
  private readonly probed = new Set<string>();
  private readonly repeated = new Set<string>();
  private readonly last: Array<() => Promise<unknown>> = [];
  private count = 0;

  private constructor(readonly proxy: Proxy, private readonly server: LiveServer, private readonly folder: string) {}

  static async open(): Promise<Session> {
    const server = await openServer();
    const folder = process.env.REAL_OUT ?? (process.env.REAL_SANDBOX === '1' ? 'artifacts/live-sandbox' : 'artifacts/live');
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    const session = new Session(await startProxy({ target: server.url, file: join(folder, 'exchanges.jsonl'), tokens: server.tokens }), server, folder);
    await session.raw('GET', '/api');
    return session;
  }

  get account(): string {
    return this.server.account;
  }

  async close(): Promise<void> {
    await this.proxy.close();
    await this.server.close();
  }

  credential(as: Who = 'admin'): ICredentialDataDecryptedObject {
    return { url: this.proxy.url, accessToken: this.proxy.tokens[as] ?? 'wrong-token-of-nobody', accountId: this.account, ...(this.hmacToken === undefined ? {} : { hmacToken: this.hmacToken }) };
  }

  /** What the harness needs to know to run our nodes against the server. */
  engine(as: Who = 'admin') {
    return { credentials: [ChatwootAccessTokenApi], credentialValues: { chatwootAccessTokenApi: this.credential(as) } };
  }

  /** A name that this run alone uses. */
  name(text: string): string {
    return `${text}-${this.tag}`;
  }

  /** A mobile number of Brazil that this run alone uses. */
  phone(n: number): string {
    return `+55119${String((Number(this.tag.slice(1)) + n) % 1e8).padStart(8, '6')}`;
  }

  /** Lets the server's background jobs finish. */
  async settle(): Promise<void> {
    await sleep(this.server.settleMs);
  }

  /** What is done when everything else is: the last one said comes first. */
  atEnd(work: () => Promise<unknown>): void {
    this.last.unshift(work);
  }

  /** Deletes records when everything else is done. */
  deleteAtEnd(key: string, first: IDataObject, ...others: Array<IDataObject | [IDataObject, Options]>): void {
    this.atEnd(async () => {
      await this.call(key, first);
      for (const other of others) await (Array.isArray(other) ? this.call(key, other[0], { variant: 'others', ...other[1] }) : this.call(key, other, { variant: 'others' }));
    });
  }

  async end(): Promise<void> {
    for (const work of this.last) await work().catch(async (error: unknown) => { await this.check('the scenario goes on', false, String((error as Error).stack)); });
  }

  /** A call without the node, for what no operation of it makes; counts for no operation. */
  async raw<Body = any>(method: string, path: string, body?: unknown, as: Who = 'admin'): Promise<Body> { // eslint-disable-line @typescript-eslint/no-explicit-any
    const url = `${this.proxy.url}${path.startsWith('/public') || path.startsWith('/api') ? '' : `/api/v1/accounts/${this.account}`}${path}`;
    const response = await fetch(url, { method, headers: { 'content-type': 'application/json', 'api-access-token': String(this.proxy.tokens[as]), [CALL_HEADER]: '0' }, body: body === undefined ? undefined : JSON.stringify(body) });
    const text = await response.text();
    try {
      return JSON.parse(text) as Body;
    } catch {
      return {} as Body;
    }
  }

  /** The rows of a list, got without the node. */
  async rawRows(path: string): Promise<IDataObject[]> {
    const answer = await this.raw<IDataObject>('GET', path);
    const rows = [answer, answer.payload, (answer.data as IDataObject | undefined)?.payload].find(Array.isArray) as IDataObject[] | undefined;
    return rows ?? [];
  }

  /**
   * Runs an operation and writes down what came of it. The first time, it is asked first with a wrong token, with IDs
   * that do not exist, and as an agent; afterwards, if that does no harm, with the other kinds of output.
   */
  async call(key: string, parameters: IDataObject = {}, options: Options = {}, asks = true): Promise<Outcome> {
    const { variant = 'full', as = 'admin', expected = 'ok', items, once, quiet } = options;
    const [resource = '', operation = ''] = key.split(':');
    if (asks && !this.probed.has(key)) {
      this.probed.add(key);
      await this.probe(key, parameters, items);
    }
    const outcome = await this.run(key, parameters, { variant, as, expected, items, quiet });
    const fields = outputFields(key);
    if (!once && outcome.rows.length > 0 && fields && repeatable.test(operation) && !this.repeated.has(key) && asks) {
      this.repeated.add(key);
      await this.run(key, { ...parameters, output: 'raw' }, { variant: `${variant}, raw`, as, expected, items });
      await this.run(key, { ...parameters, output: 'selected', outputFields: fields }, { variant: `${variant}, selected`, as, expected, items });
    }
    if (!operations.has(key)) throw new Error(`The node has no operation ${resource}:${operation}`);
    return outcome;
  }

  /** An operation that the server should refuse. */
  async refused(key: string, variant: string, parameters: IDataObject = {}, options: Options = {}): Promise<Outcome> {
    return await this.call(key, parameters, { expected: 'refused', ...options, variant }, false);
  }

  private async probe(key: string, parameters: IDataObject, items?: InputRows): Promise<void> {
    const isPublic = key.startsWith('publicInbox:');
    if (!isPublic) await this.run(key, parameters, { variant: 'wrong token', as: 'wrong', expected: 'refused', items });
    for (const [field, value] of Object.entries(parameters)) {
      const isLocator = value !== null && typeof value === 'object' && '__rl' in value && field !== 'account';
      if (!isLocator && field !== 'agentIds' && !(isPublic && field === 'sourceId' && key !== 'publicInbox:createContact')) continue;
      const nobody = unknown[field] ?? NOBODY;
      const variant = `unknown ${field}`;
      await this.run(key, { ...parameters, [field]: isLocator ? byId(nobody) : field === 'agentIds' ? [nobody] : nobody }, { variant, as: 'admin', expected: lenient[`${key} ${variant}`] ?? 'refused', items });
    }
    if (isPublic) return;
    this.proxy.guarded = true;
    await this.run(key, parameters, { variant: 'agent', as: 'agent', expected: { either: 'the role decides' }, items });
    this.proxy.guarded = false;
  }

  private async run(key: string, parameters: IDataObject, { variant, as, expected, items, quiet }: Required<Pick<Options, 'variant' | 'as' | 'expected'>> & Options): Promise<Outcome> {
    const [resource = '', operation = ''] = key.split(':');
    let result: RunNodeResult | undefined;
    // A wait for a server that throttles is no finding; the tests of the node have it.
    const given = { resource, operation, ...parameters, options: { giveUpAfter: 0.5, ...(parameters.options as IDataObject | undefined) } } as INodeParameters;
    const call = await this.record({ kind: 'operation', name: key, variant, as, expected, parameters }, async (call) => {
      // n8n gives a pattern a quarter of a second, which a busy machine exceeds before anything is sent.
      for (let tries = 0; tries < 3 && (!result || /Regular expression execution timed out/.test(result.error?.message ?? '')); tries += 1) result = await runNode(Chatwoot, given, { ...this.engine(as), items });
      if (!result) throw new Error('The node did not run');
      const isSimplified = parameters.output === undefined || parameters.output === 'simplified';
      if (result.status === 'success' && isSimplified) {
        try {
          checkSchema('Chatwoot', resource, operation, result.rows.filter((row) => row.summary !== true));
        } catch (error) {
          call.schema = (error as Error).message;
        }
      }
      if (result.error) throw result.error;
      call.status = result.status;
      // Of chosen fields it matters which are there at all.
      return parameters.output === 'selected' ? [Object.assign({}, ...[...result.rows].reverse())] : result.rows;
    }, quiet);
    const rows = result?.rows ?? [];
    const ok = call.status === 'success' || call.status === 'waiting';
    return { ok, rows, row: rows[0] ?? {}, id: String(rows[0]?.id ?? '0'), exchanges: this.proxy.exchanges.filter((one) => one.call === call.n), result };
  }

  /** Does something, and writes down what it gave, what it threw and what went over the wire. */
  async record(about: Pick<Call, 'kind' | 'name'> & Partial<Call>, work: (call: Call) => Promise<unknown>, quiet = false): Promise<Call> {
    const call: Call = { n: (this.count += 1), variant: '', as: 'admin', expected: 'ok', status: 'success', rowCount: 0, rows: [], exchanges: [], ms: 0, ...about };
    this.proxy.call = call.n;
    const started = performance.now();
    try {
      const rows = [await work(call)].flat();
      call.rowCount = rows.length;
      call.rows = rows.slice(0, 3);
    } catch (error) {
      const { message, description } = error as Error & { description?: string };
      call.status = 'error';
      call.error = { message, ...(description ? { description } : {}) };
    }
    call.ms = Math.round(performance.now() - started);
    const exchanges = this.proxy.exchanges.filter((one) => one.call === call.n);
    call.exchanges = exchanges.map(({ id }) => id);
    if (exchanges.some(({ held }) => held)) call.status = 'held';
    this.proxy.call = 0;
    if (quiet && exchanges.length === 0) return call;
    this.calls.push(call);
    appendFileSync(join(this.folder, 'calls.jsonl'), `${masked(JSON.stringify(call), this.proxy.tokens)}\n`);
    return call;
  }

  /** A list of the editor; `parameters` as they stand in the node at that moment. */
  async look(kind: 'list' | 'options' | 'mapper', name: string, parameters: IDataObject = {}, { filter, paginationToken, ...options }: Options & { filter?: string; paginationToken?: string } = {}): Promise<void> {
    const { variant = filter === undefined ? 'all' : `"${filter.replace(this.tag, '…')}"`, as = 'admin', expected = 'ok' } = options;
    const using: NodeOptions = { ...this.engine(as), parameters: parameters as INodeParameters };
    await this.record({ kind, name, variant, as, expected, parameters }, async () => {
      if (kind === 'list') return (await listSearch(Chatwoot, name, { ...using, filter, paginationToken })).results;
      return kind === 'options' ? await loadOptions(Chatwoot, name, using) : (await resourceMapping(Chatwoot, name, using)).fields;
    });
  }

  /** Something that must be true of what the server did. */
  async check(what: string, truth: boolean, seen?: unknown): Promise<void> {
    await this.record({ kind: 'check', name: what }, async (call) => {
      call.status = truth ? 'success' : 'error';
      return await Promise.resolve(truth ? [] : [seen]);
    });
  }
}
