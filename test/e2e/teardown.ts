import { copyFileSync, mkdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';

import { takeRunningN8ns } from './shared';

/** Stops each n8n, keeps its log in artifacts/ and removes its data. */
export default async function teardown(): Promise<void> {
  const artifacts = resolve(__dirname, '../../artifacts');
  await Promise.all(takeRunningN8ns().map(async (n8n, index) => {
    await n8n.stop();
    mkdirSync(artifacts, { recursive: true });
    copyFileSync(n8n.logFile, join(artifacts, `n8n-e2e-${index + 1}.log`));
    rmSync(n8n.userFolder, { recursive: true, force: true });
  }));
}
