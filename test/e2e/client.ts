/**
 * n8n's internal REST API as the editor uses it: sign in, credentials, workflows, runs, executions, node types.
 * The paths and bodies are those of the n8n pinned in test/n8n; where an older one of test/versions differs is told at
 * `whereKnown`.
 */
import { Agent } from 'node:http';

import axios, { AxiosError, type AxiosInstance, type AxiosResponse } from 'axios';
import type {
  ExecutionStatus,
  IBinaryData,
  ICredentialDataDecryptedObject,
  ICredentialType,
  IConnections,
  IDataObject,
  INode,
  INodeExecutionData,
  INodeParameters,
  INodePropertyOptions,
  INodeTypeDescription,
  IRunData,
  IWorkflowSettings,
} from 'n8n-workflow';

/** Who owns the instance; made on its first start. */
export interface Owner {
  email: string;
  password: string;
  firstName: string;
  lastName: string;
}

/** A workflow file as n8n exports it. */
export interface WorkflowFile {
  name: string;
  nodes: INode[];
  connections: IConnections;
  settings?: IWorkflowSettings;
  pinData?: Record<string, INodeExecutionData[]>;
}

/** A stored workflow. */
export interface StoredWorkflow extends WorkflowFile {
  id: string;
  active: boolean;
  versionId: string;
}

/** A stored credential; its values are not given back. */
export interface StoredCredential {
  id: string;
  name: string;
  type: string;
}

/** What "Test" in the credential window says. */
export interface CredentialTestResult {
  status: 'OK' | 'Error';
  message: string;
}

/** One execution with its run data. */
export interface Execution {
  id: string;
  status: ExecutionStatus;
  mode: string;
  workflowId: string;
  finished: boolean;
  startedAt: string;
  stoppedAt?: string;
  /** By node name. */
  runData: IRunData;
  /** The error that ended the run, when one did. */
  error?: { message: string; description?: string | null; node?: { name: string } };
  lastNodeExecuted?: string;
}

interface Publication {
  status: 'not_published' | 'in_progress' | 'published' | 'partial' | 'failed';
  triggers: Array<{ nodeId: string; status: string; errorMessage?: string | null }>;
}

const pause = (milliseconds: number) => new Promise((done) => setTimeout(done, milliseconds));

/** An answer of n8n with a status of 400 or more. */
export class N8nRequestError extends Error {
  constructor(
    readonly status: number,
    readonly body: unknown,
    request: string,
  ) {
    super(`${request} answered ${status}: ${typeof body === 'string' ? body.slice(0, 500) : JSON.stringify(body)}`);
  }
}

/**
 * Reads the "flatted" JSON that n8n stores executions in: an array whose first entry is the root, in which every
 * string inside an object or array is the index of the entry that stands in its place.
 */
export function parseFlatted(text: string): unknown {
  const table = JSON.parse(text) as unknown[];
  const built = new Map<number, unknown>();
  const value = (reference: unknown): unknown => (typeof reference === 'string' ? entry(Number(reference)) : reference);
  const entry = (index: number): unknown => {
    if (built.has(index)) return built.get(index);
    const raw = table[index];
    if (typeof raw !== 'object' || raw === null) return raw;
    const result: unknown[] | Record<string, unknown> = Array.isArray(raw) ? [] : {};
    built.set(index, result);
    for (const [key, reference] of Object.entries(raw)) (result as Record<string, unknown>)[key] = value(reference);
    return result;
  };
  return entry(0);
}

/** The JSON of the items a node gave on one of its outputs, all runs together. */
export function outputOf(execution: Execution, nodeName: string, output = 0): IDataObject[] {
  return itemsOf(execution, nodeName, output).map(({ json }) => json);
}

/** The items a node gave on one of its outputs, all runs together. */
export function itemsOf(execution: Execution, nodeName: string, output = 0): INodeExecutionData[] {
  return (execution.runData[nodeName] ?? []).flatMap((run) => run.data?.main?.[output] ?? []);
}

/** Signed in as the owner of one n8n. */
export class N8nClient {
  private readonly http: AxiosInstance;
  private cookie = '';

  constructor(
    readonly url: string,
    readonly owner: Owner,
  ) {
    this.http = axios.create({
      baseURL: url,
      timeout: 120_000,
      validateStatus: () => true,
      maxRedirects: 0,
      proxy: false,
      // n8n closes a connection after five idle seconds; one that is kept may be gone by the next request.
      httpAgent: new Agent({ keepAlive: false }),
    });
  }

  /** Makes the owner of a fresh instance and signs in. */
  async setUpOwner(): Promise<void> {
    await this.request('POST', '/rest/owner/setup', this.owner);
    await this.login();
  }

