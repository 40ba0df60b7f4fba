/** The engine harness itself, with a small node, trigger and credential against a server of this file. */
import { createHmac } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { IncomingHttpHeaders, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { LoggerProxy, NodeApiError, NodeOperationError } from 'n8n-workflow';
import type {
  IAuthenticateGeneric,
  ICredentialDataDecryptedObject,
  ICredentialTestRequest,
  ICredentialType,
  IDataObject,
  IExecuteFunctions,
  IHookFunctions,
  IHttpRequestOptions,
  ILoadOptionsFunctions,
  INodeExecutionData,
  INodeProperties,
  INodeType,
  INodeTypeDescription,
  IPollFunctions,
  IWebhookFunctions,
  IWebhookResponseData,
} from 'n8n-workflow';

import {
  NODE_NAME,
  WEBHOOK_ID,
  binaryBuffer,
  hook,
  listSearch,
  loadOptions,
  loadPackage,
  poll,
  resourceMapping,
  runNode,
  runWorkflow,
  testCredential,
  toItems,
  webhookCall,
} from './engine';

// ------------------------------------------------------------------------------------------------- demo server

const TOKEN = 'demo-secret-token-42';
interface Seen {
  method: string;
  path: string;
  query: Record<string, string>;
  headers: IncomingHttpHeaders;
  body: string;
}
let seen: Seen[] = [];
let failuresLeft = 0;
let server: Server;
let baseUrl = '';

beforeAll(async () => {
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const url = new URL(request.url ?? '/', 'http://localhost');
      const query = Object.fromEntries(url.searchParams);
      const body = Buffer.concat(chunks).toString('utf8');
      seen.push({ method: request.method ?? '', path: url.pathname, query, headers: request.headers, body });
      const answer = (status: number, value: unknown) => {
        response.writeHead(status, { 'content-type': 'application/json' });
        response.end(JSON.stringify(value));
      };
      if (url.pathname === '/slow') return void setTimeout(() => answer(200, { slow: true }), 5000).unref();
      if (request.headers['x-api-key'] !== TOKEN) return answer(401, { message: 'Bad key' });
      if (url.pathname === '/whoami') return answer(200, { name: 'Ann', plan: query.plan ?? null });
      if (url.pathname === '/echo') {
        if (failuresLeft > 0) {
          failuresLeft -= 1;
          return answer(503, { message: 'Come back later' });
        }
        if (query.value === 'bad') return answer(422, { message: 'Value is not allowed' });
        return answer(200, { value: query.value, account: query.account });
      }
      if (url.pathname === '/upload') return answer(200, { received: body.length, type: request.headers['content-type'] });
      if (url.pathname === '/list') {
        const page = Number(query.page);
        return answer(200, { names: page === 1 ? ['Ada', 'Bob'] : ['Cid'], next: page === 1 ? '2' : undefined });
      }
      return answer(404, { message: 'Nothing here' });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});
beforeEach(() => {
  seen = [];
  failuresLeft = 0;
});

// ---------------------------------------------------------------------------------- demo credential, node, trigger

class DemoApi implements ICredentialType {
  name = 'demoApi';
  displayName = 'Demo API';
  properties: INodeProperties[] = [
    { displayName: 'URL', name: 'url', type: 'string', default: '' },
    { displayName: 'Token', name: 'token', type: 'string', typeOptions: { password: true }, default: '' },
    { displayName: 'Account', name: 'account', type: 'string', default: 'main' },
  ];
  authenticate: IAuthenticateGeneric = {
    type: 'generic',
    properties: { headers: { 'X-Api-Key': '={{ $credentials.token }}' }, qs: { account: '={{ $credentials.account }}' } },
  };
  test: ICredentialTestRequest = {
    request: { baseURL: "={{ $credentials.url.replace(/\\/$/, '') }}", url: '/whoami', qs: { plan: '={{ $credentials.account }}' } },
    rules: [{ type: 'responseCode', properties: { value: 401, message: 'The token is not valid' } }],
  };
}

/** Same credential with a rule on the body of a good answer. */
class DemoBodyRuleApi extends DemoApi {
  override test: ICredentialTestRequest = {
    ...new DemoApi().test,
    rules: [{ type: 'responseSuccessBody', properties: { key: 'plan', value: 'expired', message: 'The plan is over' } }],
  };
}

/** Same credential, `authenticate` as a function. */
class DemoFunctionApi extends DemoApi {
  override name = 'demoApi';
  override authenticate = (async (credentials: ICredentialDataDecryptedObject, options: IHttpRequestOptions) => ({
    ...options,
    headers: { ...options.headers, 'X-Api-Key': credentials.token },
    qs: { ...options.qs, account: 'by function' },
  })) as never;
}

class Demo implements INodeType {
  description: INodeTypeDescription = {
    displayName: 'Demo',
    name: 'demo',
    group: ['transform'],
    version: [1, 1.1],
    description: 'Demo',
    defaults: { name: 'Demo' },
    inputs: ['main'],
    outputs: ['main'],
    credentials: [{ name: 'demoApi', required: true }],
    webhooks: [{ name: 'default', httpMethod: 'GET', responseMode: 'onReceived', path: '={{ $nodeId }}', restartWebhook: true, isFullPath: true }],
    properties: [
      {
        displayName: 'Operation', name: 'operation', type: 'options', noDataExpression: true, default: 'echo',
        options: ['echo', 'upload', 'download', 'slow', 'ask', 'log'].map((value) => ({ name: value, value })),
      },
      { displayName: 'Value', name: 'value', type: 'string', default: '', required: true, displayOptions: { show: { operation: ['echo'] } } },
      { displayName: 'Person', name: 'person', type: 'resourceLocator', default: { mode: 'id', value: '' }, modes: [{ displayName: 'By URL', name: 'url', type: 'string', extractValue: { type: 'regex', regex: 'people/([0-9]+)' } }, { displayName: 'ID', name: 'id', type: 'string' }] },
    ],
  };

  methods = {
    listSearch: {
      async searchPeople(this: ILoadOptionsFunctions, filter?: string, paginationToken?: string) {
        const { url } = await this.getCredentials<{ url: string }>('demoApi');
        const { names, next } = (await this.helpers.httpRequestWithAuthentication.call(this, 'demoApi', {
          url: `${url}/list`, qs: { page: paginationToken ?? '1' },
        })) as { names: string[]; next?: string };
        return { results: names.filter((name) => name.includes(filter ?? '')).map((name) => ({ name, value: name })), paginationToken: next };
      },
    },
    loadOptions: {
      async getOperations(this: ILoadOptionsFunctions) {
        return [{ name: String(this.getCurrentNodeParameter('operation')), value: String(this.getCurrentNodeParameter('person', { extractValue: true })) }];
      },
    },
    resourceMapping: {
      async getFields(this: ILoadOptionsFunctions) {
        return { fields: [{ id: 'size', displayName: 'Size', required: false, defaultMatch: false, display: true }] };
      },
    },
  };

  async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
    const output: INodeExecutionData[] = [];
    const items = this.getInputData();
    for (let index = 0; index < items.length; index++) {
      try {
        const { url } = await this.getCredentials<{ url: string }>('demoApi', index);
        const send = async (options: IHttpRequestOptions) =>
          (await this.helpers.httpRequestWithAuthentication.call(this, 'demoApi', options)) as IDataObject;
        const operation = this.getNodeParameter('operation', index) as string;
        if (operation === 'echo') {
          const json = await send({ url: `${url}/echo`, qs: { value: this.getNodeParameter('value', index) as string } });
          output.push({ json: { ...json, person: this.getNodeParameter('person', index, '', { extractValue: true }) as string }, pairedItem: { item: index } });
        } else if (operation === 'upload') {
          const buffer = await this.helpers.getBinaryDataBuffer(index, 'data');
          const form = new FormData();
          form.append('file', new Blob([buffer as never]), 'a.txt');
          output.push({ json: await send({ method: 'POST', url: `${url}/upload`, body: form }), pairedItem: { item: index } });
        } else if (operation === 'download') {
          output.push({
            json: {},
            binary: { data: await this.helpers.prepareBinaryData(Buffer.from('file content'), 'a.txt', 'text/plain') },
            pairedItem: { item: index },
          });
        } else if (operation === 'slow') {
          await send({ url: `${url}/slow` });
        } else if (operation === 'log') {
          this.logger.info('sending', { url });
          this.logger.warn('careful');
          LoggerProxy.debug('through the proxy');
          this.addExecutionHints({ message: 'Look here', location: 'outputPane' });
          output.push({ json: {}, pairedItem: { item: index } });
        } else {
          output.push({ json: { url: this.getSignedResumeUrl({ approved: 'true' }) }, pairedItem: { item: index } });
          await this.putExecutionToWait(new Date(Date.now() + 60_000));
        }
      } catch (error) {
        if (this.continueOnFail()) {
          output.push({ json: { error: (error as Error).message }, pairedItem: { item: index } });
          continue;
        }
        if (error instanceof NodeApiError) {
          error.context.itemIndex = index;
          throw error;
        }
        throw new NodeOperationError(this.getNode(), error as Error, { itemIndex: index });
      }
    }
    return [output];
  }

  async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
    const { approved } = this.getQueryData() as { approved?: string };
    return { webhookResponse: 'Thank you', workflowData: [[{ json: { approved: approved === 'true' } }]] };
  }
}

