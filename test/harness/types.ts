/** What tests give the harness and get back. */
import type { OutgoingHttpHeaders } from 'node:http';

import type { ExecutionStatus, IConnections, ICredentialDataDecryptedObject, ICredentialType, IDataObject, INode, INodeExecutionData, INodeType, IPinData, IRun, IRunData, IVersionedNodeType, IWebhookResponseData, IWorkflowSettings, NodeExecutionHint } from 'n8n-workflow';

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
