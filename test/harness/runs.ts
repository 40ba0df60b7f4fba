/** Runs of a workflow, or of one node. */
import { Container } from '@n8n/di';
import { BinaryDataService, InstanceSettings, validateUrlSignature, WAITING_TOKEN_QUERY_PARAM, WorkflowExecute } from 'n8n-core';
import { createRunExecutionData, deepCopy, NodeHelpers, Workflow } from 'n8n-workflow';
import type { IBinaryData, IDataObject, INode, INodeExecutionData, INodeParameters, IRun, IRunExecutionData, IWebhookData, IWorkflowSettings, WorkflowExecuteMode } from 'n8n-workflow';

import { credentialsHelperFor } from './credentials';
import { instanceOf, nodeTypeRegistry } from './nodes';
import { startEngine } from './process';
import { newRecording, recordings, type Recording } from './recording';
import { receive } from './requests';
import type { AnyNodeType, EngineError, InputRows, ResumeRequest, ResumeResult, RunWorkflowOptions, WorkflowJson, WorkflowResult } from './types';
import { additionalDataFor, buildWorkflow, hooksFor, storedStaticData, toItems } from './workflow';

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

/** Stores a file as n8n does, for an item to name it. */
export async function storeBinary(content: Buffer, about: Pick<IBinaryData, 'fileName' | 'mimeType'>): Promise<IBinaryData> {
  await startEngine();
  return await Container.get(BinaryDataService).store({ type: 'execution', workflowId: 'test', executionId: 'test' }, content, { data: '', ...about });
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