class DemoTrigger implements INodeType {
  description: INodeTypeDescription = {
    displayName: 'Demo Trigger',
    name: 'demoTrigger',
    group: ['trigger'],
    version: 1,
    description: 'Demo',
    defaults: { name: 'Demo Trigger' },
    inputs: [],
    outputs: ['main'],
    credentials: [{ name: 'demoApi', required: true }],
    webhooks: [{ name: 'default', httpMethod: 'POST', responseMode: 'onReceived', path: 'webhook' }],
    properties: [{ displayName: 'Event', name: 'event', type: 'string', default: 'all' }],
  };

  webhookMethods = {
    default: {
      async checkExists(this: IHookFunctions) {
        return this.getWorkflowStaticData('node').webhookId !== undefined;
      },
      async create(this: IHookFunctions) {
        this.getWorkflowStaticData('node').webhookId = `remote of ${this.getNodeWebhookUrl('default')}`;
        this.logger.info('registered', { activation: this.getActivationMode() });
        return true;
      },
      async delete(this: IHookFunctions) {
        delete this.getWorkflowStaticData('node').webhookId;
        return true;
      },
    },
  };

  async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
    const { token } = await this.getCredentials<{ token: string }>('demoApi');
    const request = this.getRequestObject();
    const signature = createHmac('sha256', token).update(request.rawBody).digest('hex');
    if (this.getHeaderData()['x-signature'] !== signature) {
      this.getResponseObject().status(401).json({ message: 'Wrong signature' });
      return { noWebhookResponse: true };
    }
    const body = this.getBodyData();
    if (body.explode === true) throw new NodeOperationError(this.getNode(), 'Exploded');
    const event = this.getNodeParameter('event') as string;
    if (event !== 'all' && body.event !== event) return {};
    const data = this.getWorkflowStaticData('node');
    data.calls = ((data.calls as number | undefined) ?? 0) + 1;
    const workflowData = [[{ json: { ...body, calls: data.calls, query: this.getQueryData() as IDataObject } }]];
    if (body.leaveAnswer === true) return { workflowData };
    this.getResponseObject().status(200).json({ message: 'Workflow was started' });
    return { noWebhookResponse: true, workflowData };
  }
}

