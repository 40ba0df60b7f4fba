/**
 * Runs n8n nodes in this process on the real engine (n8n-core), without an n8n server.
 *
 * Everything that touches engine internals is in this one file, so that an upgrade of n8n-core costs one file.
 * What the server adds around the engine (credential storage, credential test, webhook router, drop-down
 * requests) is rebuilt here after the server's behaviour; see README.md beside this file for how to write a test.
 */
import './environment.cjs';

import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import type { IncomingHttpHeaders, OutgoingHttpHeaders } from 'node:http';
import { basename } from 'node:path';
import { isDeepStrictEqual } from 'node:util';

import { Container } from '@n8n/di';
import {
  BinaryDataService,
  ExecuteContext,
  ExecutionLifecycleHooks,
  HookContext,
  InstanceSettings,
  LoadOptionsContext,
  PackageDirectoryLoader,
  PollContext,
  RoutingNode,
  WAITING_TOKEN_QUERY_PARAM,
  WebhookContext,
  WorkflowExecute,
  getAdditionalKeys,
  validateUrlSignature,
} from 'n8n-core';
import {
  ICredentialsHelper,
  Node,
  NodeHelpers,
  Workflow,
  createEmptyRunExecutionData,
  createRunExecutionData,
  deepCopy,
  isExpression,
  isNodeClassInstance,
} from 'n8n-workflow';
import type {
  ExecutionStatus,
  IBinaryData,
  IConnections,
  ICredentialDataDecryptedObject,
  ICredentials,
  ICredentialsExpressionResolveValues,
  ICredentialType,
  ICredentialsDecrypted,
  IDataObject,
  IExecuteData,
  IExecuteFunctions,
  IHttpRequestHelper,
  IHttpRequestOptions,
  ILoadOptionsFunctions,
  INode,
  INodeCredentials,
  INodeCredentialsDetails,
  INodeCredentialTestResult,
  INodeExecutionData,
  INodeListSearchResult,
  INodeParameters,
  INodeProperties,
  INodePropertyOptions,
  INodeType,
  INodeTypeDescription,
  INodeTypes,
  IPinData,
  IRequestOptionsSimplified,
  IRun,
  IRunData,
  IRunExecutionData,
  IVersionedNodeType,
  IWebhookData,
  IWebhookResponseData,
  IWorkflowExecuteAdditionalData,
  IWorkflowSettings,
  NodeExecutionHint,
  ResourceMapperFields,
  WorkflowActivateMode,
  WorkflowExecuteMode,
} from 'n8n-workflow';

// ---------------------------------------------------------------------------------------------------------------
// Public types

/** A node type: an instance or its class. */
export type AnyNodeType = INodeType | IVersionedNodeType | (new () => INodeType | IVersionedNodeType);
/** A credential type: an instance or its class. */
export type AnyCredentialType = ICredentialType | (new () => ICredentialType);

/** What every entry point needs to know about the package under test. */
export interface EngineOptions {
  /** Node types of the workflow. `n8n-nodes-base` manualTrigger, noOp, set and stickyNote are always there. */
  nodes?: AnyNodeType[];
  /** Credential types whose `authenticate`, defaults and expressions are applied. */
  credentials?: AnyCredentialType[];
  /**
   * Field values of the credentials, by credential type name. To have two accounts of one type, use the `id` or
   * `name` that the workflow's node gives under `credentials` as key.
   */
  credentialValues?: Record<string, ICredentialDataDecryptedObject>;
  /** `$vars` of the instance. */
  variables?: IDataObject;
  /** Public base URL of the instance, without slash at the end. Default `http://127.0.0.1:5678`. */
  instanceUrl?: string;
  executionId?: string;
}

/** A workflow as exported by the editor; fields that the engine does not need may be absent. */
export interface WorkflowJson {
  id?: string;
  name?: string;
  nodes: WorkflowNodeJson[];
  connections: IConnections;
  settings?: IWorkflowSettings;
  staticData?: IDataObject | null;
  pinData?: IPinData;
  [key: string]: unknown;
}
export type WorkflowNodeJson = Partial<INode> & { name: string; type: string };

/** Rows may be given as plain objects; they become `{ json: row }`. */
export type InputRows = INodeExecutionData[] | IDataObject[];

/** One line that a node, or the engine, wrote to n8n's logger. */
export interface LogLine {
  level: 'error' | 'warn' | 'info' | 'debug';
  message: string;
  meta?: unknown;
}

/**
 * An error as the engine reports it. When a node's `execute` threw it, it is the very instance that was thrown
 * (NodeApiError, NodeOperationError); otherwise the engine's plain copy of it.
 */
export type EngineError = Error & {
  description?: string | null;
  httpCode?: string | null;
  context?: IDataObject;
  node?: INode;
  level?: string;
};

export interface RunWorkflowOptions extends EngineOptions {
  /** Items that the start node gets (and, if it is a trigger, outputs). Default: one empty item. */
  input?: InputRows;
  /** Name of the node to begin with. Default: the trigger. */
  startNode?: string;
  /** `manual`: as "Execute workflow" in the editor; `trigger`: as an active workflow. Default `manual`. */
  mode?: 'manual' | 'trigger';
  /** Cancels the execution, as the "Stop" button does. */
  signal?: AbortSignal;
  /** Cancels the execution after this many milliseconds. */
  cancelAfterMs?: number;
}

export interface WorkflowResult {
  /** `success`, `error`, `canceled` or `waiting`. */
  status: ExecutionStatus;
  error?: EngineError;
  /** Until when the execution sleeps, if a node called `putExecutionToWait`. */
  waitTill?: Date;
  /** Items that a node put on an output, all its runs one after the other. Unknown node names throw. */
  items(nodeName: string, outputIndex?: number): INodeExecutionData[];
  /** The same, `json` alone. */
  json(nodeName: string, outputIndex?: number): IDataObject[];
  runData: IRunData;
  /** Hints that nodes added with `addExecutionHints`. */
  hints: Array<NodeExecutionHint & { node: string }>;
  /** What nodes and engine logged during this run. */
  logs: LogLine[];
  /** How often the node's `execute` was called, retries included. */
  executions(nodeName: string): number;
  /** Static data of the workflow after the run: keys `global` and `node:<name>`. */
  staticData: IDataObject;
  /** Everything a user could read afterwards (logs, run data, error) as text: search it for secrets. */
  visibleText(): string;
  /**
   * Answers a waiting execution ("send and wait") as the server does.
   *
   * @param request the call to the node's resume webhook, or `'timeout'`: the wait is over and nobody answered.
   */
  resume(request: ResumeRequest | 'timeout'): Promise<ResumeResult>;
  /** n8n's own result; absent if the workflow was refused before it began. */
  run?: IRun;
}

/** A call to a webhook of an n8n instance. */
export interface WebhookRequest {
  /** Default POST; for `resume` GET. */
  method?: string;
  /** Header names in any case. Without a content type a body counts as `application/json`. */
  headers?: Record<string, string>;
  query?: Record<string, string | string[]>;
  params?: Record<string, string>;
  /** Parsed body; without `rawBody` it is sent as JSON. */
  body?: unknown;
  /** Bytes on the wire, for signatures; without `body` they are parsed by content type as the server does. */
  rawBody?: Buffer | string;
}
export type ResumeRequest = WebhookRequest & {
  /** The resume URL that the node sent out, with its signature. */
  url: string;
};

/** What the caller of a webhook gets. */
export interface WebhookResponse {
  statusCode: number;
  headers: OutgoingHttpHeaders;
  body: unknown;
}

