/**
 * `npm run test:versions`: installs what is missing (packages, the n8n of test/n8n and those of test/versions), builds,
 * and runs the package in each of these n8n. Arguments go on to jest: `npm run test:versions -- -t "n8n 1"`.
 */
import { installN8n, installOtherN8ns, installPackages } from './install.mjs';
import { closingLine, runJest } from './jest.mjs';
import { main, mustRun, step, tool } from './steps.mjs';

main(async () => {
  if (!['20', '22'].includes(process.versions.node.split('.')[0])) throw new Error('n8n 1 runs on Node 20 and 22. Run this command with one of them.');
  await installPackages();
  await installN8n();
  await installOtherN8ns();
  await step('Build', () => mustRun(tool('gulp'), ['build', '--silent']));
  const counts = await step('The package in other versions of n8n', () => runJest('jest.versions.config.cjs', ['--runInBand', ...process.argv.slice(2)]));
  console.log(`\n${closingLine(counts)}`);
  process.exitCode = counts.failed > 0 || counts.passed === 0 ? 1 : 0;
});
