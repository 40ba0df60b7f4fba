import { copyFileSync, mkdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';

import { takeRunningN8n } from './shared';

/** Stops n8n, keeps its log in artifacts/ and removes its data. */
export default async function teardown(): Promise<void> {
  const n8n = takeRunningN8n();
  if (!n8n) return;
  await n8n.stop();
  const artifacts = resolve(__dirname, '../../artifacts');
  mkdirSync(artifacts, { recursive: true });
  copyFileSync(n8n.logFile, join(artifacts, 'n8n-e2e.log'));
  rmSync(n8n.userFolder, { recursive: true, force: true });
}