class DemoPollTrigger implements INodeType {
  description: INodeTypeDescription = {
    ...new DemoTrigger().description, name: 'demoPollTrigger', webhooks: undefined, polling: true, properties: [],
  };

  async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
    const data = this.getWorkflowStaticData('node');
    if (this.getMode() === 'manual') return [[{ json: { sample: true } }]];
    const last = (data.last as number | undefined) ?? 0;
    if (last >= 2) return null;
    data.last = last + 1;
    return [[{ json: { number: last + 1 } }]];
  }
}

const options = () => ({ credentials: [DemoApi], credentialValues: { demoApi: { url: baseUrl, token: TOKEN } } });
const chain = (...names: string[]) =>
  Object.fromEntries(names.slice(0, -1).map((name, index) => [name, { main: [[{ node: names[index + 1] as string, type: 'main' as const, index: 0 }]] }]));

// ------------------------------------------------------------------------------------------------------ workflows

describe('runWorkflow', () => {
  test('resolves expressions, authenticates, and pairs items across nodes', async () => {
    const result = await runWorkflow(
      {
        nodes: [
          { name: 'Start', type: 'n8n-nodes-base.manualTrigger', typeVersion: 1 },
          { name: 'Demo', type: 'some-package.demo', parameters: { value: '={{ $json.word.toUpperCase() }}', person: { __rl: true, mode: 'url', value: '=https://x.example/people/{{ $itemIndex + 7 }}' } } },
          {
            name: 'Edit', type: 'n8n-nodes-base.set', typeVersion: 3.4,
            parameters: { assignments: { assignments: [{ name: 'a.original', value: "={{ $('Start').item.json.word }}", type: 'string' }, { name: 'value', value: '={{ $json.value }}', type: 'string' }] } },
          },
          { name: 'Raw', type: 'n8n-nodes-base.set', typeVersion: 3.4, parameters: { mode: 'raw', jsonOutput: '={ "v": "{{ $vars.team }}" }', includeOtherFields: true } },
        ],
        connections: chain('Start', 'Demo', 'Edit', 'Raw'),
      },
      { ...options(), nodes: [Demo], input: [{ word: 'one' }, { word: 'two' }], variables: { team: 'blue' } },
    );
    expect(result.error).toBeUndefined();
    expect(result.status).toBe('success');
    expect(result.json('Demo')).toEqual([
      { value: 'ONE', account: 'main', person: '7' },
      { value: 'TWO', account: 'main', person: '8' },
    ]);
    expect(result.json('Raw')).toEqual([
      { a: { original: 'one' }, value: 'ONE', v: 'blue' },
      { a: { original: 'two' }, value: 'TWO', v: 'blue' },
    ]);
    expect(result.items('Demo').map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }]);
    expect(seen.map(({ headers, query }) => [headers['x-api-key'], query.value])).toEqual([[TOKEN, 'ONE'], [TOKEN, 'TWO']]);
    expect(() => result.items('Typo')).toThrow('no node "Typo"');
  });

  test('$(...).item fails where the item link is lost', async () => {
    class Unlinked implements INodeType {
      description: INodeTypeDescription = { ...new Demo().description, name: 'unlinked', credentials: [], properties: [], webhooks: undefined };
      async execute(this: IExecuteFunctions) {
        return [this.getInputData().flatMap(({ json }) => [{ json: { ...json } }, { json: { ...json } }])];
      }
    }
    const result = await runWorkflow(
      {
        nodes: [
          { name: 'Start', type: 'manualTrigger' },
          { name: 'Unlinked', type: 'unlinked' },
          { name: 'Edit', type: 'set', parameters: { assignments: { assignments: [{ name: 'x', value: "={{ $('Start').item.json.x }}" }] } } },
        ],
        connections: chain('Start', 'Unlinked', 'Edit'),
      },
      { nodes: [Unlinked], input: [{ x: 1 }, { x: 2 }] },
    );
    expect(result.status).toBe('error');
    expect(result.run?.data.resultData.lastNodeExecuted).toBe('Edit');
  });

  test('two accounts of one credential type in one workflow; function-style authenticate; unknown credential', async () => {
    const demo = (name: string, account: string) => ({ name, type: 'demo', parameters: { value: name }, credentials: { demoApi: { id: account, name: account } } });
    const result = await runWorkflow(
      { nodes: [{ name: 'Start', type: 'manualTrigger' }, demo('A', 'acc-a'), demo('B', 'acc-b')], connections: chain('Start', 'A', 'B') },
      { nodes: [Demo], credentials: [DemoApi], credentialValues: { 'acc-a': { url: baseUrl, token: TOKEN, account: 'first' }, 'acc-b': { url: baseUrl, token: TOKEN, account: '={{ "sec" + "ond" }}' } } },
    );
    expect(result.error).toBeUndefined();
    expect(seen.map(({ query }) => query.account)).toEqual(['first', 'second']);

    const byFunction = await runNode(Demo, { value: 'x' }, { ...options(), credentials: [DemoFunctionApi] });
    expect(byFunction.rows).toEqual([{ value: 'x', account: 'by function', person: '' }]);

    const none = await runNode(Demo, { value: 'x' }, { credentials: [DemoApi] });
    expect(none.error).toMatchObject({ message: 'Node does not have any credentials set' });
  });

  test('refuses a workflow with an empty required parameter before the node runs', async () => {
    const result = await runNode(Demo, { value: '' }, options());
    expect(result.status).toBe('error');
    expect(result.error?.constructor.name).toBe('WorkflowHasIssuesError');
    expect(result.visibleText()).toContain('Value');
    expect(result.executions(NODE_NAME)).toBe(0);
    expect(seen).toEqual([]);
  });

  test('is cancelled by timer and by signal', async () => {
    const byTimer = await runNode(Demo, { operation: 'slow' }, { ...options(), cancelAfterMs: 1_000 });
    expect(byTimer.status).toBe('canceled');
    const controller = new AbortController();
    // Under way, however busy the machine is.
    const watch = setInterval(() => { if (seen.length === 2) controller.abort(); }, 5);
    const bySignal = await runNode(Demo, { operation: 'slow' }, { ...options(), signal: controller.signal });
    clearInterval(watch);
    expect(bySignal.status).toBe('canceled');
    expect(seen.map(({ path }) => path)).toEqual(['/slow', '/slow']);
  });

  test('starts with a trigger node in trigger mode', async () => {
    const result = await runWorkflow(
      { nodes: [{ name: 'Trigger', type: 'demoTrigger' }, { name: 'No Op', type: 'noOp' }], connections: chain('Trigger', 'No Op') },
      { ...options(), nodes: [DemoTrigger], mode: 'trigger', input: [{ event: 'x' }] },
    );
    expect(result.json('No Op')).toEqual([{ event: 'x' }]);
  });

  test('keeps concurrent runs apart', async () => {
    const results = await Promise.all(['a', 'b', 'c'].map(async (value) => await runNode(Demo, { operation: 'log' }, { ...options(), credentialValues: { demoApi: { url: value, token: 't' } } })));
    expect(results.map(({ logs }) => logs.filter(({ message }) => message === 'sending'))).toEqual(
      ['a', 'b', 'c'].map((url) => [{ level: 'info', message: 'sending', meta: { url } }]),
    );
  });
});