  async login(): Promise<void> {
    // n8n before 1.74 asks for `email`; each takes the one it knows.
    const { email, password } = this.owner;
    await this.request('POST', '/rest/login', { emailOrLdapLoginId: email, email, password });
  }

  /** Goes on with a session that another client has begun: n8n refuses more than a few sign-ins a minute. */
  resume(session: string): void {
    this.cookie = session;
  }

  /** The cookies of the session as `name=value; name=value`. */
  get session(): string {
    return this.cookie;
  }

  /**
   * One request to n8n. Answers are unwrapped from `{ data }`.
   *
   * @throws N8nRequestError for a status of 400 or more
   */
  async request<T>(method: string, path: string, body?: unknown): Promise<T> {
    const answer = await this.send(method, path, body);
    if (answer.status >= 400) throw new N8nRequestError(answer.status, answer.data, `${method} ${path}`);
    const data = answer.data as { data?: T };
    return (typeof data === 'object' && data !== null && 'data' in data ? data.data : data) as T;
  }

  /**
   * A request that older n8n do not know: they answer 404, or a GET with the editor's page.
   *
   * - `POST …/activate`, `POST …/deactivate`: before 1.123 a workflow is changed with `active: true` or `false`
   * - `GET …/publication-status`: before 2.4 activating answers when the triggers are registered
   * - `POST …/archive`: before 1.94 workflows are deleted at once
   *
   * @returns the answer, or undefined where the path is not known
   */
  private async whereKnown<T>(method: string, path: string, body?: unknown): Promise<T | undefined> {
    try {
      const answer = await this.request<T>(method, path, body);
      return typeof answer === 'string' ? undefined : answer;
    } catch (error) {
      if (error instanceof N8nRequestError && error.status === 404) return undefined;
      throw error;
    }
  }

