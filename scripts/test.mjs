/**
 * `npm test`: installs what is missing, then lint, types, build, and all tests but the end-to-end ones.
 * Arguments go on to jest, which then runs alone: `npm test -- test/unit/phone`.
 */
import { installPackages } from './install.mjs';
import { closingLine, runJest } from './jest.mjs';
import { main, root, run, step, tool } from './steps.mjs';
import { join } from 'node:path';

main(async () => {
  const jestArguments = process.argv.slice(2);
  await installPackages();
  const failed = [];
  const checks = {
    Lint: [process.execPath, [join(root, 'node_modules', 'eslint', 'bin', 'eslint.js'), '-c', 'eslint.local.mjs', '.', '--max-warnings', '0']],
    Types: [process.execPath, [join(root, 'node_modules', 'typescript', 'bin', 'tsc'), '--noEmit', '-p', 'tsconfig.check.json']],
    Build: [tool('gulp'), ['build', '--silent']],
  };
  if (jestArguments.length === 0) {
    for (const [title, [command, commandArguments]] of Object.entries(checks)) {
      if ((await step(title, () => run(command, commandArguments))) !== 0) failed.push(title);
    }
  }
  const counts = await step('Tests', () => runJest('jest.config.cjs', jestArguments));
  if (failed.length > 0) console.log(`\nFailed besides the tests: ${failed.join(', ')}`);
  console.log(`\n${closingLine(counts)}`);
  process.exitCode = failed.length > 0 || counts.failed > 0 || counts.passed === 0 ? 1 : 0;
});
