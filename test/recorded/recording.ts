import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

/** A line of calls.jsonl: what was asked of the node (or looked at), and what came of it. */
export interface RecordedCall {
  n: number;
  kind: string;
  name: string;
  variant: string;
  as: string;
  expected: unknown;
  status: string;
  rowCount: number;
  /** The first three. */
  rows: unknown[];
  parameters?: Record<string, unknown>;
  error?: { message: string; description?: string };
  /** IDs of the exchanges. */
  exchanges: number[];
}

/** A line of exchanges.jsonl: a request that the node sent, and the answer. */
export interface RecordedExchange {
  id: number;
  call: number;
  /** Of the contract; undefined for a path that it does not have. */
  operationId?: string;
  method: string;
  path: string;
  query: Record<string, string | string[]>;
  body?: unknown;
  status: number;
  answer?: unknown;
  /** Content type of the answer. */
  type?: string;
  responseHeaders?: Record<string, string>;
}

/** A line of facts.jsonl and more-*.jsonl: one question, one answer. */
export interface RecordedFact {
  name: string;
  as?: string;
  request: { method: string; path: string; body?: unknown; headers?: Record<string, string> };
  response: { status: number; body?: unknown; type?: string; headers?: Record<string, string> };
}

export const RECORDING = join(__dirname, 'chatwoot-4.15.1');

/** The lines of `<name>.jsonl` or `<name>.jsonl.gz`. */
export function readLines<Line>(folder: string, name: string): Line[] {
  const plain = join(folder, `${name}.jsonl`);
  const text = existsSync(plain) ? readFileSync(plain, 'utf8') : gunzipSync(readFileSync(`${plain}.gz`)).toString('utf8');
  return text.split('\n').filter(Boolean).map((line) => JSON.parse(line) as Line);
}

export interface RecordedRun {
  calls: RecordedCall[];
  exchanges: Map<number, RecordedExchange>;
}

/** A run of the scenario (test/live), from the folder that it was written to. */
export function readRun(folder: string): RecordedRun {
  return { calls: readLines<RecordedCall>(folder, 'calls'), exchanges: new Map(readLines<RecordedExchange>(folder, 'exchanges').map((one) => [one.id, one])) };
}

export const contentTypeOf = ({ type, responseHeaders }: RecordedExchange): string | undefined => type ?? responseHeaders?.['content-type'];
