/**
 * `npm run bench`: installs what is missing (the HTTP Request node comes from the pinned n8n), builds, and runs the
 * benchmarks. Arguments go on to bench/run.ts.
 */
import { installN8n, installPackages } from './install.mjs';
import { main, mustRun, run, step, tool } from './steps.mjs';

main(async () => {
  await installPackages();
  // Counting requests needs no other node to compare with.
  if (!process.argv.includes('--requests')) await installN8n();
  await step('Build', () => mustRun(tool('gulp'), ['build', '--silent']));
  process.exitCode = await run(tool('tsx'), ['bench/run.ts', ...process.argv.slice(2)]);
});