export interface WebhookCallResult {
  /** Whether the call starts (or resumes) the workflow. */
  started: boolean;
  /** Items per output that the workflow goes on with; empty if it does not start. */
  outputs: INodeExecutionData[][];
  /** `outputs[0]`. */
  items: INodeExecutionData[];
  json: IDataObject[];
  response: WebhookResponse;
  /** What `webhook()` returned; absent if it threw or was not reached. */
  returned?: IWebhookResponseData;
  /** What `webhook()` threw; the caller gets a 500 then. */
  error?: EngineError;
  staticData: IDataObject;
  logs: LogLine[];
}
export type ResumeResult = Omit<WebhookCallResult, 'staticData'> & {
  /** Result of the rest of the execution; absent if the call was turned down or did not resume it. */
  result?: WorkflowResult;
};

// ---------------------------------------------------------------------------------------------------------------
// Engine start, log capture

const INSTANCE_URL = 'http://127.0.0.1:5678';

interface Recording {
  logs: LogLine[];
  thrown: Map<string, unknown>;
  executions: Map<string, number>;
}
const recordings = new AsyncLocalStorage<Recording>();
const newRecording = (): Recording => ({ logs: [], thrown: new Map(), executions: new Map() });

let started: Promise<void> | undefined;

/** Initialises binary storage and log capture; every entry point calls it, once is enough. */
export function startEngine(): Promise<void> {
  started ??= (async () => {
    await Container.get(BinaryDataService).init();
    captureLogger();
  })();
  return started;
}

/** n8n has one logger for `this.logger` of every context and for LoggerProxy: its methods are listened to. */
function captureLogger(): void {
  const registry = nodeTypeRegistry([]);
  const node = nodeFromJson({ name: 'Logger', type: 'n8n-nodes-base.noOp' });
  const workflow = new Workflow({ nodes: [node], connections: {}, active: false, nodeTypes: registry });
  const { logger } = new HookContext(workflow, node, additionalDataFor({}, credentialsHelperFor({})), 'internal', 'init');
  // The prototype, so that `logger.scoped(...)` is heard as well.
  const methods = Object.getPrototypeOf(logger) as Record<LogLine['level'], (message: string, meta?: object) => void>;
  for (const level of ['error', 'warn', 'info', 'debug'] as const) {
    const original = methods[level];
    methods[level] = function (message, meta) {
      recordings.getStore()?.logs.push({ level, message, ...(meta === undefined ? {} : { meta }) });
      original.call(this, message, meta === undefined ? undefined : { ...meta });
    };
  }
}

// n8n-core leaves its configuration and binary files behind; they go when the test file, or the script, is done.
function removeUserFolder(): void {
  const folder = process.env.N8N_USER_FOLDER;
  if (folder !== undefined && basename(folder).startsWith('n8n-jest-')) rmSync(folder, { recursive: true, force: true });
}
if (typeof afterAll === 'function') afterAll(removeUserFolder);
else process.once('exit', removeUserFolder);

// ---------------------------------------------------------------------------------------------------------------
// Node types

const baseDescription = (name: string, displayName: string, version: number | number[]): INodeTypeDescription => ({
  name,
  displayName,
  group: ['transform'],
  version,
  description: displayName,
  defaults: { name: displayName },
  inputs: ['main'],
  outputs: ['main'],
  properties: [],
});

/** Outputs what the run was started with. */
class ManualTrigger implements INodeType {
  description: INodeTypeDescription = { ...baseDescription('manualTrigger', 'Manual Trigger', 1), group: ['trigger'], inputs: [] };

  async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
    return [this.getInputData()];
  }
}

class NoOp implements INodeType {
  description = baseDescription('noOp', 'No Operation, do nothing', 1);

  async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
    return [this.getInputData()];
  }
}

/** Only to be seen in the editor; exported workflows have them. */
class StickyNote implements INodeType {
  description: INodeTypeDescription = { ...baseDescription('stickyNote', 'Sticky Note', 1), inputs: [], outputs: [] };
}

/** The "Edit Fields" node as workflows of version 3 store it: assignments with dotted names, or raw JSON. */
class EditFields implements INodeType {
  description: INodeTypeDescription = {
    ...baseDescription('set', 'Edit Fields', [3, 3.1, 3.2, 3.3, 3.4]),
    properties: [
      { displayName: 'Mode', name: 'mode', type: 'options', default: 'manual', options: [{ name: 'Manual', value: 'manual' }, { name: 'JSON', value: 'raw' }] },
      { displayName: 'JSON', name: 'jsonOutput', type: 'json', default: '{}', displayOptions: { show: { mode: ['raw'] } } },
      { displayName: 'Fields to Set', name: 'assignments', type: 'assignmentCollection', default: {}, displayOptions: { show: { mode: ['manual'] } } },
      { displayName: 'Include Other Input Fields', name: 'includeOtherFields', type: 'boolean', default: false },
    ],
  };

  async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
    return [
      this.getInputData().map((item, index) => {
        const json: IDataObject = this.getNodeParameter('includeOtherFields', index, false) === true ? deepCopy(item.json) : {};
        if (this.getNodeParameter('mode', index) === 'raw') {
          const raw = this.getNodeParameter('jsonOutput', index) as string | IDataObject;
          Object.assign(json, typeof raw === 'string' ? (JSON.parse(raw) as IDataObject) : raw);
        } else {
          const assignments = this.getNodeParameter('assignments.assignments', index, []) as Array<{ name: string; value: unknown }>;
          for (const { name, value } of assignments) setPath(json, name, value);
        }
        return { json, pairedItem: { item: index }, ...(item.binary === undefined ? {} : { binary: item.binary }) };
      }),
    ];
  }
}

function setPath(target: IDataObject, path: string, value: unknown): void {
  const keys = path.split('.');
  const last = keys.pop() as string;
  let object = target;
  for (const key of keys) object = (object[key] ??= {}) as IDataObject;
  object[last] = value as IDataObject[string];
}

const builtInNodes: INodeType[] = [new ManualTrigger(), new NoOp(), new EditFields(), new StickyNote()];
/** The engine knows some of these by their full name, so short ones in tests are completed. */
const fullTypeName = (type: string): string => (builtInNodes.some(({ description }) => description.name === type) ? `n8n-nodes-base.${type}` : type);

const instances = new WeakMap<object, object>();
/** As n8n does it, a type is made once a process. */
function instanceOf<T extends object>(type: T | (new () => T)): T {
  if (typeof type !== 'function') return type;
  let instance = instances.get(type) as T | undefined;
  if (!instance) instances.set(type, (instance = new type()));
  return instance;
}

/**
 * Finds node types by full name (`package.name`) or by `description.name`. Their `execute` is listened to, because
 * the engine only hands on a plain copy of what a node throws.
 */
function nodeTypeRegistry(nodes: AnyNodeType[]): INodeTypes {
  const byName = new Map<string, INodeType | IVersionedNodeType>();
  for (const type of [...builtInNodes, ...nodes.map((node) => instanceOf(node))]) byName.set(type.description.name, type);
  const listenedTo = new Map<INodeType, INodeType>();
  const find = (name: string): INodeType | IVersionedNodeType => {
    const type = byName.get(name) ?? byName.get(name.slice(name.lastIndexOf('.') + 1));
    if (type === undefined) throw new Error(`Node type "${name}" is not among the harness option "nodes"`);
    return type;
  };
  return {
    getKnownTypes: () => ({}),
    getByName: find,
    getByNameAndVersion: (name, version) => {
      const type = NodeHelpers.getVersionedNodeType(find(name), version);
      const known = listenedTo.get(type) ?? listenTo(type);
      listenedTo.set(type, known);
      return known;
    },
  };
}

function listenTo(type: INodeType): INodeType {
  const { execute } = type;
  if (execute === undefined) return type;
  const classStyle = isNodeClassInstance(type);
  return Object.create(type, {
    execute: {
      value: async function (this: IExecuteFunctions, ...args: unknown[]) {
        const context = classStyle ? (args[0] as IExecuteFunctions) : this;
        const recording = recordings.getStore();
        const { name } = context.getNode();
        recording?.executions.set(name, (recording.executions.get(name) ?? 0) + 1);
        try {
          return await (execute as (...values: unknown[]) => Promise<unknown>).apply(classStyle ? type : this, args);
        } catch (error) {
          recording?.thrown.set(name, error);
          throw error;
        }
      },
    },
  }) as INodeType;
}