// ----------------------------------------------------------------------------------------------------------- nodes

describe('runNode', () => {
  const rows = [{ v: 'good' }, { v: 'bad' }, { v: 'fine' }];

  test('gives the thrown error instance with item, description and HTTP code', async () => {
    const result = await runNode(Demo, { value: '={{ $json.v }}' }, { ...options(), items: rows });
    expect(result.status).toBe('error');
    expect(result.error).toBeInstanceOf(NodeApiError);
    expect(result.error).toMatchObject({ httpCode: '422', description: 'Value is not allowed', context: { itemIndex: 1 } });
    expect(result.outputs).toEqual([]);
  });

  test('continues on fail, with linked error items', async () => {
    const result = await runNode(Demo, { value: '={{ $json.v }}' }, { ...options(), items: rows, continueOnFail: true });
    expect(result.status).toBe('success');
    expect(result.first.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }, { item: 2 }]);
    expect(result.rows[1]).toEqual({ error: expect.stringContaining('invalid') as string });
  });

  test('sends failed items to the error output', async () => {
    const result = await runNode(Demo, { value: '={{ $json.v }}' }, { ...options(), items: rows, onError: 'continueErrorOutput' });
    expect(result.outputs.map((items) => items.length)).toEqual([2, 1]);
    expect(result.items(NODE_NAME, 1)[0]?.json).toMatchObject({ v: 'bad', error: expect.any(String) as string });
  });

  test('Retry On Fail executes the whole node again', async () => {
    failuresLeft = 2;
    const result = await runNode(Demo, { value: '={{ $json.v }}' }, {
      ...options(), items: [{ v: 'one' }, { v: 'two' }], settings: { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 },
    });
    expect(result.status).toBe('success');
    expect(result.executions(NODE_NAME)).toBe(3);
    expect(seen.map(({ query }) => query.value)).toEqual(['one', 'one', 'one', 'two']);
  });

  test('moves binary data in and out', async () => {
    const download = await runNode(Demo, { operation: 'download' }, options());
    expect(download.first[0]?.binary?.data).toMatchObject({ fileName: 'a.txt', mimeType: 'text/plain', data: 'filesystem-v2' });
    expect((await binaryBuffer(download.first[0]?.binary?.data)).toString()).toBe('file content');

    const upload = await runNode(Demo, { operation: 'upload' }, { ...options(), items: download.first });
    expect(upload.rows[0]).toMatchObject({ type: expect.stringMatching(/^multipart\/form-data; boundary=/) as string });
    expect(seen.at(-1)?.body).toContain('file content');

    const inline = await runNode(Demo, { operation: 'upload' }, {
      ...options(), items: [{ json: {}, binary: { data: { data: Buffer.from('inline bytes').toString('base64'), mimeType: 'text/plain' } } }],
    });
    expect(inline.status).toBe('success');
    expect(seen.at(-1)?.body).toContain('inline bytes');
  });

  test('captures logs of context and proxy, and hints; secrets can be searched for', async () => {
    const result = await runNode(Demo, { operation: 'log' }, options());
    expect(result.logs).toContainEqual({ level: 'info', message: 'sending', meta: { url: baseUrl } });
    expect(result.logs).toContainEqual({ level: 'warn', message: 'careful' });
    expect(result.logs).toContainEqual({ level: 'debug', message: 'through the proxy' });
    expect(result.hints).toEqual([{ message: 'Look here', location: 'outputPane', node: NODE_NAME }]);
    expect(result.visibleText()).toContain(baseUrl);
    expect(result.visibleText()).not.toContain(TOKEN);

    class Leaky extends Demo {
      override async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
        const credentials = await this.getCredentials<{ token: string }>('demoApi');
        this.logger.debug('x', { deep: { credentials } });
        return [[]];
      }
    }
    expect((await runNode(Leaky, {}, options())).visibleText()).not.toContain('"value":"x"');
    expect((await runNode(Leaky, { value: 'x' }, options())).visibleText()).toContain(TOKEN);
  });

  test('takes light versions, the newest by default', async () => {
    class Versioned extends Demo {
      override async execute(this: IExecuteFunctions) {
        return [[{ json: { version: this.getNode().typeVersion } }]];
      }
    }
    expect((await runNode(Versioned, { value: 'x' }, options())).rows).toEqual([{ version: 1.1 }]);
    expect((await runNode(Versioned, { value: 'x' }, { ...options(), typeVersion: 1 })).rows).toEqual([{ version: 1 }]);
  });

  test('send and wait: waits, takes the signed answer, goes on; or times out', async () => {
    const waiting = await runWorkflow(
      {
        nodes: [{ name: 'Start', type: 'manualTrigger' }, { name: 'Ask', type: 'demo', parameters: { operation: 'ask' } }, { name: 'After', type: 'noOp' }],
        connections: chain('Start', 'Ask', 'After'),
      },
      { ...options(), nodes: [Demo], input: [{ question: 1 }] },
    );
    expect(waiting.status).toBe('waiting');
    expect(waiting.waitTill).toBeInstanceOf(Date);
    expect(waiting.runData.After).toBeUndefined();
    const url = String(waiting.json('Ask')[0]?.url);
    expect(url).toContain('/webhook-waiting/1/id-of-Ask?approved=true&signature=');

    const forged = await waiting.resume({ url: url.replace('approved=true', 'approved=false') });
    expect(forged).toMatchObject({ started: false, response: { statusCode: 401 } });
    const post = await waiting.resume({ url, method: 'POST' });
    expect(post).toMatchObject({ started: false, response: { statusCode: 404 } });

    const answered = await waiting.resume({ url });
    expect(answered.response).toMatchObject({ statusCode: 200, body: 'Thank you' });
    expect(answered.result?.status).toBe('success');
    expect(answered.result?.json('Ask')).toEqual([{ approved: true }]);
    expect(answered.result?.json('After')).toEqual([{ approved: true }]);

    const late = await waiting.resume('timeout');
    expect(late.result?.json('After')).toEqual([{ question: 1 }]);
  });

  test('tells rows from items', () => {
    expect(toItems([{ json: { a: 1 }, pairedItem: 0 }])).toEqual([{ json: { a: 1 }, pairedItem: 0 }]);
    expect(toItems([{ json: { a: 1 }, other: 1 }])).toEqual([{ json: { json: { a: 1 }, other: 1 } }]);
  });
});

