/**
 * `npm run test:scaling -- --full`: 5,000 leads in 500 webhook calls while one of two workers is killed, after the
 * throughput of one worker and of two. Writes its figures into docs/scaling.md. Exit code 1 when a lead is lost or
 * created twice.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, totalmem } from 'node:os';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';

import { pinnedN8n, versionOf } from '../e2e/n8n';
import { startSandbox } from '../sandbox';
import { startCluster } from './cluster';
import { deliver, killAt, makeDeliveries, publishWorkflow, tally } from './load';

const { values: flags } = parseArgs({
  options: {
    calls: { type: 'string', default: '500' },
    leads: { type: 'string', default: '10' },
    concurrency: { type: 'string', default: '10' },
    latency: { type: 'string', default: '20' },
    /** Print only; leave the page as it is. */
    dry: { type: 'boolean', default: false },
  },
});
const [calls, leadsEach, concurrency, latency] = [flags.calls, flags.leads, flags.concurrency, flags.latency].map(Number) as [number, number, number, number];
const page = resolve(__dirname, '../../docs/scaling.md');
const marks = ['<!-- figures: npm run test:scaling -- --full -->', '<!-- end of figures -->'] as const;
const count = (value: number) => value.toLocaleString('en-US');

interface Figure {
  what: string;
  executions: number;
  leads: number;
  milliseconds: number;
}

async function main(): Promise<void> {
  const busy = loadavg()[0] ?? 0;
  const sandbox = await startSandbox({ latency, validateAnswers: false });
  const cluster = await startCluster({ packageDirectory: process.env.E2E_PACKAGE ?? resolve(__dirname, '../..'), concurrency });
  try {
    const first = await cluster.startWorker();
    await publishWorkflow(cluster, sandbox);
    let next = 0;
    const leadsOf = (number: number) => {
      const deliveries = makeDeliveries(number, leadsEach, next);
      next += number * leadsEach;
      return deliveries;
    };
    const figures: Figure[] = [];
    const measure = async (what: string) => {
      sandbox.reset();
      const deliveries = leadsOf(Math.ceil(calls / 2));
      const milliseconds = await deliver(cluster, deliveries, 4 * concurrency);
      const { once, leads } = tally(deliveries, sandbox, cluster);
      if (once !== leads) throw new Error(`${leads - once} of ${leads} leads did not arrive with ${what}`);
      figures.push({ what, executions: deliveries.length, leads, milliseconds });
      console.log(`${what}: ${(deliveries.length / milliseconds * 1000).toFixed(1)} executions a second`);
    };
    // The first calls load the nodes.
    await deliver(cluster, leadsOf(2 * concurrency), concurrency);
    await measure('one worker');
    await cluster.startWorker();
    await deliver(cluster, leadsOf(4 * concurrency), 2 * concurrency);
    await measure('two workers');

    sandbox.reset();
    const statuses = (): Record<string, number> => Object.fromEntries(cluster.services.query('select status, count(*) from execution_entity group by status').map(([status, number]) => [status ?? '', Number(number)]));
    const before = statuses();
    const deliveries = leadsOf(calls);
    const [milliseconds] = await Promise.all([deliver(cluster, deliveries, 4 * concurrency), killAt(Math.floor(calls * leadsEach * 0.4), first, sandbox)]);
    const unanswered = deliveries.filter(({ status }) => status !== 200);
    // The second try overwrites them.
    const failedStatuses = [...new Set(unanswered.map(({ status }) => status || 'nothing'))];
    const afterKill = tally(unanswered, sandbox, cluster);
    const accepted = tally(deliveries.filter(({ status }) => status === 200), sandbox, cluster);
    const after = Object.fromEntries(Object.entries(statuses()).map(([status, number]) => [status, number - (before[status] ?? 0)]));
    await deliver(cluster, unanswered, concurrency);
    const end = tally(deliveries, sandbox, cluster);

    const problems = [
      ...(accepted.missing.length > 0 ? [`${accepted.missing.length} leads of calls that were answered are missing`] : []),
      ...(unanswered.length > concurrency ? [`${unanswered.length} calls were not answered, more than ran on the killed worker`] : []),
      ...(end.once !== end.leads ? [`${end.leads - end.once} leads are not in Chatwoot once`] : []),
      ...(end.twice.length > 0 ? [`${end.twice.length} leads were created twice`] : []),
      ...(end.updated.length > 0 ? [`${end.updated.length} leads were written again`] : []),
    ];
    const perSecond = (number: number, time: number) => (number / time * 1000).toFixed(1);
    const table = [
      `n8n ${versionOf(pinnedN8n())}, Node ${process.versions.node} for the sender and the sandbox; ${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GB, everything on one machine, which had a load of ${busy.toFixed(1)} from other programs at the start; ${leadsEach} leads a call, ${concurrency} executions at a time in each worker, Chatwoot answers after ${latency} ms. Measured on ${new Date().toISOString().slice(0, 10)}.`,
      '',
      '| | executions | leads | seconds | executions a second | leads a second |',
      '| --- | ---: | ---: | ---: | ---: | ---: |',
      ...figures.map(({ what, executions, leads, milliseconds: time }) => `| ${what} | ${count(executions)} | ${count(leads)} | ${(time / 1000).toFixed(1)} | ${perSecond(executions, time)} | ${perSecond(leads, time)} |`),
      `| two workers, one killed with -9 at 40 % | ${count(calls)} | ${count(end.leads)} | ${(milliseconds / 1000).toFixed(1)} | ${perSecond(calls, milliseconds)} | ${perSecond(end.leads, milliseconds)} |`,
      '',
      '| the run with the killed worker | |',
      '| --- | ---: |',
      `| calls answered with 200 | ${count(calls - unanswered.length)} |`,
      `| calls that were running on the killed worker, answered with ${failedStatuses.join(' or ')} | ${count(unanswered.length)} |`,
      `| executions by status in n8n | ${Object.entries(after).map(([status, number]) => `${status} ${count(number)}`).join(', ')} |`,
      `| leads of answered calls that are missing | ${count(accepted.missing.length)} |`,
      `| leads of the ${count(unanswered.length)} calls that had reached Chatwoot before the kill | ${count(afterKill.once)} of ${count(afterKill.leads)} |`,
      `| leads in Chatwoot once, after the sender sent those calls again | ${count(end.once)} of ${count(end.leads)} |`,
      `| leads created twice or written twice | ${count(end.twice.length + end.updated.length)} |`,
    ].join('\n');
    console.log(`\n${table}\n`);
    if (problems.length > 0) {
      console.log(`Not as it should be:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`);
      process.exitCode = 1;
    } else if (!flags.dry) {
      const text = readFileSync(page, 'utf8');
      const [start, stop] = [text.indexOf(marks[0]), text.indexOf(marks[1])];
      if (start < 0 || stop < start) throw new Error(`${page} has no place for the figures`);
      writeFileSync(page, `${text.slice(0, start + marks[0].length)}\n${table}\n${text.slice(stop)}`);
    }
  } finally {
    await cluster.close();
    await sandbox.close();
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