// ---------------------------------------------------------------------------------------------------------------
// Credentials

type CredentialValues = Record<string, ICredentialDataDecryptedObject>;

const credentialTestNodeType = 'n8n-nodes-base.noOp';

/** Stands in for the server's credential store: defaults, expressions, `authenticate` and `preAuthentication`. */
class HarnessCredentials extends ICredentialsHelper {
  constructor(
    private readonly types: Map<string, ICredentialType>,
    private readonly values: CredentialValues,
    private readonly nodeTypes: INodeType[],
  ) {
    super();
  }

  private type(name: string): ICredentialType {
    const type = this.types.get(name);
    if (type === undefined) throw new Error(`Credential type "${name}" is not among the harness option "credentials"`);
    return type;
  }

  getParentTypes(name: string): string[] {
    const parents = this.types.get(name)?.extends ?? [];
    return parents.flatMap((parent) => [...this.getParentTypes(parent), parent]);
  }

  isCredentialUsableByNode(credentialType: string, nodeType: string): boolean {
    if (this.types.get(credentialType)?.restrictToSupportedNodes !== true) return true;
    const shortName = nodeType.slice(nodeType.lastIndexOf('.') + 1);
    return this.nodeTypes.some(
      ({ description }) => description.name === shortName && description.credentials?.some(({ name }) => name === credentialType),
    );
  }

  getCredentialsProperties(name: string): INodeProperties[] {
    const type = this.type(name);
    const properties: INodeProperties[] = [];
    for (const parent of type.extends ?? []) NodeHelpers.mergeNodeProperties(properties, this.getCredentialsProperties(parent));
    NodeHelpers.mergeNodeProperties(properties, type.properties);
    return properties;
  }

  async authenticate(
    credentials: ICredentialDataDecryptedObject,
    typeName: string,
    requestOptions: IHttpRequestOptions | IRequestOptionsSimplified,
    workflow?: Workflow,
    node?: INode,
  ): Promise<IHttpRequestOptions> {
    const options = requestOptions as IHttpRequestOptions;
    const { authenticate } = this.type(typeName);
    if (authenticate === undefined) return options;
    if (typeof authenticate === 'function') return await authenticate(credentials, options);
    if (workflow === undefined || node === undefined) throw new Error('Generic authentication needs workflow and node');

    const resolve = (value: unknown): unknown =>
      isExpression(value)
        ? String(workflow.expression.getSimpleParameterValue(node, value, 'internal', { $credentials: credentials }, undefined, '') || '')
        : value;
    options.headers ??= {};
    for (const [part, entries] of Object.entries(authenticate.properties)) {
      const target = ((options as unknown as Record<string, IDataObject>)[part] ??= {});
      for (const [key, value] of Object.entries(entries as Record<string, string>)) {
        target[String(resolve(key))] = resolve(value) as string;
      }
    }
    return options;
  }

  async preAuthentication(
    helpers: IHttpRequestHelper,
    credentials: ICredentialDataDecryptedObject,
    typeName: string,
    node: INode,
    credentialsExpired: boolean,
  ): Promise<ICredentialDataDecryptedObject | undefined> {
    const type = this.type(typeName);
    const expirable = type.properties.find(({ type: kind, typeOptions }) => kind === 'hidden' && typeOptions?.expirable === true);
    if (expirable === undefined || type.preAuthentication === undefined) return undefined;
    const isTest = node.type === credentialTestNodeType && node.parameters.temp === '';
    if (credentials[expirable.name] !== '' && !credentialsExpired && !isTest) return undefined;
    const output = (await type.preAuthentication.call(helpers, credentials)) as ICredentialDataDecryptedObject;
    if (output[expirable.name] === undefined) return undefined;
    const details = node.credentials?.[typeName];
    if (details === undefined) return undefined;
    await this.updateCredentials(details, typeName, { ...this.stored(details, typeName), ...output });
    return Object.assign(credentials, output);
  }

  async runPreAuthentication(
    helpers: IHttpRequestHelper,
    credentials: ICredentialDataDecryptedObject,
    typeName: string,
  ): Promise<ICredentialDataDecryptedObject | undefined> {
    return (await this.type(typeName).preAuthentication?.call(helpers, credentials)) as ICredentialDataDecryptedObject | undefined;
  }

  private key(details: INodeCredentialsDetails, type: string): string {
    const key = [details.id, details.name, type].find((name) => typeof name === 'string' && this.values[name] !== undefined);
    if (typeof key !== 'string') throw new Error(`No values for credential "${type}" in the harness option "credentialValues"`);
    return key;
  }

  private stored(details: INodeCredentialsDetails, type: string): ICredentialDataDecryptedObject {
    return this.values[this.key(details, type)] as ICredentialDataDecryptedObject;
  }

  async getCredentials(): Promise<ICredentials> {
    throw new Error('The harness keeps credentials unencrypted; use getDecrypted');
  }

  async getDecrypted(
    additionalData: IWorkflowExecuteAdditionalData,
    details: INodeCredentialsDetails,
    type: string,
    mode: WorkflowExecuteMode,
    executeData?: IExecuteData,
    raw?: boolean,
    resolveValues?: ICredentialsExpressionResolveValues,
  ): Promise<ICredentialDataDecryptedObject> {
    const stored = deepCopy(this.stored(details, type));
    return raw === true ? stored : this.applyDefaults(additionalData, stored, type, mode, executeData, resolveValues);
  }

  /** Missing fields get their default, expressions in fields are resolved: what a node sees of a stored credential. */
  applyDefaults(
    additionalData: IWorkflowExecuteAdditionalData,
    stored: ICredentialDataDecryptedObject,
    type: string,
    mode: WorkflowExecuteMode,
    executeData?: IExecuteData,
    resolveValues?: ICredentialsExpressionResolveValues,
  ): ICredentialDataDecryptedObject {
    const data = NodeHelpers.getNodeParameters(
      this.getCredentialsProperties(type), stored as INodeParameters, true, false, null, null,
    ) as INodeParameters;
    for (const key of ['oauthTokenData', 'allowedHttpRequestDomains', 'allowedDomains']) {
      if (data[key] === undefined && stored[key] !== undefined) data[key] = stored[key] as INodeParameters[string];
    }
    const keys = getAdditionalKeys(additionalData, mode, null, { isCredential: true });
    if (resolveValues !== undefined) {
      const { workflow, runExecutionData, runIndex, itemIndex, node, connectionInputData } = resolveValues;
      return workflow.expression.getParameterValue(
        data, runExecutionData, runIndex, itemIndex, node.name, connectionInputData, mode, keys, executeData, false, data,
      ) as ICredentialDataDecryptedObject;
    }
    const node = nodeFromJson({ name: 'Credential', type: 'n8n-nodes-base.noOp' });
    const workflow = new Workflow({ nodes: [node], connections: {}, active: false, nodeTypes: nodeTypeRegistry([]) });
    return workflow.expression.getComplexParameterValue(
      node, data, mode, keys, undefined, undefined, data as ICredentialDataDecryptedObject,
    ) as ICredentialDataDecryptedObject;
  }

  async updateCredentials(details: INodeCredentialsDetails, type: string, data: ICredentialDataDecryptedObject): Promise<void> {
    this.values[this.key(details, type)] = data;
  }

  async updateCredentialsOauthTokenData(details: INodeCredentialsDetails, type: string, data: ICredentialDataDecryptedObject): Promise<void> {
    await this.updateCredentials(details, type, { ...this.stored(details, type), oauthTokenData: data.oauthTokenData as IDataObject });
  }
}