// ----------------------------------------------------------------------------------------------------- credentials

describe('testCredential', () => {
  test('says OK, rule message, body rule, status text, refused connection, missing test', async () => {
    const data = { url: `${baseUrl}/`, token: TOKEN };
    expect(await testCredential(DemoApi, data)).toMatchObject({ status: 'OK', message: 'Connection successful!' });
    expect(seen[0]).toMatchObject({ path: '/whoami', query: { plan: 'main', account: 'main' }, headers: { 'x-api-key': TOKEN } });
    expect(await testCredential(DemoApi, { ...data, token: 'wrong' })).toMatchObject({ status: 'Error', message: 'The token is not valid' });
    expect(await testCredential(DemoBodyRuleApi, data)).toMatchObject({ status: 'OK' });
    expect(await testCredential(DemoBodyRuleApi, { ...data, account: 'expired' })).toMatchObject({ status: 'Error', message: 'The plan is over' });
    expect(await testCredential(DemoApi, { ...data, url: `${baseUrl}/elsewhere` })).toMatchObject({ status: 'Error', message: 'Not Found' });
    expect(await testCredential(DemoApi, { ...data, url: 'http://127.0.0.1:1' })).toMatchObject({ status: 'Error', message: 'ECONNREFUSED' });
    class NoTest extends DemoApi {
      override test = undefined as never;
    }
    expect(await testCredential(NoTest, data)).toMatchObject({ status: 'Error', message: 'No testing function found for this credential.' });
  });
});

