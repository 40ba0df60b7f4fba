/**
 * Measures our nodes side by side with other ways to do the same, all against the sandbox.
 *
 *   npm run bench               everything, into bench/RESULTS.md; about a quarter of an hour
 *   npm run bench -- --quick    a few cells, printed only
 *   npm run bench -- --requests how many requests the usual jobs take, as JSON lines; without times, so it may run anywhere
 *
 * For work on the nodes: `--only <pattern>` measures the cells whose name fits, `--profile` writes a CPU profile of each
 * to artifacts/bench/.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';

import { build } from 'esbuild';

import { packageFacts } from './package';
import { fullPlan, measurementKey, quickPlan, warmUpItems } from './plan';
import { Helper } from './processes';
import { machine, line, report } from './report';
import type { SandboxOrder, SandboxReply } from './sandbox';
import type { Access, Cell, Measured, PackageFacts, SandboxAccount, WorkerResult } from './types';
import { changedName, keyOf, vendors } from './vendors';
import type { WorkerOrder } from './worker';

const here = __dirname;
const root = dirname(here);
const output = join(root, 'artifacts', 'bench');

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { quick: { type: 'boolean' }, only: { type: 'string' }, profile: { type: 'boolean' }, requests: { type: 'boolean' } } });
  if (values.requests) return await printRequests();
  const wanted = new RegExp(values.only ?? '', 'i');
  const groups = (values.quick ? quickPlan() : fullPlan())
    .map(({ title, cells }) => ({ title, cells: cells.filter((cell) => wanted.test(measurementKey(cell))) }))
    .filter(({ cells }) => cells.length > 0);

  await mkdir(output, { recursive: true });
  // Bundled, so that no loader for TypeScript takes part in what is measured.
  await build({
    entryPoints: [join(here, 'worker.ts')], outfile: join(output, 'worker.cjs'),
    bundle: true, platform: 'node', format: 'cjs', target: 'node20', packages: 'external', logLevel: 'warning',
  });
  const facts = await packageFacts(root);
  const started = Date.now();
  const sandbox = new Helper<SandboxOrder, SandboxReply>(join(here, 'sandbox.ts'), ['--import', 'tsx']);
  const measured = new Map<string, Measured>();
  try {
    const access = await sandbox.ask<Access>({ do: 'start' });
    for (const { title, cells } of groups) {
      if (title) console.log(`\n${title}`);
      for (const cell of cells) {
        const key = measurementKey(cell);
        const known = measured.get(key);
        const result = known ?? (await measure(cell, sandbox, access, facts, values.profile ? key.replace(/\W+/g, '-') : undefined));
        measured.set(key, result);
        console.log(line({ ...result, cell }));
      }
    }
  } finally {
    await sandbox.stop();
  }
  const results = groups.map(({ title, cells }) => ({ title, cells: cells.map((cell) => ({ ...(measured.get(measurementKey(cell)) as Measured), cell })) }));
  const text = report({ groups: results, facts, machine: await machine(root), minutes: (Date.now() - started) / 60_000 });
  await writeFile(join(output, 'results.json'), JSON.stringify({ facts, results }, null, 2));
  if (values.quick || values.only) {
    await writeFile(join(output, 'RESULTS.md'), text);
    console.log(`\n${text}`);
  } else {
    await writeFile(join(here, 'RESULTS.md'), text);
    console.log('\nThe results are in bench/RESULTS.md.');
  }
}

/** Counts the requests of the usual jobs with 1,000 items. */
async function printRequests(): Promise<void> {
  const { countRequests, nodeRunner } = await import('./requests');
  const { startSandbox } = await import('../test/sandbox');
  const sandbox = await startSandbox({ keepRequests: 0, validateAnswers: false });
  try {
    for (const count of await countRequests(sandbox, await nodeRunner(root, sandbox), 1000)) console.log(JSON.stringify(count));
  } finally {
    await sandbox.close();
  }
}

/** Does one measurement: its own process, warm-up, then the run against a sandbox that has just what it needs. */
async function measure(cell: Cell, sandbox: Helper<SandboxOrder, SandboxReply>, access: Access, facts: PackageFacts, profile?: string): Promise<Measured> {
  const { vendor, task, latency, perSecond, workers } = cell;
  const measuredItems = cell.sample ?? cell.items;
  const ours = facts.nodes.find(({ file }) => file.endsWith(`/${vendors[vendor].node}.node.js`));
  if (ours?.parallelRequests === undefined) throw new Error(`The package has no built node for ${vendor}`);
  const worker = new Helper<WorkerOrder, WorkerResult | undefined>(join(output, 'worker.cjs'), [
    '--expose-gc', ...(profile === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${output}`, `--cpu-prof-name=${profile}.cpuprofile`]),
  ]);
  try {
    const prepare = async (items: number, more: { latency: number; perSecond?: number; workers?: number }) =>
      await sandbox.ask<string[]>({ do: 'prepare', vendor, seed: task === 'create' ? 0 : items, ...more });
    await worker.ask({ do: 'load', cell, access, parallel: ours.parallelRequests, root });
    await worker.ask({ do: 'warm up', first: 0, count: warmUpItems, ids: await prepare(warmUpItems, { latency: 0 }) });
    const ids = await prepare(measuredItems, { latency, perSecond, workers });
    const result = await worker.ask<WorkerResult>({ do: 'measure', first: 0, count: measuredItems, ids });
    const { contacts, ...account } = await sandbox.ask<SandboxAccount>({ do: 'account', vendor });
    return { cell, measuredItems, worker: result, sandbox: account, ...(cell.client === 'noOperation' ? { lost: 0, duplicates: 0 } : compare(cell, measuredItems, ids, result, account.succeeded, contacts)) };
  } finally {
    await worker.stop();
  }
}

/** What is missing and what is there twice: for writes in the sandbox, for lists in what the client gave. */
function compare({ task }: Cell, items: number, ids: string[], { listed = [] }: WorkerResult, succeeded: number, contacts: SandboxAccount['contacts']): { lost: number; duplicates: number } {
  if (task === 'list') {
    const found = new Set(listed);
    return { lost: ids.filter((id) => !found.has(id)).length, duplicates: listed.length - found.size };
  }
  if (task === 'update') {
    const changed = new Map(contacts.map(({ id, name }) => [id, name]));
    const done = ids.filter((id, index) => changed.get(id) === changedName(index)).length;
    return { lost: items - done, duplicates: succeeded - done };
  }
  const times = new Map<string, number>();
  for (const { key } of contacts) times.set(key, (times.get(key) ?? 0) + 1);
  const made = Array.from({ length: items }, (_, index) => times.get(keyOf(index)) ?? 0);
  return { lost: made.filter((count) => count === 0).length, duplicates: made.reduce((sum, count) => sum + Math.max(0, count - 1), 0) };
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.stack : error);
  process.exitCode = 1;
});