function credentialsHelperFor({ nodes = [], credentials = [], credentialValues = {} }: EngineOptions): HarnessCredentials {
  const types = credentials.map((type) => instanceOf(type));
  return new HarnessCredentials(
    new Map(types.map((type) => [type.name, type])),
    { ...credentialValues },
    nodes.map((node) => NodeHelpers.getVersionedNodeType(instanceOf(node))),
  );
}

/** A node gets every credential that its type declares and `credentialValues` has, unless the workflow names its own. */
function credentialsOfNode(registry: INodeTypes, node: WorkflowNodeJson, values: CredentialValues = {}): INodeCredentials | undefined {
  if (node.credentials !== undefined) return node.credentials;
  const declared = registry.getByNameAndVersion(node.type, node.typeVersion).description.credentials ?? [];
  const chosen = declared.filter(({ name }) => values[name] !== undefined).map(({ name }) => [name, { id: name, name }] as const);
  return chosen.length === 0 ? undefined : Object.fromEntries(chosen);
}

// ---------------------------------------------------------------------------------------------------------------
// Workflow and additional data

const latestVersion = ({ version }: { version: number | number[] }): number => (Array.isArray(version) ? Math.max(...version) : version);

function nodeFromJson(json: WorkflowNodeJson): INode {
  return { id: `id-of-${json.name.replaceAll(' ', '-')}`, typeVersion: 1, position: [0, 0], parameters: {}, ...deepCopy(json) };
}

function buildWorkflow(json: WorkflowJson, registry: INodeTypes, options: EngineOptions): Workflow {
  const nodes = json.nodes.map((node) => {
    const type = registry.getByName(node.type);
    const typeVersion = node.typeVersion ?? latestVersion(registry.getByNameAndVersion(node.type).description ?? type.description);
    const credentials = credentialsOfNode(registry, { ...node, typeVersion }, options.credentialValues);
    return nodeFromJson({ ...node, type: fullTypeName(node.type), typeVersion, ...(credentials === undefined ? {} : { credentials }) });
  });
  return new Workflow({
    id: json.id ?? 'workflow-1',
    name: json.name ?? 'Workflow',
    nodes,
    connections: deepCopy(json.connections),
    active: false,
    nodeTypes: registry,
    settings: { executionOrder: 'v1', ...json.settings },
    ...(json.staticData ? { staticData: deepCopy(json.staticData) } : {}),
  });
}

function additionalDataFor(options: EngineOptions, credentialsHelper: ICredentialsHelper): IWorkflowExecuteAdditionalData {
  const url = options.instanceUrl ?? INSTANCE_URL;
  const notInHarness = (what: string) => async (): Promise<never> => {
    throw new Error(`${what} is not available in the engine harness`);
  };
  // n8n-core's declaration adds server parts (secrets, telemetry) that no node of this package can reach.
  return {
    credentialsHelper,
    executionId: options.executionId ?? '1',
    currentNodeExecutionIndex: 0,
    variables: options.variables ?? {},
    restApiUrl: `${url}/rest`,
    instanceBaseUrl: `${url}/`,
    formBaseUrl: `${url}/form`,
    formWaitingBaseUrl: `${url}/form-waiting`,
    formTestBaseUrl: `${url}/form-test`,
    webhookBaseUrl: `${url}/webhook`,
    webhookWaitingBaseUrl: `${url}/webhook-waiting`,
    webhookTestBaseUrl: `${url}/webhook-test`,
    mcpBaseUrl: `${url}/mcp`,
    mcpTestBaseUrl: `${url}/mcp-test`,
    executeWorkflow: notInHarness('executeWorkflow'),
    getRunExecutionData: async () => undefined,
    getRuntimeCredential: async () => undefined,
    startRunnerTask: notInHarness('startRunnerTask'),
    logAiEvent: () => {},
    setExecutionStatus: () => {},
    sendDataToUI: () => {},
  } as unknown as IWorkflowExecuteAdditionalData;
}

function hooksFor(mode: WorkflowExecuteMode, executionId: string, workflow: Workflow): ExecutionLifecycleHooks {
  return new ExecutionLifecycleHooks(mode, executionId, {
    id: workflow.id,
    name: workflow.name ?? '',
    active: false,
    isArchived: false,
    activeVersionId: null,
    createdAt: new Date(0),
    updatedAt: new Date(0),
    nodes: Object.values(workflow.nodes),
    connections: workflow.connectionsBySourceNode,
    settings: workflow.settings,
  });
}

const itemKeys = new Set(['json', 'binary', 'pairedItem', 'error', 'index', 'metadata']);

/** Rows as items. An object counts as an item if it has `json` and nothing but an item's keys. */
export function toItems(rows: InputRows): INodeExecutionData[] {
  return rows.map((row) =>
    typeof row.json === 'object' && row.json !== null && Object.keys(row).every((key) => itemKeys.has(key))
      ? (row as INodeExecutionData)
      : { json: row as IDataObject },
  );
}

/** Static data as the database gives it back. */
const storedStaticData = ({ staticData }: Workflow): IDataObject => JSON.parse(JSON.stringify(staticData)) as IDataObject;

// ---------------------------------------------------------------------------------------------------------------
// Workflow runs

/**
 * Runs a workflow on the real engine.
 *
 * @returns the result; a workflow that fails, or that n8n refuses because of missing required parameters, does not
 * reject but has `status: 'error'` and `error`. Mistakes in the use of the harness do reject.
 */
export async function runWorkflow(workflowJson: WorkflowJson, options: RunWorkflowOptions): Promise<WorkflowResult> {
  await startEngine();
  const registry = nodeTypeRegistry(options.nodes ?? []);
  const workflow = buildWorkflow(workflowJson, registry, options);
  const mode = options.mode ?? 'manual';
  const startNode = options.startNode === undefined ? workflow.getStartNode() ?? webhookTriggerOf(workflow) : workflow.getNode(options.startNode);
  if (startNode === null || startNode === undefined) throw new Error(`No start node "${options.startNode ?? ''}" in the workflow`);

  const runExecutionData = createRunExecutionData({
    executionData: {
      nodeExecutionStack: [{ node: startNode, data: { main: [toItems(options.input ?? [{}])] }, source: null }],
    },
    resultData: { ...(workflowJson.pinData === undefined ? {} : { pinData: workflowJson.pinData }) },
  });
  return await executeRun(workflow, mode, runExecutionData, options);
}

export interface RunNodeOptions extends Omit<RunWorkflowOptions, 'nodes' | 'startNode'> {
  /** Input items. Default: one empty item. */
  items?: InputRows;
  typeVersion?: number;
  /** The node's "On Error" setting. */
  onError?: 'stopWorkflow' | 'continueRegularOutput' | 'continueErrorOutput';
  /** Short for `onError: 'continueRegularOutput'`. */
  continueOnFail?: boolean;
  /** Further node settings: retryOnFail, maxTries, waitBetweenTries, executeOnce, alwaysOutputData, credentials. */
  settings?: Partial<INode>;
  workflowSettings?: IWorkflowSettings;
  /** Further node types, if `settings` or parameters need them. */
  otherNodes?: AnyNodeType[];
}

export type RunNodeResult = WorkflowResult & {
  /** Items per output, the error output last if `onError` is `continueErrorOutput`. */
  outputs: INodeExecutionData[][];
  /** Items of the first output (`items()` of {@link WorkflowResult} takes node name `Node` and an output number). */
  first: INodeExecutionData[];
  /** `json` of the first output's items. */
  rows: IDataObject[];
};

/** Name of the tested node in the workflow that {@link runNode} makes. */
export const NODE_NAME = 'Node';