// ------------------------------------------------------------------------------------------------------ drop-downs

describe('dynamic parameters', () => {
  test('listSearch pages by token and filters; errors reject', async () => {
    const page1 = await listSearch(Demo, 'searchPeople', options());
    expect(page1).toEqual({ results: [{ name: 'Ada', value: 'Ada' }, { name: 'Bob', value: 'Bob' }], paginationToken: '2' });
    const page2 = await listSearch(Demo, 'searchPeople', { ...options(), paginationToken: '2', filter: 'C' });
    expect(page2).toEqual({ results: [{ name: 'Cid', value: 'Cid' }], paginationToken: undefined });
    await expect(listSearch(Demo, 'searchPeople', { ...options(), credentialValues: { demoApi: { url: baseUrl, token: 'wrong' } } })).rejects.toBeInstanceOf(NodeApiError);
    await expect(listSearch(Demo, 'nope', options())).rejects.toThrow('it has searchPeople');
  });

  test('loadOptions sees current parameters with defaults, resourceMapping answers', async () => {
    const parameters = { person: { __rl: true, mode: 'url', value: 'https://x.example/people/12' } };
    expect(await loadOptions(Demo, 'getOperations', { ...options(), parameters })).toEqual([{ name: 'echo', value: '12' }]);
    expect((await resourceMapping(Demo, 'getFields', options())).fields[0]?.id).toBe('size');
  });
});

