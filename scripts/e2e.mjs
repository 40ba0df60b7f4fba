/**
 * `npm run test:e2e`: installs what is missing (packages, n8n, Chromium), builds, and runs the end-to-end tests
 * against a real n8n: through its REST API, and through the editor in Chromium.
 * Arguments go on to jest: `npm run test:e2e -- browser`.
 */
import { installChromium, installN8n, installPackages } from './install.mjs';
import { closingLine, runJest } from './jest.mjs';
import { main, mustRun, step, tool } from './steps.mjs';

main(async () => {
  await installPackages();
  await installN8n();
  await installChromium();
  await step('Build', () => mustRun(tool('gulp'), ['build', '--silent']));
  const counts = await step('End-to-end tests', () => runJest('jest.e2e.config.cjs', ['--runInBand', ...process.argv.slice(2)]));
  console.log(`\n${closingLine(counts)}`);
  process.exitCode = counts.failed > 0 || counts.passed === 0 ? 1 : 0;
});
