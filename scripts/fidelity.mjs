/**
 * Holds the sandbox to what a real Chatwoot said: runs the scenario of test/live on the sandbox and compares it with a recording.
 *
 *   node scripts/fidelity.mjs             the recording in test/recorded
 *   node scripts/fidelity.mjs FOLDER      another one, e.g. artifacts/live after `npm run test:live`
 *
 * Prints each difference, then one line of counts, then "N passed, N failed". The run lies in artifacts/fidelity.
 */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';

import { installPackages } from './install.mjs';
import { main, root, run, step } from './steps.mjs';

main(async () => {
  const recording = process.argv[2] === undefined ? join(root, 'test', 'recorded', 'chatwoot-4.15.1') : resolve(process.argv[2]);
  if (!['calls.jsonl', 'calls.jsonl.gz'].some((file) => existsSync(join(recording, file)))) throw new Error(`${recording} holds no calls.jsonl`);
  await installPackages();
  const folder = join(root, 'artifacts', 'fidelity');
  const jest = [join(root, 'node_modules', 'jest', 'bin', 'jest.js'), '-c', 'test/live/jest.config.cjs', '--runInBand', '--forceExit', 'test/live/scenario.test.ts'];
  const code = await step('The scenario on the sandbox', () => run(process.execPath, jest, { env: { ...process.env, REAL_SANDBOX: '1', REAL_OUT: folder } }));
  if (code !== 0) {
    console.log('\n0 passed, 1 failed');
    process.exitCode = 1;
    return;
  }
  process.exitCode = await step('Compared with the recording', () => run(process.execPath, ['--import', 'tsx', 'test/recorded/fidelity.ts', recording, folder]));
});
