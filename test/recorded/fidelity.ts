/**
 * Compares a run of the scenario on the sandbox with a recording of a real server, and prints what differs:
 * `tsx test/recorded/fidelity.ts [recording] [run]`, `npm run fidelity` makes the run first.
 */
import { compareRuns, countsOf } from './compare';
import { readRun, RECORDING } from './recording';

const [recording = RECORDING, run = 'artifacts/fidelity'] = process.argv.slice(2);
const comparison = compareRuns(readRun(recording), readRun(run));
const { compared, notRun, askedOtherwise, outcomes, statuses, absent, extra, types } = comparison;
const kinds = { 'not run': notRun, asked: askedOtherwise, outcome: outcomes, status: statuses, absent, extra, type: types };
for (const [kind, lines] of Object.entries(kinds)) for (const line of lines) console.log(`${kind.padEnd(8)} ${line}`);
const failed = outcomes.length + statuses.length + absent.length + extra.length + types.length;
console.log(`\n${countsOf(comparison)}`);
console.log(`\n${Math.max(0, compared - outcomes.length - statuses.length)} passed, ${failed} failed`);
process.exitCode = failed > 0 || compared === 0 ? 1 : 0;
