/**
 * Runs one suite of tests: installs what is missing, checks or builds, runs jest, and closes with "N passed, N failed".
 *
 *   node scripts/test.mjs               lint, types, build, and the tests that need nothing but this repository
 *   node scripts/test.mjs people            numbers, rows, lists and values: the right person, or nobody
 *   node scripts/test.mjs whatsapp          every kind of WhatsApp message: what a node takes, WhatsApp takes
 *   node scripts/test.mjs e2e           a real n8n, through its REST API and its editor in Chromium
 *   node scripts/test.mjs versions      the package in other versions of n8n
 *   node scripts/test.mjs chaos         campaigns in processes that are killed; `chaos --short` in a minute or two
 *   node scripts/test.mjs scaling       n8n in queue mode; `scaling --full` measures (docs/scaling.md)
 *
 * Further arguments go on to jest: `npm test -- phone`, `npm run test:e2e -- editor`.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { installChromium, installN8n, installOtherN8ns, installPackages, installQueueServices } from './install.mjs';
import { main, mustRun, root, run, step, tool } from './steps.mjs';

const build = () => step('Build', () => mustRun(tool('gulp'), ['build', '--silent']));

const suites = {
  e2e: { title: 'End-to-end tests', config: 'test/e2e/jest.config.cjs', install: [installN8n, installChromium] },
  versions: {
    title: 'The package in other versions of n8n',
    config: 'test/versions/jest.config.cjs',
    install: [installN8n, installOtherN8ns],
    nodes: { majors: ['20', '22'], why: 'n8n 1 runs on Node 20 and 22.' },
  },
  scaling: { title: 'Queue mode, 500 leads', config: 'test/scaling/jest.config.cjs', install: [installN8n, installQueueServices] },
  // Runs the node from its sources, so nothing is built.
  live: { title: 'A node against a live service', config: 'test/live/jest.config.cjs', install: [], fromSources: true },
};

/** Projects of jest.config.cjs that count what they try, and their titles. */
const tallied = { people: 'People', whatsapp: 'WhatsApp' };

main(async () => {
  const [first, ...rest] = process.argv.slice(2);
  const suite = suites[first];
  await installPackages();
  if (Object.hasOwn(tallied, first ?? '')) return await runTallied(first, rest);
  if (first === 'chaos') {
    // It prints the closing line itself, as the last one.
    process.exitCode = await run(process.execPath, ['--import', 'tsx', 'test/chaos/run.ts', ...rest]);
    return;
  }
  if (!suite) return close(await runQuick(process.argv.slice(2)));
  if (suite.nodes && !suite.nodes.majors.includes(process.versions.node.split('.')[0])) throw new Error(`${suite.nodes.why} Run this command with one of them.`);
  for (const install of suite.install) await install();
  if (first === 'live' && rest[0] === 'report') {
    process.exitCode = await run(process.execPath, ['--import', 'tsx', 'test/live/report.ts', ...rest.slice(1)]);
    return;
  }
  if (!suite.fromSources) await build();
  if (first === 'scaling' && rest[0] === '--full') {
    process.exitCode = await step('Queue mode, 5,000 leads', () => run(process.execPath, ['--import', 'tsx', 'test/scaling/run.ts', ...rest.slice(1)]));
    return;
  }
  const jestArguments = first === 'live' ? liveArguments(rest) : rest;
  close(await step(suite.title, () => runJest(suite.config, jestArguments)));
});

/** What of the arguments of the live suite is jest's: `--sandbox`, `--vendor kinbox` and `--write` are read here. */
function liveArguments(given) {
  const left = [...given];
  const taken = (name, count = 1) => {
    const at = left.indexOf(name);
    return at < 0 ? undefined : left.splice(at, count);
  };
  if (taken('--sandbox')) process.env.REAL_SANDBOX = '1';
  if (taken('--write')) process.env.LIVE_WRITE = '1';
  const vendor = taken('--vendor', 2)?.[1];
  if (vendor === undefined || vendor === 'chatwoot') return ['test/live/scenario.test.ts', ...left];
  process.env.LIVE_VENDOR = vendor;
  return ['test/live/account.test.ts', ...left];
}

/** With arguments for jest, the tests alone. */
async function runQuick(jestArguments) {
  const failed = [];
  if (jestArguments.length === 0) {
    const lint = () => run(process.execPath, [join(root, 'node_modules', 'eslint', 'bin', 'eslint.js'), '-c', 'eslint.local.mjs', '.', '--max-warnings', '0']);
    const types = () => run(process.execPath, [join(root, 'node_modules', 'typescript', 'bin', 'tsc')]);
    // Both are silent when all is well, and each keeps one core busy.
    const [lintCode, typesCode] = await step('Lint and types', async () => await Promise.all([lint(), types()]));
    if (lintCode !== 0) failed.push('Lint');
    if (typesCode !== 0) failed.push('Types');
    if ((await step('Build', () => run(tool('gulp'), ['build', '--silent']))) !== 0) failed.push('Build');
  }
  const counts = await step('Tests', () => runJest('jest.config.cjs', jestArguments));
  if (failed.length > 0) console.log(`\nFailed besides the tests: ${failed.join(', ')}`);
  return { ...counts, checksFailed: failed.length > 0 };
}

/** A project whose tests count what they try, and close with those counts. */
async function runTallied(project, jestArguments) {
  const folder = mkdtempSync(join(tmpdir(), `${project}-`));
  const file = join(folder, 'tally.txt');
  process.env[`${project.toUpperCase()}_TALLY`] = file;
  try {
    close(await step(tallied[project], () => runJest('jest.config.cjs', ['--selectProjects', project, ...jestArguments])));
    console.log(existsSync(file) ? readFileSync(file, 'utf8') : 'Nothing was tried');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Prints the line that closes a run, e.g. `12 passed, 0 failed`. */
function close({ passed, failed, skipped, checksFailed = false }) {
  console.log(`\n${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
  process.exitCode = checksFailed || failed > 0 || passed === 0 ? 1 : 0;
}

/**
 * Runs jest with its normal output.
 *
 * @param {string} configuration path from the project's folder
 * @param {string[]} jestArguments passed on to jest
 * @returns {Promise<{ passed: number, failed: number, skipped: number }>} failed is never 0 when jest failed
 */
async function runJest(configuration, jestArguments) {
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
