/** Does one measurement in a process of its own; bench/run.ts starts it with an IPC channel and --expose-gc. */
import { memoryUsage } from 'node:process';

import { clientFor, type Client } from './clients';
import type { Access, Cell, WorkerResult } from './types';
import { vendors } from './vendors';

export type WorkerOrder =
  | { do: 'load'; cell: Cell; access: Access; parallel: number; root: string }
  /** `ids` of the contacts to change; `count` rows otherwise. Numbers of rows begin at `first`. */
  | { do: 'warm up' | 'measure'; first: number; count: number; ids?: string[] };

let cell: Cell;
let client: Client;

/** How often memory is looked at, in milliseconds. */
const every = { resident: 100, live: 250 };

const collectGarbage = (): void => {
  const { gc } = globalThis;
  if (gc === undefined) throw new Error('Start this with --expose-gc');
  gc();
};

const liveBytes = (): number => {
  collectGarbage();
  const { heapUsed, external } = memoryUsage();
  return heapUsed + external;
};

async function obey(order: WorkerOrder): Promise<WorkerResult | undefined> {
  if (order.do === 'load') {
    cell = order.cell;
    client = clientFor(cell, order.access, order.parallel, order.root);
    await client.load();
    return undefined;
  }
  const { first, count, ids } = order;
  const makeRows = () => (cell.task === 'list' ? [] : Array.from({ length: count }, (_, index) => vendors[cell.vendor].row(first + index, ids?.[index])));
  if (order.do === 'warm up') {
    await client.run(makeRows(), true);
    return undefined;
  }
  return await measure(makeRows);
}

async function measure(makeRows: () => ReturnType<(typeof vendors)['kinbox']['row']>[]): Promise<WorkerResult> {
  collectGarbage();
  const base = liveBytes();
  const baseBytes = memoryUsage.rss();
  const highestBefore = process.resourceUsage().maxRSS * 1024;
  const rows = makeRows();
  const live = cell.liveMemory ? { base, input: liveBytes(), peak: 0 } : undefined;
  let peakBytes = baseBytes;
  const sample = setInterval(() => {
    peakBytes = Math.max(peakBytes, memoryUsage.rss());
    if (live) live.peak = Math.max(live.peak, liveBytes());
  }, live ? every.live : every.resident);

  const cpu = process.cpuUsage();
  const start = performance.now();
  const outcome = await client.run(rows, false);
  const wallMs = performance.now() - start;
  const { user, system } = process.cpuUsage(cpu);

  clearInterval(sample);
  peakBytes = Math.max(peakBytes, memoryUsage.rss());
  // The process' own high-water mark knows what fell between two looks, if it was set in this run.
  const highest = process.resourceUsage().maxRSS * 1024;
  if (highest > highestBefore) peakBytes = Math.max(peakBytes, highest);
  if (live) live.peak = Math.max(live.peak, liveBytes());
  return { wallMs, cpuMs: (user + system) / 1000, baseBytes, peakBytes, ...(live ? { live } : {}), ...outcome };
}

process.on('message', (order: WorkerOrder) => {
  obey(order).then(
    (result) => process.send?.({ result }),
    (error: unknown) => process.send?.({ error: error instanceof Error ? error.stack : String(error) }),
  );
});
process.on('disconnect', () => process.exit());
