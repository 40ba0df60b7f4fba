/**
 * `npm start`: installs what is missing, builds, and shows a lead travelling through the sandbox's Kinbox, Chatwoot
 * and Callbell in a real n8n. Stays up until Ctrl-C; with `--once` it ends after the example.
 */
import { installN8n, installPackages } from './install.mjs';
import { main, mustRun, run, step, tool } from './steps.mjs';

main(async () => {
  await installPackages();
  await installN8n();
  await step('Build', () => mustRun(tool('gulp'), ['build', '--silent']));
  process.exitCode = await run(process.execPath, ['--import', 'tsx', 'test/e2e/start.ts', ...process.argv.slice(2)]);
});