// -------------------------------------------------------------------------------------------------------- triggers

describe('triggers', () => {
  const sign = (rawBody: string) => ({ 'X-Signature': createHmac('sha256', TOKEN).update(rawBody).digest('hex') });

  test('webhook methods share static data; URLs differ for tests', async () => {
    const staticData: IDataObject = {};
    expect((await hook(DemoTrigger, 'checkExists', { ...options(), staticData })).result).toBe(false);
    const created = await hook(DemoTrigger, 'create', { ...options(), staticData });
    expect(created.webhookUrl).toBe(`http://127.0.0.1:5678/webhook/${WEBHOOK_ID}/webhook`);
    expect(created.logs).toEqual([{ level: 'info', message: 'registered', meta: { activation: 'activate' } }]);
    expect(staticData).toEqual({ webhookId: `remote of ${created.webhookUrl}` });
    expect((await hook(DemoTrigger, 'checkExists', { ...options(), staticData })).result).toBe(true);
    await hook(DemoTrigger, 'delete', { ...options(), staticData });
    expect(staticData).toEqual({});
    const test = await hook(DemoTrigger, 'create', { ...options(), mode: 'manual', instanceUrl: 'https://n8n.example' });
    expect(test.webhookUrl).toBe(`https://n8n.example/webhook-test/${WEBHOOK_ID}/webhook`);
  });

  test('webhook call with raw body, signature, filter, static data', async () => {
    const staticData: IDataObject = {};
    const rawBody = '{ "event":"created",  "n": 1.0 }';
    const call = await webhookCall(DemoTrigger, { ...options(), staticData, rawBody, headers: sign(rawBody), query: { q: '1' } });
    expect(call.error).toBeUndefined();
    expect(call).toMatchObject({ started: true, json: [{ event: 'created', n: 1, calls: 1, query: { q: '1' } }], response: { statusCode: 200, body: { message: 'Workflow was started' } } });
    expect(staticData).toEqual({ calls: 1 });

    const parsed = await webhookCall(DemoTrigger, { ...options(), staticData, body: { a: 1 }, headers: sign('{"a":1}') });
    expect(parsed.json).toEqual([{ a: 1, calls: 2, query: {} }]);

    // As n8n 2.40: what changed is lost when the answer is left to n8n.
    const left = await webhookCall(DemoTrigger, { ...options(), staticData, body: { leaveAnswer: true }, headers: sign('{"leaveAnswer":true}') });
    expect(left).toMatchObject({ started: true, json: [{ calls: 3 }], response: { statusCode: 200, body: { message: 'Workflow was started' } } });
    expect(staticData).toEqual({ calls: 2 });

    const forged = await webhookCall(DemoTrigger, { ...options(), staticData, rawBody, headers: sign('other') });
    expect(forged).toMatchObject({ started: false, items: [], response: { statusCode: 401, body: { message: 'Wrong signature' } } });
    const filtered = await webhookCall(DemoTrigger, { ...options(), staticData, rawBody, headers: sign(rawBody), parameters: { event: 'deleted' } });
    expect(filtered).toMatchObject({ started: false, response: { statusCode: 200, body: { message: 'Webhook call received' } } });
    expect(staticData).toEqual({ calls: 2 });

    const exploded = await webhookCall(DemoTrigger, { ...options(), body: { explode: true }, headers: sign('{"explode":true}') });
    expect(exploded).toMatchObject({ started: false, response: { statusCode: 500 } });
    expect(exploded.error).toBeInstanceOf(NodeOperationError);
    const broken = await webhookCall(DemoTrigger, { ...options(), rawBody: '{' });
    expect(broken.response.statusCode).toBe(422);
    const form = await webhookCall(DemoTrigger, { ...options(), rawBody: 'a=1&b=%20', headers: { ...sign('a=1&b=%20'), 'Content-Type': 'application/x-www-form-urlencoded' } });
    expect(form.json).toEqual([{ a: '1', b: ' ', calls: 1, query: {} }]);
  });

  test('poll keeps its cursor in static data; manual mode is seen', async () => {
    const staticData: IDataObject = {};
    expect((await poll(DemoPollTrigger, { ...options(), staticData })).json).toEqual([{ number: 1 }]);
    expect((await poll(DemoPollTrigger, { ...options(), staticData })).json).toEqual([{ number: 2 }]);
    expect((await poll(DemoPollTrigger, { ...options(), staticData })).outputs).toBeNull();
    expect(staticData).toEqual({ last: 2 });
    expect((await poll(DemoPollTrigger, { ...options(), mode: 'manual' })).json).toEqual([{ sample: true }]);
  });
});