/** Runs one node behind a manual trigger (named `Start`) that outputs the given items. */
export async function runNode(nodeType: AnyNodeType, parameters: INodeParameters, options: RunNodeOptions = {}): Promise<RunNodeResult> {
  const type = instanceOf(nodeType);
  const onError = options.onError ?? (options.continueOnFail === true ? 'continueRegularOutput' : undefined);
  const result = await runWorkflow(
    {
      nodes: [
        { name: 'Start', type: 'n8n-nodes-base.manualTrigger', typeVersion: 1 },
        {
          name: NODE_NAME,
          type: type.description.name,
          parameters,
          ...(options.typeVersion === undefined ? {} : { typeVersion: options.typeVersion }),
          ...(onError === undefined ? {} : { onError }),
          ...options.settings,
        },
      ],
      connections: { Start: { main: [[{ node: NODE_NAME, type: 'main', index: 0 }]] } },
      ...(options.workflowSettings === undefined ? {} : { settings: options.workflowSettings }),
    },
    { ...options, nodes: [type, ...(options.otherNodes ?? [])], input: options.items ?? options.input ?? [{}], startNode: 'Start' },
  );
  const outputs = (result.runData[NODE_NAME]?.at(-1)?.data?.main ?? []).map((items) => items ?? []);
  const first = outputs[0] ?? [];
  return { ...result, outputs, first, rows: first.map(({ json }) => json) };
}

/** n8n finds manual, poll and event triggers by itself; a webhook trigger is named by the server's router. */
function webhookTriggerOf({ nodes, nodeTypes }: Workflow): INode | undefined {
  return Object.values(nodes).find(({ type, typeVersion }) => {
    const { webhook, description } = nodeTypes.getByNameAndVersion(type, typeVersion);
    return webhook !== undefined && description.inputs.length === 0;
  });
}

async function executeRun(
  workflow: Workflow,
  mode: WorkflowExecuteMode,
  runExecutionData: IRunExecutionData,
  options: RunWorkflowOptions,
): Promise<WorkflowResult> {
  const additionalData = additionalDataFor(options, credentialsHelperFor(options));
  additionalData.hooks = hooksFor(mode, additionalData.executionId ?? '1', workflow);
  const recording = newRecording();
  let run: IRun | undefined;
  let refused: unknown;
  await recordings.run(recording, async () => {
    let execution;
    try {
      execution = new WorkflowExecute(additionalData, mode, runExecutionData).processRunExecutionData(workflow);
    } catch (error) {
      refused = error;
      return;
    }
    const running = execution;
    const cancel = (): void => running.cancel();
    const timer = options.cancelAfterMs === undefined ? undefined : setTimeout(cancel, options.cancelAfterMs);
    if (options.signal?.aborted === true) cancel();
    options.signal?.addEventListener('abort', cancel, { once: true });
    try {
      run = await running;
    } finally {
      clearTimeout(timer);
      options.signal?.removeEventListener('abort', cancel);
    }
  });
  return workflowResult(workflow, recording, run, refused, options);
}

function workflowResult(
  workflow: Workflow,
  recording: Recording,
  run: IRun | undefined,
  refused: unknown,
  options: RunWorkflowOptions,
): WorkflowResult {
  const runData = run?.data.resultData.runData ?? {};
  const items = (nodeName: string, outputIndex = 0): INodeExecutionData[] => {
    if (workflow.nodes[nodeName] === undefined) throw new Error(`The workflow has no node "${nodeName}"`);
    return (runData[nodeName] ?? []).flatMap((task) => task.data?.main?.[outputIndex] ?? []);
  };
  const error = run === undefined ? (refused as EngineError) : thrownError(run, recording);
  return {
    status: run?.status ?? 'error',
    ...(error === undefined ? {} : { error }),
    ...(run?.waitTill ? { waitTill: run.waitTill } : {}),
    items,
    json: (nodeName, outputIndex) => items(nodeName, outputIndex).map(({ json }) => json),
    runData,
    hints: Object.entries(runData).flatMap(([node, tasks]) => tasks.flatMap(({ hints }) => (hints ?? []).map((hint) => ({ ...hint, node })))),
    logs: recording.logs,
    executions: (nodeName) => recording.executions.get(nodeName) ?? 0,
    staticData: storedStaticData(workflow),
    resume: async (request) => await resumeRun(workflow, run, request, options),
    visibleText: () => toText({ logs: recording.logs, runData, error }),
    ...(run === undefined ? {} : { run }),
  };
}

function thrownError(run: IRun, recording: Recording): EngineError | undefined {
  const { error, lastNodeExecuted } = run.data.resultData;
  if (error === undefined) return undefined;
  const thrown = recording.thrown.get(lastNodeExecuted ?? '');
  return thrown instanceof Error && thrown.message === error.message ? thrown : (error as unknown as EngineError);
}

/** JSON with `toJSON` honoured, as n8n stores executions; circular references are cut. */
function toText(value: unknown): string {
  const seen = new WeakSet<object>();
  return JSON.stringify(value, (_key, part: unknown) => {
    if (typeof part !== 'object' || part === null) return part;
    if (seen.has(part)) return '[seen above]';
    seen.add(part);
    return part instanceof Error ? { ...part, name: part.name, message: part.message, stack: part.stack, cause: part.cause } : part;
  });
}

/** Content of a binary field, wherever n8n stored it. */
export async function binaryBuffer(binary: IBinaryData | undefined): Promise<Buffer> {
  if (binary === undefined) throw new Error('The item has no such binary field');
  await startEngine();
  return await Container.get(BinaryDataService).getAsBuffer(binary);
}

// ---------------------------------------------------------------------------------------------------------------
// One node outside of an execution: drop-downs, triggers

export interface NodeOptions extends Omit<EngineOptions, 'nodes'> {
  parameters?: INodeParameters;
  typeVersion?: number;
  /** Further settings of the node, e.g. `webhookId` or `credentials`. */
  settings?: Partial<INode>;
  workflowId?: string;
}

/** A workflow of this one node, its parameters filled up with defaults, and the data that contexts need. */
function soleNode(nodeType: AnyNodeType, name: string, options: NodeOptions, staticData?: IDataObject) {
  const type = instanceOf(nodeType);
  const engineOptions: EngineOptions = { ...options, nodes: [type] };
  const workflow = buildWorkflow(
    {
      id: options.workflowId ?? 'workflow-1',
      nodes: [
        {
          name,
          type: type.description.name,
          parameters: options.parameters ?? {},
          ...(options.typeVersion === undefined ? {} : { typeVersion: options.typeVersion }),
          ...(type.description as INodeTypeDescription).webhooks === undefined ? {} : { webhookId: WEBHOOK_ID },
          ...options.settings,
        },
      ],
      connections: {},
      ...(staticData === undefined ? {} : { staticData: { [`node:${name}`]: staticData } }),
    },
    nodeTypeRegistry([type]),
    engineOptions,
  );
  const node = workflow.getNode(name) as INode;
  const additionalData = additionalDataFor(engineOptions, credentialsHelperFor(engineOptions));
  // Here no execution exists yet, as on the server.
  if (options.executionId === undefined) delete additionalData.executionId;
  return { workflow, node, type: NodeHelpers.getVersionedNodeType(type, node.typeVersion), additionalData };
}

/** `webhookId` that trigger nodes get, unless `settings` has another. */
export const WEBHOOK_ID = '7b0c5f3e-0000-4000-8000-000000000001';

export interface LoadOptionsOptions extends NodeOptions {
  /** Path of the parameter whose list is loaded. Default `parameters`. */
  path?: string;
}

async function withLoadOptionsContext<T>(
  nodeType: AnyNodeType,
  options: LoadOptionsOptions,
  call: (methods: NonNullable<INodeType['methods']>, context: ILoadOptionsFunctions) => Promise<T>,
): Promise<T> {
  await startEngine();
  const { workflow, node, type, additionalData } = soleNode(nodeType, 'Temp-Node', options);
  additionalData.currentNodeParameters = node.parameters;
  return await call(type.methods ?? {}, new LoadOptionsContext(workflow, node, additionalData, options.path ?? 'parameters'));
}

