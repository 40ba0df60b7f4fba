/**
 * `npm run test:scaling`: installs what is missing (packages, n8n, Redis, PostgreSQL), builds, and kills a worker of an
 * n8n in queue mode while 500 leads come in.
 * `npm run test:scaling -- --full`: 5,000 leads, with the throughput of one and of two workers; further arguments go on
 * to test/scaling/run.ts, which writes its figures into docs/scaling.md.
 */
import { installN8n, installPackages, installQueueServices } from './install.mjs';
import { closingLine, runJest } from './jest.mjs';
import { main, mustRun, run, step, tool } from './steps.mjs';

main(async () => {
  const [first, ...rest] = process.argv.slice(2);
  await installPackages();
  await installN8n();
  await installQueueServices();
  await step('Build', () => mustRun(tool('gulp'), ['build', '--silent']));
  if (first === '--full') {
    process.exitCode = await step('Queue mode, 5,000 leads', () => run(process.execPath, ['--import', 'tsx', 'test/scaling/run.ts', ...rest]));
    return;
  }
  const counts = await step('Queue mode, 500 leads', () => runJest('jest.scaling.config.cjs', ['--runInBand', ...process.argv.slice(2)]));
  console.log(`\n${closingLine(counts)}`);
  process.exitCode = counts.failed > 0 || counts.passed === 0 ? 1 : 0;
});
