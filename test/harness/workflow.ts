/** A workflow, and what the server hands the engine with it. */
import { ExecutionLifecycleHooks } from 'n8n-core';
import { deepCopy, ICredentialsHelper, Workflow } from 'n8n-workflow';
import type { IDataObject, INode, INodeExecutionData, INodeTypes, IWorkflowExecuteAdditionalData, WorkflowExecuteMode } from 'n8n-workflow';

import { credentialsOfNode } from './credentials';
import { fullTypeName } from './nodes';
import type { EngineOptions, InputRows, WorkflowJson, WorkflowNodeJson } from './types';

export const INSTANCE_URL = 'http://127.0.0.1:5678';

const latestVersion = ({ version }: { version: number | number[] }): number => (Array.isArray(version) ? Math.max(...version) : version);

export function nodeFromJson(json: WorkflowNodeJson): INode {
  return { id: `id-of-${json.name.replaceAll(' ', '-')}`, typeVersion: 1, position: [0, 0], parameters: {}, ...deepCopy(json) };
}

export function buildWorkflow(json: WorkflowJson, registry: INodeTypes, options: EngineOptions): Workflow {
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

export function additionalDataFor(options: EngineOptions, credentialsHelper: ICredentialsHelper): IWorkflowExecuteAdditionalData {
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

export function hooksFor(mode: WorkflowExecuteMode, executionId: string, workflow: Workflow): ExecutionLifecycleHooks {
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
export const storedStaticData = ({ staticData }: Workflow): IDataObject => JSON.parse(JSON.stringify(staticData)) as IDataObject;
