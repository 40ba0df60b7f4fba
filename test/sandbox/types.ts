import type { IncomingHttpHeaders } from 'node:http';

export type Vendor = 'kinbox' | 'chatwoot' | 'callbell';
export const VENDORS: readonly Vendor[] = ['kinbox', 'chatwoot', 'callbell'];

/** A parsed JSON value; bodies and answers are plain JSON. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json | undefined };
export type JsonObject = { [key: string]: Json | undefined };

/** Time of the sandbox. `advance` lets a test make campaigns finish without waiting. Milliseconds. */
export interface Clock {
  now(): number;
  advance(ms: number): void;
}

/** A file that came in a multipart body. */
export interface UploadedFile {
  field: string;
  filename: string;
  contentType: string;
  data: Buffer;
}

/** Who is calling: set by a vendor's `authenticate`. `kind` is the name of the token, for records. */
export interface Identity {
  kind: string;
  /** Person, bot or workspace behind the token, where the vendor has such. */
  userId?: number | string;
  role?: string;
  scopes?: readonly string[];
}

/** One request, checked against the contract, as a handler sees it. */
export interface Call<S = unknown> {
  state: S;
  operationId: string;
  method: string;
  /** Path as sent, without query. */
  path: string;
  /** Path parameters in the contract's types. */
  params: Record<string, any>;
  /** Query parameters in the contract's types; what was not sent is absent. */
  query: Record<string, any>;
  /** Parsed body; `{}` when none was sent and the contract does not demand one. */
  body: any;
  /** The body's bytes as sent. */
  rawBody: Buffer;
  files: UploadedFile[];
  headers: IncomingHttpHeaders;
  identity: Identity;
  clock: Clock;
  /** Address of this vendor's listener, for links and media URLs. */
  url: string;
  options: SandboxOptions;
  /** Post a webhook; recorded in `Sandbox.deliveries`. Resolves when the receiver has answered or failed; never rejects. */
  deliver(delivery: DeliveryRequest): Promise<Delivery>;
  /** Work that goes on after the answer (asynchronous jobs of the vendor); `Sandbox.settled` waits for it. */
  background(work: () => Promise<void> | void): void;
}

/** What a handler answers: JSON in `body`, or any other text in `text`; neither means an empty body. */
export interface Answer {
  status: number;
  body?: unknown;
  text?: string | Buffer;
  contentType?: string;
  headers?: Record<string, string>;
}

export type Handler<S> = (call: Call<S>) => Answer | Promise<Answer>;
export type Handlers<S> = Record<string, Handler<S>>;

/** Thrown by handlers to answer with the vendor's error. */
export class Refusal extends Error {
  constructor(readonly answer: Answer) {
    super(`refused with ${answer.status}`);
  }
}

export interface DeliveryRequest {
  url: string;
  event: string;
  /** Serialised by us, so that a signature can be computed over the very bytes. */
  body: string;
  headers?: Record<string, string>;
  timeoutMs?: number;
}

export interface Delivery extends DeliveryRequest {
  vendor: Vendor;
  at: number;
  /** Status of the receiver, or undefined when it could not be reached. */
  status?: number;
  responseBody?: string;
  error?: string;
}

export interface RecordedRequest {
  vendor: Vendor;
  method: string;
  path: string;
  operationId: string | undefined;
  query: Record<string, string | string[]>;
  /** Header values; a value that holds one of the sandbox's tokens shows `<name of the token>` in its place. */
  headers: Record<string, string>;
  /** Name of the token that came with the request; 'unknown' for a foreign one, undefined for none. */
  token: string | undefined;
  body: unknown;
  /** Status sent; 0 when the connection was cut or nothing was answered. */
  status: number;
  /** Kind of the injected fault, if one met this request. */
  fault?: FaultKind;
  /** Milliseconds since 1970, machine time. */
  at: number;
  /** How long it took us, in milliseconds. */
  ms: number;
}

/**
 * A request that the contract refuses (`request`, `operation`, `unhandled`) or an answer of ours that
 * does not match it (`answer`). A test that ends with violations has failed.
 */
export interface Violation {
  vendor: Vendor;
  kind: 'request' | 'operation' | 'unhandled' | 'answer';
  method: string;
  path: string;
  operationId: string | undefined;
  /** One line each: where and what. */
  errors: string[];
  at: number;
}

export type FaultKind = 'latency' | 'status' | 'reset' | 'reset-after-handling' | 'truncate' | 'hang' | 'html' | 'empty' | 'ignore';

/**
 * A fault. Without a filter it meets every request; the first fault that fits and is not used up acts.
 * Only `latency` and `ignore` let later faults act too.
 */
export interface Fault {
  kind: FaultKind;
  vendor?: Vendor;
  operationId?: string;
  method?: string;
  /** Text: part of the path. RegExp: tested against the path. */
  path?: RegExp | string;
  /** How often it acts; default: for ever. */
  times?: number;
  /** 0..1, default 1. */
  probability?: number;
  /** latency and hang: milliseconds (hang: default until the client gives up). */
  ms?: number;
  /** status and html: HTTP status (defaults 500 and 502). */
  status?: number;
  headers?: Record<string, string>;
  /** ignore: keys of the body that the server takes no notice of, at any depth; the request itself is fine and answered with success. */
  keys?: string[];
  /** status: JSON value or text; default the vendor's own error body. */
  body?: unknown;
}

/** Requests allowed in each fixed window; above it the vendor's own 429 is answered. */
export interface Limit {
  requests: number;
  windowMs: number;
  /** Only these operations; default: all of the vendor together. */
  operations?: string[];
  /** Counted apart for each value, e.g. of a path parameter; default one count. */
  per?: (call: { params: Record<string, string>; token: string | undefined }) => string;
  /** Sent as Retry-After in seconds when true; the vendors send none. */
  retryAfter?: boolean;
}

export interface SandboxOptions {
  /** Ports; 0 or missing: a free one. */
  ports?: Partial<Record<Vendor | 'control', number>>;
  /** Milliseconds added to every answer. */
  latency?: number | Partial<Record<Vendor, number>>;
  /**
   * Rate limits. `{ perSecond: n }` is one window of a second over all calls; a list gives windows in full;
   * 'published' takes the vendor's published limits. Default: none.
   */
  limits?: Partial<Record<Vendor, { perSecond: number } | Limit[] | 'published'>>;
  /** How many requests a vendor's server works on at the same time; the others wait for it. Default: all. */
  workers?: Partial<Record<Vendor, number>>;
  /** Check our answers against the contract; default true. */
  validateAnswers?: boolean;
  /** How many requests are kept in `requests`; default all. */
  keepRequests?: number;
  callbell?: {
    /** Envelope of `contact`: the samples disagree; 'mixed' (default) is an array on create, an object on get and update. */
    envelope?: 'array' | 'object' | 'mixed';
  };
  chatwoot?: {
    /** Version answered by GET /api; default 4.15.1. */
    version?: string;
    /** Milliseconds between the checks of a write and its commit, default 1: what others commit meanwhile is not seen. */
    commitMs?: number;
  };
  kinbox?: {
    /** Seconds that a campaign stays in 'processing' before it starts; default 5. */
    processingSeconds?: number;
  };
}

export interface VendorMetrics {
  requests: number;
  /** TCP connections accepted. */
  connections: number;
  /** Most requests that were under way at once. */
  maxSimultaneous: number;
  /** Most requests that waited for a worker at once. */
  maxWaiting: number;
  throttled: number;
  /** Answers by status; '0' counts cut connections. */
  statuses: Record<string, number>;
}