function methodOf<T>(methods: Record<string, T> | undefined, name: string): T {
  const method = methods?.[name];
  if (method === undefined) throw new Error(`The node type has no method "${name}"; it has ${Object.keys(methods ?? {}).join(', ') || 'none'}`);
  return method;
}

/** Calls a `methods.listSearch` method, as the editor does for a resource locator. Its errors reject. */
export async function listSearch(
  nodeType: AnyNodeType,
  methodName: string,
  options: LoadOptionsOptions & { filter?: string; paginationToken?: string } = {},
): Promise<INodeListSearchResult> {
  return await withLoadOptionsContext(nodeType, options, async (methods, context) =>
    await methodOf(methods.listSearch, methodName).call(context, options.filter, options.paginationToken));
}

/** Calls a `methods.loadOptions` method. Its errors reject. */
export async function loadOptions(nodeType: AnyNodeType, methodName: string, options: LoadOptionsOptions = {}): Promise<INodePropertyOptions[]> {
  return await withLoadOptionsContext(nodeType, options, async (methods, context) =>
    await methodOf(methods.loadOptions, methodName).call(context));
}

/** Calls a `methods.resourceMapping` method. Its errors reject. */
export async function resourceMapping(nodeType: AnyNodeType, methodName: string, options: LoadOptionsOptions = {}): Promise<ResourceMapperFields> {
  return await withLoadOptionsContext(nodeType, options, async (methods, context) =>
    await methodOf(methods.resourceMapping, methodName).call(context));
}

export interface TriggerOptions extends NodeOptions {
  /**
   * The node's static data. The object itself is updated, as n8n would store it, so that one object can be handed
   * from `checkExists` to `create`, to webhook calls and to `delete`.
   */
  staticData?: IDataObject;
  /** `manual`: as "Listen for test event" (URLs under `webhook-test`); `trigger`: active workflow. Default `trigger`. */
  mode?: 'manual' | 'trigger';
  /** Default: `activate` (`manual` in mode manual). */
  activation?: WorkflowActivateMode;
  /** Which of the node type's webhooks. Default: the first. */
  webhookName?: 'default' | 'setup';
}

const TRIGGER_NAME = 'Trigger';

/** Tests of the editor have static data of their own: they see nothing of the active workflow's. */
const testStaticData = new WeakMap<object, IDataObject>();
function staticDataOf({ mode, staticData }: TriggerOptions): IDataObject | undefined {
  if (mode !== 'manual' || staticData === undefined) return staticData;
  const ofTest = testStaticData.get(staticData) ?? {};
  testStaticData.set(staticData, ofTest);
  return ofTest;
}

/** n8n saves static data only if something was assigned to it or deleted from it. */
function saveStaticData(workflow: Workflow, target: IDataObject | undefined): IDataObject {
  const changed = (workflow.staticData as { __dataChanged?: boolean }).__dataChanged === true;
  const stored = (storedStaticData(workflow)[`node:${TRIGGER_NAME}`] ?? {}) as IDataObject;
  if (!changed) return target ?? {};
  if (target === undefined) return stored;
  for (const key of Object.keys(target)) delete target[key];
  return Object.assign(target, stored);
}

function webhookData(workflow: Workflow, node: INode, type: INodeType, additionalData: IWorkflowExecuteAdditionalData, options: TriggerOptions): IWebhookData {
  const webhooks = type.description.webhooks ?? [];
  const description = options.webhookName === undefined ? webhooks[0] : webhooks.find(({ name }) => name === options.webhookName);
  if (description === undefined) throw new Error(`Node type "${type.description.name}" has no webhook "${options.webhookName ?? ''}"`);
  const path = String(workflow.expression.getSimpleParameterValue(node, description.path, 'internal', {}) ?? '');
  return {
    httpMethod: String(workflow.expression.getSimpleParameterValue(node, description.httpMethod, 'internal', {})) as IWebhookData['httpMethod'],
    node: node.name,
    path: NodeHelpers.getNodeWebhookPath(workflow.id, node, path, description.isFullPath, description.restartWebhook),
    webhookDescription: description,
    workflowId: workflow.id,
    workflowExecuteAdditionalData: additionalData,
    isTest: options.mode === 'manual',
    ...(node.webhookId === undefined ? {} : { webhookId: node.webhookId }),
  };
}

export interface HookResult {
  /** What the method returned. */
  result: boolean;
  /** URL that the method saw as the node's webhook URL. */
  webhookUrl: string;
  staticData: IDataObject;
  logs: LogLine[];
}

/** Calls a method of the trigger's `webhookMethods`. Its errors reject; static data is stored even then. */
export async function hook(nodeType: AnyNodeType, method: 'checkExists' | 'create' | 'delete', options: TriggerOptions = {}): Promise<HookResult> {
  await startEngine();
  const mode = options.mode ?? 'trigger';
  const kept = staticDataOf(options);
  const { workflow, node, type, additionalData } = soleNode(nodeType, TRIGGER_NAME, options, kept && deepCopy(kept));
  const data = webhookData(workflow, node, type, additionalData, options);
  const { name } = data.webhookDescription;
  // n8n removes webhooks of tests and of active workflows alike in this mode.
  const [hookMode, activation] = method === 'delete' ? (['internal', 'update'] as const) : [mode, mode === 'manual' ? 'manual' : 'activate'] as const;
  const context = new HookContext(workflow, node, additionalData, hookMode, options.activation ?? activation, data);
  const webhookMethod = type.webhookMethods?.[name]?.[method];
  if (webhookMethod === undefined) throw new Error(`Node type "${type.description.name}" has no webhook method ${name}.${method}`);
  const recording = newRecording();
  let result: boolean;
  try {
    result = await recordings.run(recording, async () => await webhookMethod.call(context));
  } finally {
    saveStaticData(workflow, kept);
  }
  return { result, webhookUrl: context.getNodeWebhookUrl(name) ?? '', staticData: saveStaticData(workflow, kept), logs: recording.logs };
}

/** One node for each static data: nodes may remember by workflow and node what came in lately. */
const nodeIds = new WeakMap<object, string>();
function nodeIdOf(staticData: object = {}): string {
  const id = nodeIds.get(staticData) ?? randomUUID();
  nodeIds.set(staticData, id);
  return id;
}

/**
 * Calls the trigger's `webhook()` with a request, as the server's webhook router does. Static data that the node has
 * changed is lost, as in n8n 2.40, when the workflow starts and the answer is left to n8n.
 */
export async function webhookCall(nodeType: AnyNodeType, options: TriggerOptions & WebhookRequest = {}): Promise<WebhookCallResult> {
  await startEngine();
  const kept = staticDataOf(options);
  const settings = { id: nodeIdOf(options.staticData), ...options.settings };
  const { workflow, node, type, additionalData } = soleNode(nodeType, TRIGGER_NAME, { ...options, settings }, kept && deepCopy(kept));
  const data = webhookData(workflow, node, type, additionalData, options);
  const url = `${options.instanceUrl ?? INSTANCE_URL}/${options.mode === 'manual' ? 'webhook-test' : 'webhook'}/${data.path}`;
  const call = await receive({ workflow, node, type, additionalData, data, mode: options.mode ?? 'trigger', url, request: options, runExecutionData: null });
  const isLost = call.started && call.returned?.noWebhookResponse !== true;
  return { ...call, staticData: isLost ? kept ?? {} : saveStaticData(workflow, kept) };
}

export interface PollResult {
  /** What `poll()` returned; null means nothing new, the workflow does not run. */
  outputs: INodeExecutionData[][] | null;
  /** Items of the first output. */
  items: INodeExecutionData[];
  json: IDataObject[];
  staticData: IDataObject;
  logs: LogLine[];
}

