/** The one n8n of an end-to-end run: started by setup.ts, used by every test file, stopped by teardown.ts. */
import { readFileSync } from 'node:fs';

import { N8nClient, type Owner } from './client';
import type { N8n } from './n8n';

/** What a test file knows of the running n8n. */
export interface SharedN8n {
  url: string;
  owner: Owner;
  client: N8nClient;
  userFolder: string;
  /** What n8n printed so far. */
  log(): string;
}

interface Address {
  url: string;
  owner: Owner;
  userFolder: string;
  logFile: string;
  session: string;
}

// Set-up and teardown run outside the test files' contexts: only they share this global.
const holder = globalThis as { runningN8n?: N8n };

/** Keeps the instance for teardown and tells the test files, through the environment, where it is. */
export function shareN8n(n8n: N8n): void {
  holder.runningN8n = n8n;
  const { url, owner, userFolder, logFile, client } = n8n;
  process.env.E2E_N8N = JSON.stringify({ url, owner, userFolder, logFile, session: client.session } satisfies Address);
}

export function takeRunningN8n(): N8n | undefined {
  return holder.runningN8n;
}

/** The running n8n, signed in. */
export async function sharedN8n(): Promise<SharedN8n> {
  if (process.env.E2E_N8N === undefined) throw new Error('No n8n is running: use test/e2e/jest.config.cjs.');
  const { url, owner, userFolder, logFile, session } = JSON.parse(process.env.E2E_N8N) as Address;
  const client = new N8nClient(url, owner);
  client.resume(session);
  return { url, owner, client, userFolder, log: () => readFileSync(logFile, 'utf8') };
}
