import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

import { startN8n } from './n8n';
import { shareN8ns } from './shared';

/** Starts an n8n for each of jest's workers; their test files use it one after the other. E2E_PACKAGE names another built package folder to install. */
export default async function setup({ maxWorkers }: { maxWorkers: number }): Promise<void> {
  const packageDirectory = process.env.E2E_PACKAGE ?? resolve(__dirname, '../..');
  const start = async () => await startN8n({ userFolder: mkdtempSync(join(tmpdir(), 'n8n-e2e-')), packageDirectory });
  shareN8ns(await Promise.all(Array.from({ length: maxWorkers }, start)));
}
