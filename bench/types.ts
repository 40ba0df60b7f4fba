export type VendorName = 'chatwoot' | 'kinbox';

export type Task = 'create' | 'update' | 'list';

/** Who does the work. */
export type ClientName =
  /** Our built node in n8n's engine. */
  | 'ours'
  /** The same with "On Error: Continue": fields are read item by item, not all before the first request. */
  | 'oursContinue'
  /** n8n's HTTP Request node in the same engine, its body filled in field by field, as it is offered first. */
  | 'httpRequest'
  /** The same with the whole body in one expression: fewer expressions than there are fields. */
  | 'httpRequestJson'
  /** axios with kept-alive connections, as many requests at a time as our node. */
  | 'loop'
  /** The same with a new connection for each request. */
  | 'loopNewConnections'
  /** axios with a kept-alive connection, one request after the other. */
  | 'oneByOne'
  /** A declarative node with the properties of ours, in the same engine. */
  | 'declarative'
  /** The same with a field of its own for each operation, as generators make them; ours are shared by operations. */
  | 'generated'
  /** n8n's No Operation node: the items go through the engine and nothing is sent. */
  | 'noOperation';

/** One measurement. */
export interface Cell {
  vendor: VendorName;
  task: Task;
  client: ClientName;
  /** Contacts to create, to change or to list. */
  items: number;
  /** Milliseconds that the sandbox adds to each answer. */
  latency: number;
  /** Requests the sandbox takes in each second; the others get 429. */
  perSecond?: number;
  /** Requests that the sandbox works on at the same time, `latency` for each; the others wait. */
  workers?: number;
  /** Only so many items are measured, and time and counts are scaled up to `items`. */
  sample?: number;
  /** Collect garbage four times a second to see how much memory is really in use; time and CPU mean nothing then. */
  liveMemory?: boolean;
}

/** Where the sandbox is and what opens it. */
export interface Access {
  kinbox: { url: string; token: string };
  chatwoot: { url: string; token: string; accountId: number };
}

/** What a worker measures of itself. */
export interface WorkerResult {
  wallMs: number;
  /** User and system time of all threads of the process. */
  cpuMs: number;
  /** Resident memory before the input was made, after a garbage collection. */
  baseBytes: number;
  /** Highest resident memory during the run. */
  peakBytes: number;
  /** Memory in use (heap and buffers, after garbage collections): before the input, with the input, highest in the run. */
  live?: { base: number; input: number; peak: number };
  /** Ids of what a list gave, in the order it came. */
  listed?: string[];
  /** Output items that are errors, or requests that failed. */
  failed: number;
  /** What the first of them says. */
  failure?: string;
  /** Why the run ended early. */
  error?: string;
}

/** What the sandbox saw during a run. */
export interface SandboxAccount {
  requests: number;
  connections: number;
  maxSimultaneous: number;
  throttled: number;
  /** Most requests that waited for a worker at once. */
  maxWaiting: number;
  /** Requests answered with success. */
  succeeded: number;
  cpuMs: number;
  /** Requests that the vendor's contract refuses: there must be none. */
  violations: string[];
  contacts: Array<{ id: string; key: string; name: string }>;
}

export interface Measured {
  cell: Cell;
  /** Items that were really worked on. */
  measuredItems: number;
  worker: WorkerResult;
  sandbox: Omit<SandboxAccount, 'contacts'>;
  lost: number;
  duplicates: number;
}

/** What is known of a built node without running it. */
export interface NodeFacts {
  file: string;
  displayName: string;
  /** Milliseconds of `require`, median of five processes: with n8n-workflow loaded before, as in n8n, and without. */
  requireMs: number;
  requireColdMs: number;
  descriptionBytes: number;
  properties: number;
  operations: number;
  /** Default of the option Parallel Requests; undefined for triggers. */
  parallelRequests?: number;
}

export interface PackageFacts {
  nodes: NodeFacts[];
  /** Of the file that npm publishes. */
  packedBytes: number;
  unpackedBytes: number;
  files: number;
}
