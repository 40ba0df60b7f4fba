import type { Cell, ClientName, Task, VendorName } from './types';

/** Cells that are shown in one table. */
export interface Group {
  title: string;
  cells: Cell[];
}

/** Requests a second that the sandbox takes in the tables with a limit. */
export const limit = 50;

/** Items that are worked on before the measured ones, so that code is compiled as in an n8n that has run for a while. */
export const warmUpItems = 50;

/**
 * How many items stand for all where all would take minutes. One after the other, the time is the number of requests
 * times that of one; the declarative engine takes so much CPU for each item; clients with a fixed number of requests
 * under way go on as they began. Undefined: all are measured.
 */
function sampleOf({ client, task, items, latency, perSecond, workers }: Cell): number | undefined {
  if (workers !== undefined) return undefined;
  const enough = ((): number => {
    const declarative = client === 'declarative' || client === 'generated';
    if (task === 'list') {
      const pageByPage = declarative || client === 'httpRequest' || client === 'oneByOne';
      if (!pageByPage || latency === 0 || (client === 'oneByOne' && latency < 200)) return Infinity;
      return latency < 200 ? 1500 : 900;
    }
    if (declarative) return 300;
    if (client === 'oneByOne') return latency >= 200 ? 50 : latency > 0 ? 300 : 1000;
    if (client === 'httpRequest') return Infinity;
    if (perSecond !== undefined) return 2000;
    return latency >= 200 || (latency > 0 && client === 'loop') ? 1000 : Infinity;
  })();
  return enough < items ? enough : undefined;
}

const names: Record<VendorName, string> = { chatwoot: 'Chatwoot', kinbox: 'Kinbox' };

function group(vendor: VendorName, task: Task, items: number, latency: number, clients: ClientName[], perSecond?: number, workers?: number): Group {
  const limited = perSecond === undefined ? '' : `, limit of ${perSecond} requests a second`;
  const small = workers === undefined ? '' : `, small server of ${workers} workers`;
  return {
    title: `${names[vendor]}: ${task} ${items.toLocaleString('en')} contacts, ${latency} ms latency${limited}${small}`,
    cells: clients.map((client) => {
      const cell: Cell = { vendor, task, client, items, latency, ...(perSecond === undefined ? {} : { perSecond }), ...(workers === undefined ? {} : { workers }) };
      const sample = sampleOf(cell);
      return sample === undefined ? cell : { ...cell, sample };
    }),
  };
}

/** As a self-hosted Chatwoot with one process of five threads: 25 to 30 ms for a request, the others wait. */
const small: Group = group('kinbox', 'create', 1000, 30, ['ours', 'httpRequest', 'loop', 'oneByOne'], undefined, 5);

/** What is in memory when 10,000 items are worked on; their speed is measured elsewhere. */
const memory: Group = {
  title: 'Memory in use: create 10,000 contacts in Kinbox, 0 ms latency',
  cells: (['noOperation', 'ours', 'httpRequest'] as const).map((client) => ({
    vendor: 'kinbox', task: 'create', client, items: 10_000, latency: 0, liveMemory: true,
  })),
};

/** What is in memory when 100,000 contacts are listed: the output itself, and what is held beside it. */
const largeList: Group = {
  title: 'Memory in use: list 100,000 contacts of Kinbox, 0 ms latency',
  cells: (['ours', 'httpRequest'] as const).map((client) => ({ vendor: 'kinbox', task: 'list', client, items: 100_000, latency: 0, liveMemory: true })),
};

/**
 * Everything; about a quarter of an hour on two quiet cores. Kinbox, which publishes no limit, has the large tables;
 * Chatwoot has the lists with many small pages, and a published limit that our node keeps to by itself.
 */
export function fullPlan(): Group[] {
  return [
    group('kinbox', 'create', 1000, 0, ['ours', 'oursContinue', 'httpRequest', 'httpRequestJson', 'loop', 'loopNewConnections', 'oneByOne', 'declarative', 'generated']),
    group('kinbox', 'create', 1000, 50, ['ours', 'oursContinue', 'httpRequest', 'loop', 'loopNewConnections', 'oneByOne', 'declarative']),
    group('kinbox', 'create', 1000, 200, ['ours', 'httpRequest', 'loop', 'oneByOne', 'declarative']),
    ...[0, 50, 200].map((latency) => group('kinbox', 'create', 10_000, latency, ['ours', 'httpRequest', 'loop', 'oneByOne', 'declarative'])),
    ...[0, 50].map((latency) => group('kinbox', 'update', 1000, latency, ['ours', 'httpRequest', 'loop', 'oneByOne', 'declarative'])),
    group('kinbox', 'update', 1000, 200, ['ours', 'httpRequest']),
    ...[0, 50].map((latency) => group('chatwoot', 'list', 10_000, latency, ['ours', 'httpRequest', 'loop', 'oneByOne', 'declarative'])),
    group('chatwoot', 'list', 10_000, 200, ['ours', 'loop', 'oneByOne']),
    group('kinbox', 'list', 10_000, 50, ['ours', 'httpRequest', 'loop', 'oneByOne', 'declarative']),
    ...[0, 50].map((latency) => group('chatwoot', 'create', 1000, latency, ['ours', 'httpRequest', 'loop', 'declarative'])),
    group('chatwoot', 'create', 1000, 0, ['ours', 'httpRequest'], limit),
    group('chatwoot', 'create', 1000, 50, ['ours', 'httpRequest', 'loop', 'declarative'], limit),
    group('chatwoot', 'update', 1000, 50, ['ours', 'httpRequest'], limit),
    group('chatwoot', 'list', 10_000, 50, ['ours', 'loop'], limit),
    ...[0, 50].map((latency) => group('kinbox', 'create', 1000, latency, ['ours', 'httpRequest', 'loop'], limit)),
    group('kinbox', 'create', 10_000, 50, ['ours'], limit),
    small,
    memory,
    largeList,
  ];
}

/** About two minutes: 1,000 items, both vendors, with and without a limit. */
export function quickPlan(): Group[] {
  return [
    group('kinbox', 'create', 1000, 0, ['ours', 'httpRequest', 'httpRequestJson', 'loop', 'loopNewConnections', 'declarative', 'generated']),
    group('kinbox', 'create', 1000, 50, ['ours', 'oursContinue', 'httpRequest', 'loop', 'loopNewConnections']),
    group('kinbox', 'update', 1000, 0, ['ours', 'httpRequest']),
    group('chatwoot', 'create', 1000, 0, ['ours', 'httpRequest']),
    group('chatwoot', 'list', 1000, 50, ['ours', 'httpRequest', 'loop', 'oneByOne', 'declarative']),
    group('chatwoot', 'create', 1000, 50, ['ours', 'httpRequest'], limit),
    group('kinbox', 'create', 1000, 50, ['ours', 'httpRequest'], limit),
    small,
  ];
}

/** Names a measurement; cells that differ only in what is made of it are measured once. */
export function measurementKey({ vendor, task, client, items, sample, latency, perSecond, workers, liveMemory }: Cell): string {
  return [vendor, task, client, sample ?? items, `${latency}ms`, perSecond === undefined ? 'no limit' : `${perSecond}/s`, ...(workers === undefined ? [] : [`${workers} workers`]), ...(liveMemory ? ['live memory'] : [])].join(' ');
}