  private async send(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<AxiosResponse<unknown>> {
    try {
      const answer = await this.http.request<unknown>({ method, url: path, data: body, headers: { cookie: this.cookie, ...headers } });
      const cookies = answer.headers['set-cookie'];
      if (cookies) this.cookie = cookies.map((cookie) => cookie.split(';')[0]).join('; ');
      return answer;
    } catch (error) {
      throw error instanceof AxiosError ? new Error(`${method} ${path}: ${error.message}`) : error;
    }
  }

  /** All node types with their full descriptions. */
  async nodeTypes(): Promise<INodeTypeDescription[]> {
    return await this.request('GET', '/types/nodes.json');
  }

  /** All credential types. */
  async credentialTypes(): Promise<ICredentialType[]> {
    return await this.request('GET', '/types/credentials.json');
  }

  /** A file n8n serves, e.g. an icon: its status, type and text. */
  async file(path: string): Promise<{ status: number; type: string; text: string }> {
    const answer = await this.http.get<string>(path.startsWith('/') ? path : `/${path}`, { responseType: 'text', headers: { cookie: this.cookie } });
    return { status: answer.status, type: String(answer.headers['content-type'] ?? ''), text: answer.data };
  }

  async createCredential(type: string, name: string, data: ICredentialDataDecryptedObject): Promise<StoredCredential> {
    return await this.request('POST', '/rest/credentials', { type, name, data });
  }

  async deleteCredential(id: string): Promise<void> {
    await this.request('DELETE', `/rest/credentials/${id}`);
  }

  /** The live test of values that are not stored yet, as the credential window does it on "Save". */
  async testCredential(type: string, data: ICredentialDataDecryptedObject): Promise<CredentialTestResult> {
    const test = async (id: string) => await this.request<CredentialTestResult>('POST', '/rest/credentials/test', { credentials: { id, name: `Test of ${type}`, type, data } });
    try {
      return await test('');
    } catch (error) {
      if (!(error instanceof N8nRequestError) || error.status !== 403) throw error;
    }
    // The first n8n 2 and those before it test a stored credential only; the values sent go before the stored ones.
    const { id } = await this.createCredential(type, `Test of ${type}`, data);
    try {
      return await test(id);
    } finally {
      await this.deleteCredential(id);
    }
  }

  async createWorkflow(workflow: WorkflowFile): Promise<StoredWorkflow> {
    const { name, nodes, connections, settings = {}, pinData } = workflow;
    return await this.request('POST', '/rest/workflows', { name, active: false, nodes, connections, settings, ...(pinData ? { pinData } : {}) });
  }

  /**
   * Stores a workflow file, with every node's credentials replaced by the given ones of the same type.
   *
   * @param missing what becomes of a credential whose type is not among them; left out, the person chooses it in the editor
   * @throws Error when a node asks for a credential type that is not among them, unless it is left out
   */
  async importWorkflow(workflow: WorkflowFile, credentials: StoredCredential[], missing: 'refuse' | 'leaveOut' = 'refuse'): Promise<StoredWorkflow> {
    return await this.createWorkflow({ ...workflow, nodes: withCredentials(workflow.nodes, credentials, missing) });
  }

  async getWorkflow(id: string): Promise<StoredWorkflow> {
    return await this.request('GET', `/rest/workflows/${id}`);
  }

  async deleteWorkflow(id: string): Promise<void> {
    await this.whereKnown('POST', `/rest/workflows/${id}/archive`, {});
    // Refused as long as n8n is still taking a published workflow's webhooks away.
    for (const deadline = Date.now() + 30_000; ; await new Promise((done) => setTimeout(done, 250))) {
      try {
        return await this.request('DELETE', `/rest/workflows/${id}`);
      } catch (error) {
        if (!(error instanceof N8nRequestError) || error.status !== 409 || Date.now() > deadline) throw error;
      }
    }
  }

  /**
   * Publishes a workflow and waits until its production webhooks and schedules are registered.
   *
   * @throws Error with the triggers' messages when one could not be registered
   */
  async activate(id: string): Promise<void> {
    const { versionId } = await this.getWorkflow(id);
    const activated = await this.whereKnown('POST', `/rest/workflows/${id}/activate`, { versionId });
    if (activated === undefined) await this.request('PATCH', `/rest/workflows/${id}`, { active: true, versionId });
    const { status, triggers } = await this.publication(id, (now) => now !== 'in_progress' && now !== 'not_published');
    if (status === 'published') return;
    const messages = triggers.map(({ nodeId, errorMessage }) => `${nodeId}: ${errorMessage ?? 'registered'}`);
    throw new Error(`Workflow ${id} could not be published: ${messages.join('; ')}`);
  }

  /** Takes a workflow out of production and waits until its triggers are gone. */
  async deactivate(id: string): Promise<void> {
    const deactivated = await this.whereKnown('POST', `/rest/workflows/${id}/deactivate`, {});
    if (deactivated === undefined) await this.request('PATCH', `/rest/workflows/${id}`, { active: false, versionId: (await this.getWorkflow(id)).versionId });
    await this.publication(id, (now) => now === 'not_published');
  }

  /** n8n registers and removes triggers in the background. */
  private async publication(id: string, isDone: (status: string) => boolean, timeout = 30_000): Promise<Publication> {
    const deadline = Date.now() + timeout;
    for (;;) {
      const publication = await this.whereKnown<Publication>('GET', `/rest/workflows/${id}/publication-status`);
      if (publication === undefined) return { status: (await this.getWorkflow(id)).active ? 'published' : 'not_published', triggers: [] };
      if (isDone(publication.status)) return publication;
      if (Date.now() > deadline) throw new Error(`Workflow ${id} is still "${publication.status}" after ${timeout} ms`);
      await pause(100);
    }
  }

  /**
   * Runs a stored workflow as the editor's "Execute workflow" button does and waits for its end.
   *
   * @param trigger name of the trigger node to start from; the manual trigger by default
   */
  async runWorkflow(id: string, trigger?: string, timeout = 60_000): Promise<Execution> {
    const workflowData = await this.getWorkflow(id);
    const { nodes } = workflowData;
    const start = trigger ?? nodes.find(({ type }) => type === 'n8n-nodes-base.manualTrigger')?.name;
    if (start === undefined) throw new Error(`Workflow ${id} has no manual trigger; name the trigger to start from.`);
    const answer = await this.request<{ executionId?: string; waitingForWebhook?: boolean }>('POST', `/rest/workflows/${id}/run`, {
      triggerToStartFrom: { name: start },
      // n8n before 2 runs the workflow it is sent.
      workflowData,
    });
    if (answer.executionId === undefined) throw new Error(`The run of workflow ${id} did not start: ${JSON.stringify(answer)}`);
    return await this.waitForExecution(answer.executionId, timeout);
  }

  /** Calls a production webhook. */
  async callWebhook(path: string, body: unknown, headers: Record<string, string> = {}, method = 'POST'): Promise<AxiosResponse<unknown>> {
    return await this.http.request({ method, url: `/webhook/${path.replace(/^\//, '')}`, data: body, headers });
  }

  /** The executions of a workflow, newest first, without their data. */
  async executions(workflowId: string): Promise<Array<{ id: string; status: ExecutionStatus; mode: string }>> {
    const filter = encodeURIComponent(JSON.stringify({ workflowId }));
    const { results } = await this.request<{ results: Array<{ id: string; status: ExecutionStatus; mode: string }> }>(
      'GET',
      `/rest/executions?filter=${filter}&limit=50`,
    );
    return results;
  }

  async getExecution(id: string): Promise<Execution> {
    const stored = await this.request<Omit<Execution, 'runData' | 'error'> & { data: string }>('GET', `/rest/executions/${id}`);
    // A run that has just begun has no data yet.
    const data = parseFlatted(stored.data) as { resultData?: { runData?: IRunData; error?: Execution['error']; lastNodeExecuted?: string } } | undefined;
    const { runData = {}, error, lastNodeExecuted } = data?.resultData ?? {};
    return {
      id: stored.id,
      status: stored.status,
      mode: stored.mode,
      workflowId: stored.workflowId,
      finished: stored.finished,
      startedAt: stored.startedAt,
      stoppedAt: stored.stoppedAt,
      runData,
      error,
      lastNodeExecuted,
    };
  }

  /**
   * Waits until an execution has ended, or waits for an answer itself.
   *
   * @param timeout milliseconds
   */
  async waitForExecution(id: string, timeout = 60_000): Promise<Execution> {
    const deadline = Date.now() + timeout;
    for (;;) {
      const execution = await this.getExecution(id);
      if (!['new', 'running', 'unknown'].includes(execution.status)) return execution;
      if (Date.now() > deadline) throw new Error(`Execution ${id} is still "${execution.status}" after ${timeout} ms`);
      await pause(100);
    }
  }

  /**
   * Waits for the next execution of a workflow to end, e.g. after a production webhook.
   *
   * @param known ids of executions that were there before
   * @param timeout milliseconds
   */
  async waitForNewExecution(workflowId: string, known: string[] = [], timeout = 60_000): Promise<Execution> {
    const deadline = Date.now() + timeout;
    for (;;) {
      const found = (await this.executions(workflowId)).find(({ id }) => !known.includes(id));
      if (found) return await this.waitForExecution(found.id, Math.max(0, deadline - Date.now()));
      if (Date.now() > deadline) throw new Error(`Workflow ${workflowId} did not run within ${timeout} ms`);
      await pause(100);
    }
  }

  /** The entries of a resource locator's list, as the drop-down asks for them. */
  async locatorEntries(question: DynamicParameterQuestion & { filter?: string; paginationToken?: string }): Promise<{
    results: Array<INodePropertyOptions & { url?: string }>;
    paginationToken?: unknown;
  }> {
    return await this.request('POST', '/rest/dynamic-node-parameters/resource-locator-results', question);
  }

  /** The fields a resource mapper shows. */
  async mapperFields(question: DynamicParameterQuestion): Promise<{ fields: Array<{ id: string; displayName: string; type?: string }> }> {
    return await this.request('POST', '/rest/dynamic-node-parameters/resource-mapper-fields', question);
  }

  /** The options of a drop-down that a method fills. */
  async options(question: DynamicParameterQuestion): Promise<INodePropertyOptions[]> {
    return await this.request('POST', '/rest/dynamic-node-parameters/options', question);
  }

  /** The bytes of a binary field of an execution's item. */
  async binary(data: IBinaryData): Promise<Buffer> {
    if (!data.id) return Buffer.from(data.data, 'base64');
    const answer = await this.http.get<ArrayBuffer>(`/rest/binary-data?id=${encodeURIComponent(data.id)}&action=download`, {
      responseType: 'arraybuffer',
      headers: { cookie: this.cookie },
    });
    if (answer.status !== 200) throw new N8nRequestError(answer.status, undefined, 'GET /rest/binary-data');
    return Buffer.from(answer.data);
  }
}

/** What the editor sends when a drop-down is opened. */
export interface DynamicParameterQuestion {
  methodName: string;
  /** Path of the parameter, e.g. `parameters.inbox`. */
  path: string;
  nodeTypeAndVersion: { name: string; version: number };
  currentNodeParameters: INodeParameters;
  credentials: Record<string, { id: string; name: string }>;
}

/**
 * Gives every node that names credentials the stored ones of the same type: the one of the same name if there are several.
 *
 * @throws Error when there is none, unless it is left out
 */
export function withCredentials(nodes: INode[], credentials: StoredCredential[], missing: 'refuse' | 'leaveOut' = 'refuse'): INode[] {
  return nodes.map((node) => {
    if (!node.credentials) return node;
    const replaced = Object.entries(node.credentials).flatMap(([type, asked]) => {
      const ofType = credentials.filter((credential) => credential.type === type);
      const stored = ofType.find(({ name }) => name === asked.name) ?? ofType[0];
      if (stored) return [[type, { id: stored.id, name: stored.name }] as const];
      if (missing === 'leaveOut') return [];
      throw new Error(`No credential of type "${type}" for the node "${node.name}"`);
    });
    return { ...node, credentials: Object.fromEntries(replaced) };
  });
}
