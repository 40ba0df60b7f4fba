/** Runs jest and counts its tests. */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { root, run } from './steps.mjs';

/**
 * Runs jest with its normal output.
 *
 * @param {string} configuration file name in the project's folder
 * @param {string[]} jestArguments passed on to jest
 * @returns {Promise<{ passed: number, failed: number, skipped: number }>} failed is never 0 when jest failed
 */
export async function runJest(configuration, jestArguments) {
  const folder = mkdtempSync(join(tmpdir(), 'jest-result-'));
  const file = join(folder, 'result.json');
  try {
    const jest = join(root, 'node_modules', 'jest', 'bin', 'jest.js');
    // A test that fails may leave a server open; the run has to end all the same.
    const code = await run(process.execPath, [jest, '-c', configuration, '--forceExit', '--json', `--outputFile=${file}`, ...jestArguments]);
    if (!existsSync(file)) return { passed: 0, failed: 1, skipped: 0 };
    const result = JSON.parse(readFileSync(file, 'utf8'));
    // A test file that could not be run has no tests to count.
    const failed = result.numFailedTests + result.numRuntimeErrorTestSuites;
    return {
      passed: result.numPassedTests,
      failed: failed === 0 && code !== 0 ? 1 : failed,
      skipped: result.numPendingTests + result.numTodoTests,
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The line that closes a test run, e.g. `12 passed, 0 failed`. */
export function closingLine({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}
