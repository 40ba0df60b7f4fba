/** Triggers: registration, calls, polls. */
import { randomUUID } from 'node:crypto';

import { HookContext, PollContext } from 'n8n-core';
import { deepCopy, NodeHelpers, Workflow } from 'n8n-workflow';
import type { IDataObject, INode, INodeExecutionData, INodeType, IWebhookData, IWorkflowExecuteAdditionalData, WorkflowActivateMode } from 'n8n-workflow';

import { soleNode, type NodeOptions } from './editor';
import { startEngine } from './process';
import { newRecording, recordings } from './recording';
import { receive } from './requests';
import type { AnyNodeType, LogLine, WebhookCallResult, WebhookRequest } from './types';
import { INSTANCE_URL, storedStaticData } from './workflow';

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
