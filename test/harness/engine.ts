/**
 * Runs n8n nodes in this process on the real engine (n8n-core), without an n8n server.
 *
 * Everything that touches engine internals is in this one file, so that an upgrade of n8n-core costs one file.
 * What the server adds around the engine (credential storage, credential test, webhook router, drop-down
 * requests) is rebuilt here after the server's behaviour; see README.md beside this file for how to write a test.
 */
import './environment.cjs';

import { AsyncLocalStorage } from 'node:async_hooks';
import { rmSync } from 'node:fs';
import { basename } from 'node:path';

import { Container } from '@n8n/di';
import {
  BinaryDataService,
  ExecutionLifecycleHooks,
  HookContext,
  WorkflowExecute,
  getAdditionalKeys,
} from 'n8n-core';
import {
  ICredentialsHelper,
  NodeHelpers,
  Workflow,
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
  IDataObject,
  IExecuteData,
  IExecuteFunctions,
  IHttpRequestHelper,
  IHttpRequestOptions,
  INode,
  INodeCredentials,
  INodeCredentialsDetails,
  INodeExecutionData,
  INodeParameters,
  INodeProperties,
  INodeType,
  INodeTypeDescription,
  INodeTypes,
  IPinData,
  IRequestOptionsSimplified,
  IRun,
  IRunData,
  IRunExecutionData,
  IVersionedNodeType,
  IWorkflowExecuteAdditionalData,
  IWorkflowSettings,
  NodeExecutionHint,
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
  /** Node types of the workflow. `n8n-nodes-base` manualTrigger, noOp and set are always there. */
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
  /** Name of the node to begin with. Default: what n8n itself would choose, i.e. the trigger. */
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
  /** n8n's own result; absent if the workflow was refused before it began. */
  run?: IRun;
}

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

// n8n-core leaves its configuration and binary files behind; under jest they go when the test file is done.
if (typeof afterAll === 'function') {
  afterAll(() => {
    const folder = process.env.N8N_USER_FOLDER;
    if (folder !== undefined && basename(folder).startsWith('n8n-jest-')) rmSync(folder, { recursive: true, force: true });
  });
}

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

const builtInNodes: INodeType[] = [new ManualTrigger(), new NoOp(), new EditFields()];

const instanceOf = <T extends object>(type: T | (new () => T)): T => (typeof type === 'function' ? new type() : type);

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
    return nodeFromJson({ ...node, typeVersion, ...(credentials === undefined ? {} : { credentials }) });
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
  const startNode = options.startNode === undefined ? workflow.getStartNode() : workflow.getNode(options.startNode);
  if (startNode === null || startNode === undefined) throw new Error(`No start node "${options.startNode ?? ''}" in the workflow`);

  const runExecutionData = createRunExecutionData({
    executionData: {
      nodeExecutionStack: [{ node: startNode, data: { main: [toItems(options.input ?? [{}])] }, source: null }],
    },
    resultData: { ...(workflowJson.pinData === undefined ? {} : { pinData: workflowJson.pinData }) },
  });
  return await executeRun(workflow, mode, runExecutionData, options);
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
  return workflowResult(workflow, recording, run, refused);
}

function workflowResult(workflow: Workflow, recording: Recording, run: IRun | undefined, refused: unknown): WorkflowResult {
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
    staticData: deepCopy(workflow.staticData),
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