// --------------------------------------------------------------------------------------------------------- package

describe('loadPackage', () => {
  test('loads nodes, credentials, codex and icons of a built package, ready to run', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'harness-package-'));
    try {
      mkdirSync(join(folder, 'dist'));
      const write = (name: string, content: string) => writeFileSync(join(folder, name), content);
      write('package.json', JSON.stringify({ name: 'n8n-nodes-tiny', version: '1.2.3', n8n: { nodes: ['dist/Tiny.node.js'], credentials: ['dist/TinyApi.credentials.js'] } }));
      write('dist/Tiny.node.js', `exports.Tiny = class Tiny {
        description = { displayName: 'Tiny', name: 'tiny', icon: { light: 'file:tiny.svg', dark: 'file:tiny.dark.svg' }, group: [], version: 1, description: '', defaults: {},
          inputs: ['main'], outputs: ['main'], credentials: [{ name: 'tinyApi' }], properties: [] };
        async execute() { return [this.getInputData().map(({ json }) => ({ json: { ...json, tiny: true } }))]; }
      }`);
      write('dist/Tiny.node.json', JSON.stringify({ categories: ['Communication'], alias: ['small'], resources: {} }));
      write('dist/TinyApi.credentials.js', "exports.TinyApi = class TinyApi { name = 'tinyApi'; displayName = 'Tiny API'; properties = []; }");
      const loaded = await loadPackage(folder);
      expect(loaded.packageName).toBe('n8n-nodes-tiny');
      expect(loaded.descriptions).toMatchObject([
        { name: 'tiny', communityNodePackageVersion: '1.2.3', codex: { alias: ['small'], categories: ['Communication'] }, iconUrl: { light: 'icons/n8n-nodes-tiny/dist/tiny.svg', dark: 'icons/n8n-nodes-tiny/dist/tiny.dark.svg' } },
      ]);
      expect(loaded.credentials.tinyApi?.supportedNodes).toEqual(['tiny']);
      expect((await runNode(loaded.nodes.tiny as INodeType, {}, { items: [{ a: 1 }] })).rows).toEqual([{ a: 1, tiny: true }]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
