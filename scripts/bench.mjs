/** `npm run bench`: installs what is missing, builds, and runs the benchmarks. Arguments go on to bench/run.ts. */
import { installPackages } from './install.mjs';
import { main, mustRun, run, step, tool } from './steps.mjs';

main(async () => {
  await installPackages();
  await step('Build', () => mustRun(tool('gulp'), ['build', '--silent']));
  process.exitCode = await run(process.execPath, ['--import', 'tsx', 'bench/run.ts', ...process.argv.slice(2)]);
});