/** Calls the trigger's `poll()` once. Its errors reject; static data is kept even then, as in n8n's memory. */
export async function poll(nodeType: AnyNodeType, options: TriggerOptions = {}): Promise<PollResult> {
  await startEngine();
  const mode = options.mode ?? 'trigger';
  const { workflow, node, type, additionalData } = soleNode(nodeType, TRIGGER_NAME, options, options.staticData && deepCopy(options.staticData));
  const pollMethod = type.poll;
  if (pollMethod === undefined) throw new Error(`Node type "${type.description.name}" has no poll()`);
  const context = new PollContext(workflow, node, additionalData, mode, options.activation ?? (mode === 'manual' ? 'manual' : 'activate'));
  const recording = newRecording();
  let outputs: INodeExecutionData[][] | null;
  try {
    outputs = await recordings.run(recording, async () => await pollMethod.call(context));
  } finally {
    saveStaticData(workflow, options.staticData);
  }
  const items = outputs?.[0] ?? [];
  return { outputs, items, json: items.map(({ json }) => json), staticData: saveStaticData(workflow, options.staticData), logs: recording.logs };
}

// ---------------------------------------------------------------------------------------------------------------
// Requests that come in

interface Receiving {
  workflow: Workflow;
  node: INode;
  type: INodeType;
  additionalData: IWorkflowExecuteAdditionalData;
  data: IWebhookData;
  mode: WorkflowExecuteMode;
  url: string;
  request: WebhookRequest;
  runExecutionData: IRunExecutionData | null;
}

async function receive({ workflow, node, type, additionalData, data, mode, url, request, runExecutionData }: Receiving): Promise<Omit<WebhookCallResult, 'staticData'>> {
  const recording = newRecording();
  const nothing = { started: false, outputs: [], items: [], json: [], logs: recording.logs };
  const received = incomingRequest(url, request, data.httpMethod);
  if (received instanceof Error) return { ...nothing, response: { statusCode: 422, headers: {}, body: { message: received.message } } };

  const { response, sent } = outgoingResponse();
  additionalData.httpRequest = received as unknown as NonNullable<IWorkflowExecuteAdditionalData['httpRequest']>;
  additionalData.httpResponse = response as unknown as NonNullable<IWorkflowExecuteAdditionalData['httpResponse']>;
  const closeFunctions: Array<() => Promise<void>> = [];
  const context = new WebhookContext(workflow, node, additionalData, mode, data, closeFunctions, runExecutionData);
  if (type.webhook === undefined) throw new Error(`Node type "${type.description.name}" has no webhook()`);
  let returned: IWebhookResponseData;
  try {
    returned = await recordings.run(recording, async () =>
      type instanceof Node ? await type.webhook!(context as never) : await type.webhook!.call(context));
  } catch (error) {
    return { ...nothing, error: error as EngineError, response: { statusCode: 500, headers: {}, body: undefined } };
  } finally {
    await Promise.all(closeFunctions.map(async (close) => await close()));
  }

  const outputs = returned.workflowData ?? [];
  const items = outputs[0] ?? [];
  const started = returned.workflowData !== undefined;
  const responseCode = Number(workflow.expression.getSimpleParameterValue(node, data.webhookDescription.responseCode as string, mode, {}, undefined, 200));
  const defaultBody = { message: started ? 'Workflow was started' : 'Webhook call received' };
  const answer: WebhookResponse = returned.noWebhookResponse === true || sent.ended
    ? { statusCode: sent.statusCode, headers: sent.headers, body: sent.body }
    : { statusCode: responseCode, headers: sent.headers, body: returned.webhookResponse === undefined ? defaultBody : returned.webhookResponse };
  return { started, outputs, items, json: items.map(({ json }) => json), returned, response: answer, logs: recording.logs };
}

/** What nodes use of express' request. An unreadable body is the server's matter: it answers 422 by itself. */
function incomingRequest(url: string, request: WebhookRequest, defaultMethod: string): object | Error {
  const headers: IncomingHttpHeaders = {};
  for (const [name, value] of Object.entries(request.headers ?? {})) headers[name.toLowerCase()] = value;
  const hasBody = request.body !== undefined || request.rawBody !== undefined;
  if (hasBody) headers['content-type'] ??= 'application/json';
  const contentType = headers['content-type']?.split(';')[0]?.trim().toLowerCase();
  const isForm = contentType === 'application/x-www-form-urlencoded';

  let rawBody = Buffer.alloc(0);
  if (request.rawBody !== undefined) rawBody = Buffer.from(request.rawBody as string);
  else if (request.body !== undefined) {
    rawBody = Buffer.from(isForm ? new URLSearchParams(request.body as Record<string, string>).toString() : JSON.stringify(request.body));
  }
  let { body } = request;
  if (body === undefined && rawBody.length > 0) {
    const text = rawBody.toString('utf8');
    try {
      if (contentType === 'application/json') body = JSON.parse(text) as unknown;
      else if (isForm) body = Object.fromEntries(new URLSearchParams(text));
      else if (contentType?.startsWith('text/') === true) body = text;
    } catch {
      return new Error('Failed to parse request body');
    }
  }
  if (hasBody) headers['content-length'] ??= String(rawBody.length);

  const parsedUrl = new URL(url);
  const query: Record<string, unknown> = { ...Object.fromEntries(parsedUrl.searchParams), ...request.query };
  headers.host ??= parsedUrl.host;
  const header = (name: string): string | string[] | undefined => headers[name.toLowerCase()];
  return {
    method: request.method ?? defaultMethod,
    url: `${parsedUrl.pathname}${parsedUrl.search}`,
    originalUrl: `${parsedUrl.pathname}${parsedUrl.search}`,
    path: parsedUrl.pathname,
    protocol: parsedUrl.protocol.replace(':', ''),
    host: parsedUrl.host,
    hostname: parsedUrl.hostname,
    ip: '127.0.0.1',
    ips: [],
    headers,
    rawHeaders: Object.entries(headers).flatMap(([name, value]) => [name, String(value)]),
    query,
    params: request.params ?? {},
    body: body ?? {},
    rawBody,
    contentType,
    get: header,
    header,
  };
}

/** What nodes use of express' response, and what they sent with it. */
function outgoingResponse() {
  const sent = { statusCode: 200, headers: {} as OutgoingHttpHeaders, body: undefined as unknown, ended: false };
  const setHeader = (name: string, value: string | number | string[]) => {
    sent.headers[name.toLowerCase()] = value;
    return response;
  };
  const end = (body?: unknown) => {
    if (body !== undefined) sent.body = body;
    sent.ended = true;
    return response;
  };
  const response = {
    get statusCode() { return sent.statusCode; },
    set statusCode(code: number) { sent.statusCode = code; },
    get headersSent() { return sent.ended; },
    get writableEnded() { return sent.ended; },
    status: (code: number) => { sent.statusCode = code; return response; },
    sendStatus: (code: number) => { sent.statusCode = code; return end(String(code)); },
    writeHead: (code: number, headers: OutgoingHttpHeaders = {}) => {
      sent.statusCode = code;
      for (const [name, value] of Object.entries(headers)) if (value !== undefined) setHeader(name, value);
      return response;
    },
    setHeader,
    set: setHeader,
    header: setHeader,
    getHeader: (name: string) => sent.headers[name.toLowerCase()],
    removeHeader: (name: string) => { delete sent.headers[name.toLowerCase()]; },
    type: (value: string) => setHeader('content-type', value),
    write: (chunk: unknown) => { sent.body = `${String(sent.body ?? '')}${String(chunk)}`; return true; },
    json: end,
    send: end,
    end,
    redirect: (...args: [string] | [number, string]) => {
      sent.statusCode = args.length === 2 ? args[0] : 302;
      setHeader('location', args.length === 2 ? args[1] : args[0]);
      return end();
    },
    render: (view: string, values?: object) => end({ view, ...values }),
    on: () => response,
    once: () => response,
  };
  return { response, sent };
}

