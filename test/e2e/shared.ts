/** The n8ns of an end-to-end run, one for each of jest's workers: started by setup.ts, used by every test file, stopped by teardown.ts. */
import { readFileSync } from 'node:fs';

import { N8nClient, type Owner } from './client';
import type { N8n } from './n8n';

/** What a test file knows of the running n8n. */
export interface SharedN8n {
  url: string;
  owner: Owner;
  client: N8nClient;
  userFolder: string;
  /** Number of its process. */
  pid: number | undefined;
  /** What n8n printed so far. */
  log(): string;
}

interface Address {
  url: string;
  owner: Owner;
  userFolder: string;
  pid: number | undefined;
  logFile: string;
  session: string;
}

// Set-up and teardown run outside the test files' contexts: only they share this global.
const holder = globalThis as { runningN8ns?: N8n[] };

/** Keeps them for teardown, and tells the test files through the environment where they are. */
export function shareN8ns(all: N8n[]): void {
  holder.runningN8ns = all;
  process.env.E2E_N8N = JSON.stringify(all.map(({ url, owner, userFolder, pid, logFile, client }): Address => ({ url, owner, userFolder, pid, logFile, session: client.session })));
}

export function takeRunningN8ns(): N8n[] {
  return holder.runningN8ns ?? [];
}

/** This worker's n8n, signed in. */
export async function sharedN8n(): Promise<SharedN8n> {
  if (process.env.E2E_N8N === undefined) throw new Error('No n8n is running: use test/e2e/jest.config.cjs.');
  const addresses = JSON.parse(process.env.E2E_N8N) as Address[];
  // Jest counts its workers from 1.
  const own = addresses[Number(process.env.JEST_WORKER_ID) - 1];
  if (!own) throw new Error(`Worker ${process.env.JEST_WORKER_ID} has no n8n of its own.`);
  const { url, owner, userFolder, pid, logFile, session } = own;
  const client = new N8nClient(url, owner);
  client.resume(session);
  return { url, owner, client, userFolder, pid, log: () => readFileSync(logFile, 'utf8') };
}
