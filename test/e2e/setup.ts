import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

import { startN8n } from './n8n';
import { shareN8n } from './shared';

/** Starts the n8n that all end-to-end test files use. E2E_PACKAGE names another built package folder to install. */
export default async function setup(): Promise<void> {
  const n8n = await startN8n({
    userFolder: mkdtempSync(join(tmpdir(), 'n8n-e2e-')),
    packageDirectory: process.env.E2E_PACKAGE ?? resolve(__dirname, '../..'),
  });
  shareN8n(n8n);
}