/** Goes on with a waiting execution: its stored state is read back, the resume webhook answers, the rest runs. */
async function resumeRun(workflow: Workflow, run: IRun | undefined, request: ResumeRequest | 'timeout', options: RunWorkflowOptions): Promise<ResumeResult> {
  if (run?.status !== 'waiting') throw new Error('The execution is not waiting');
  const runExecutionData = deepCopy(run.data);
  const entry = runExecutionData.executionData?.nodeExecutionStack[0];
  const node = workflow.getNode(runExecutionData.resultData.lastNodeExecuted ?? '');
  if (entry === undefined || node === null) throw new Error('The waiting execution has no node to go on with');

  if (request === 'timeout') {
    const result = await executeRun(workflow, run.mode, runExecutionData, options);
    return { started: true, outputs: [], items: [], json: [], response: { statusCode: 0, headers: {}, body: undefined }, logs: [], result };
  }

  const refuse = (statusCode: number, message: string): ResumeResult =>
    ({ started: false, outputs: [], items: [], json: [], response: { statusCode, headers: {}, body: { message } }, logs: [] });
  const method = request.method ?? 'GET';
  const url = new URL(request.url);
  const signature = url.searchParams.get(WAITING_TOKEN_QUERY_PARAM) ?? '';
  if (!validateUrlSignature(signature, url, Container.get(InstanceSettings).hmacSignatureSecret)) return refuse(401, 'Invalid token');
  const type = NodeHelpers.getVersionedNodeType(workflow.nodeTypes.getByName(node.type), node.typeVersion);
  const additionalData = additionalDataFor(options, credentialsHelperFor(options));
  const [, executionId = '', suffix = ''] = url.pathname.slice(new URL(additionalData.webhookWaitingBaseUrl).pathname.length).split('/');
  const data = (type.description.webhooks ?? [])
    .filter(({ restartWebhook }) => restartWebhook === true)
    .map((description) => ({
      description,
      path: String(workflow.expression.getSimpleParameterValue(node, description.path, 'internal', {}) ?? ''),
      httpMethod: String(workflow.expression.getSimpleParameterValue(node, description.httpMethod, 'internal', {})) as IWebhookData['httpMethod'],
    }))
    .find(({ path, httpMethod }) => path === decodeURIComponent(suffix) && httpMethod === method);
  if (executionId !== additionalData.executionId || data === undefined) return refuse(404, 'No waiting webhook with a matching path and method');

  runExecutionData.waitTill = undefined;
  entry.node.disabled = true;
  const call = await receive({
    workflow,
    node,
    type,
    additionalData,
    mode: run.mode,
    url: request.url,
    request: { ...request, method },
    runExecutionData,
    data: {
      httpMethod: data.httpMethod,
      node: node.name,
      path: data.path,
      webhookDescription: data.description,
      workflowId: workflow.id,
      workflowExecuteAdditionalData: additionalData,
    },
  });
  if (!call.started) return call;
  runExecutionData.resultData.runData[node.name]?.pop();
  entry.data.main = call.outputs;
  entry.metadata = { ...entry.metadata, forwardAllOutputs: true };
  return { ...call, result: await executeRun(workflow, run.mode, runExecutionData, options) };
}

// ---------------------------------------------------------------------------------------------------------------
// Credential test

/**
 * Tests a credential as the server does: the `test.request` of its type runs through the declarative engine, then its
 * `test.rules` are applied.
 *
 * @param data field values as the user filled them in; missing ones get their default
 */
export async function testCredential(
  credentialType: AnyCredentialType,
  data: ICredentialDataDecryptedObject,
  options: Pick<EngineOptions, 'variables' | 'instanceUrl'> = {},
): Promise<INodeCredentialTestResult & { logs: LogLine[] }> {
  await startEngine();
  const recording = newRecording();
  const result = await recordings.run(recording, async () => await credentialTest(instanceOf(credentialType), data, options));
  return { ...result, logs: recording.logs };
}

async function credentialTest(type: ICredentialType, data: ICredentialDataDecryptedObject, options: EngineOptions): Promise<INodeCredentialTestResult> {
  const failed = (message: string): INodeCredentialTestResult => ({ status: 'Error', message });
  const { test } = type;
  if (test === undefined) return failed('No testing function found for this credential.');
  const rules = test.rules ?? [];
  const helper = credentialsHelperFor({ credentials: [type], credentialValues: { [type.name]: data } });
  const additionalData = additionalDataFor(options, helper);
  const decrypted: ICredentialsDecrypted = { id: type.name, name: type.name, type: type.name };
  try {
    decrypted.data = helper.applyDefaults(additionalData, deepCopy(data), type.name, 'internal');
  } catch (error) {
    return failed((error as Error).message);
  }

  const nodeType: INodeType = {
    description: {
      ...baseDescription('noOp', 'Temp', 1),
      credentials: [{ name: type.name, required: true }],
      properties: [{ displayName: 'Temp', name: 'temp', type: 'string', default: '', routing: { request: test.request } }],
    },
  };
  const node: INode = {
    id: 'temp', name: 'Temp-Node', type: credentialTestNodeType, typeVersion: 1, position: [0, 0], parameters: {},
    credentials: { [type.name]: { id: decrypted.id, name: decrypted.name } },
  };
  const workflow = new Workflow({ nodes: [node], connections: {}, active: false, nodeTypes: nodeTypeRegistry([nodeType]) });
  const context = new ExecuteContext(
    workflow, node, additionalData, 'internal', createEmptyRunExecutionData(), 0, [], { main: [[{ json: {} }]] }, { node, data: {}, source: null }, [],
  );
  let body: unknown;
  try {
    const outputs = await new RoutingNode(context, nodeType, decrypted).runNode();
    body = outputs?.[0]?.[0]?.json;
  } catch (error) {
    const { cause, message } = error as { message: string; cause?: { code?: string; response?: { status: number; statusText?: string } } };
    if (cause?.response !== undefined) {
      const { status, statusText } = cause.response;
      const rule = rules.find((candidate) => candidate.type === 'responseCode' && candidate.properties.value === status);
      if (rule !== undefined) return failed(rule.properties.message);
      if (status < 199 || status > 299) return failed(statusText || `Received HTTP status code: ${status}`);
    } else if (cause?.code !== undefined) {
      return failed(cause.code);
    }
    return failed(message);
  }
  for (const rule of rules) {
    if (rule.type === 'responseSuccessBody' && isDeepStrictEqual(valueAt(body, rule.properties.key), rule.properties.value)) {
      return failed(rule.properties.message);
    }
  }
  return { status: 'OK', message: 'Connection successful!' };
}

function valueAt(value: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((part, key) => (part as Record<string, unknown> | undefined)?.[key], value);
}

// ---------------------------------------------------------------------------------------------------------------
// Packages

export interface LoadedPackage {
  packageName: string;
  /** Node types by `description.name`; `Object.values` of it goes into the option `nodes`. */
  nodes: Record<string, INodeType | IVersionedNodeType>;
  /** Credential types by name, with `supportedNodes` and icon URLs as the editor gets them. */
  credentials: Record<string, ICredentialType>;
  /** Node descriptions, one per version, with codex and icon URLs (`icons/<package>/…`) as the editor gets them. */
  descriptions: INodeTypeDescription[];
  loader: PackageDirectoryLoader;
}

/**
 * Loads a built package as n8n does at its start: codex, icons, description checks.
 *
 * @param packageDirectory folder with the package's package.json, whose `n8n.nodes` and `n8n.credentials` are loaded
 */
export async function loadPackage(packageDirectory: string): Promise<LoadedPackage> {
  const loader = new PackageDirectoryLoader(packageDirectory);
  await loader.loadAll();
  return {
    packageName: loader.packageName,
    nodes: Object.fromEntries(Object.entries(loader.nodeTypes).map(([name, { type }]) => [name, type])),
    credentials: Object.fromEntries(Object.entries(loader.credentialTypes).map(([name, { type }]) => [name, type])),
    descriptions: loader.types.nodes,
    loader,
  };
}
