import { readFile } from 'node:fs/promises';
import { cpus, totalmem } from 'node:os';
import { createRequire } from 'node:module';
import { realpathSync } from 'node:fs';
import { join } from 'node:path';

import { limit, warmUpItems } from './plan';
import type { Cell, ClientName, Measured, NodeFacts, PackageFacts, Task, VendorName } from './types';

export interface Report {
  groups: Array<{ title: string; cells: Measured[] }>;
  facts: PackageFacts;
  machine: Machine;
  minutes: number;
}

export interface Machine {
  cpu: string;
  cores: number;
  memoryGb: number;
  system: string;
  versions: Record<string, string>;
}

/** What the measurements ran on. */
export async function machine(root: string): Promise<Machine> {
  const inRoot = createRequire(join(root, 'package.json'));
  const n8n = realpathSync(join(root, 'test', 'n8n', 'node_modules', 'n8n'));
  const inN8n = createRequire(join(n8n, 'package.json'));
  const version = async (file: string): Promise<string> => (JSON.parse(await readFile(file, 'utf8')) as { version: string }).version;
  const { name, version: own } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { name: string; version: string };
  const [cpu] = cpus();
  return {
    cpu: cpu?.model.trim() ?? 'unknown',
    cores: cpus().length,
    memoryGb: Math.round(totalmem() / 2 ** 30),
    system: `${process.platform} ${process.arch}`,
    versions: {
      'Node.js': process.versions.node,
      [name]: own,
      'n8n-core': await version(inRoot.resolve('n8n-core/package.json')),
      'n8n-workflow': await version(inRoot.resolve('n8n-workflow/package.json')),
      'n8n-nodes-base (HTTP Request)': await version(inN8n.resolve('n8n-nodes-base/package.json')),
      axios: await version(inRoot.resolve('axios/package.json')),
    },
  };
}

export const clientNames: Record<ClientName, string> = {
  ours: 'our node',
  oursContinue: 'our node, On Error: Continue',
  httpRequest: 'HTTP Request node',
  httpRequestJson: 'HTTP Request node, body as one expression',
  loop: 'axios loop, keep-alive',
  loopNewConnections: 'axios loop, new connections',
  oneByOne: 'axios, one by one',
  declarative: 'declarative node',
  generated: 'declarative node, as generated',
  noOperation: 'No Operation node',
};

// ---------------------------------------------------------------------------------------------------------------
// Figures

const MB = 2 ** 20;
const seconds = (ms: number): string => (ms >= 100_000 ? (ms / 1000).toFixed(0) : (ms / 1000).toFixed(1));
const mb = (bytes: number): string => `${Math.round(bytes / MB)}`;
const kb = (bytes: number): string => `${Math.round(bytes / 1000)} kB`;
const per = (value: number): string => (value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2));
const count = (value: number): string => Math.round(value).toLocaleString('en');
const percent = (value: number): string => `${(value * 100).toFixed(value < 0.1 ? 1 : 0)} %`;

/** How often the measured items fit into those of the cell. */
const scale = ({ cell, measuredItems }: Measured): number => cell.items / measuredItems;
const wallMs = (result: Measured): number => result.worker.wallMs * scale(result);
const itemsPerSecond = (result: Measured): number => result.cell.items / (wallMs(result) / 1000);
const cpuPerItem = (result: Measured): number => result.worker.cpuMs / result.measuredItems;
const peakAboveBase = (result: Measured): number => result.worker.peakBytes - result.worker.baseBytes;

/** One line on the console for each measurement. */
export function line(result: Measured): string {
  const { cell, worker, sandbox, lost, duplicates } = result;
  const parts = [
    `${seconds(wallMs(result))} s`, `${per(itemsPerSecond(result))} items/s`, `${per(cpuPerItem(result))} ms CPU/item`, `${mb(peakAboveBase(result))} MB`,
    `${sandbox.connections} connections`, `${sandbox.requests} requests`, `${sandbox.throttled} throttled`, `${lost} lost`, `${duplicates} twice`,
    `sandbox ${per(sandbox.cpuMs / Math.max(1, sandbox.requests))} ms CPU/request`,
  ];
  const notes = [
    cell.sample === undefined ? '' : `scaled from ${cell.sample}`,
    worker.error === undefined ? '' : `error: ${worker.error}`,
    worker.failure === undefined ? '' : `${worker.failed} failed: ${worker.failure}`,
    ...sandbox.violations.map((violation) => `CONTRACT: ${violation}`),
  ].filter(Boolean);
  return `  ${clientNames[cell.client].padEnd(28)} ${parts.join(', ')}${notes.map((note) => `\n    ${note}`).join('')}`;
}

function row(result: Measured): string {
  const { cell, worker, sandbox, lost, duplicates } = result;
  const factor = scale(result);
  const about = factor === 1 ? '' : '≈ ';
  // Kept-alive connections do not become more with the items.
  const connections = sandbox.connections * (sandbox.connections >= sandbox.requests ? factor : 1);
  return [
    clientNames[cell.client],
    `${about}${seconds(wallMs(result))}`,
    `${about}${per(itemsPerSecond(result))}`,
    per(cpuPerItem(result)),
    factor === 1 ? mb(peakAboveBase(result)) : '–',
    `${about}${count(connections)}`,
    `${about}${count(sandbox.requests * factor)}`,
    factor === 1 ? count(sandbox.maxSimultaneous) : `≥ ${count(sandbox.maxSimultaneous)}`,
    `${about}${count(lost * factor)}${worker.error === undefined ? '' : ' (ended with an error)'}`,
    count(duplicates),
  ].join(' | ');
}

function table(cells: Measured[]): string {
  return [
    '| Client | Wall s | Items/s | CPU ms/item | Peak MB | Connections | Requests | Most at once | Lost | Twice |',
    '|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|',
    ...cells.map((result) => `| ${row(result)} |`),
  ].join('\n');
}

function memoryTable(cells: Measured[]): string {
  return [
    '| Client | n8n\'s base MB | Input MB | Highest in the run MB | Of base and input |',
    '|---|--:|--:|--:|--:|',
    ...cells.flatMap(({ cell, worker: { live } }) => (live === undefined ? [] : [
      `| ${clientNames[cell.client]} | ${mb(live.base)} | ${mb(live.input - live.base)} | ${mb(live.peak)} | ${per(live.peak / live.input)} |`,
    ])),
  ].join('\n');
}

function packageTable({ nodes }: PackageFacts): string {
  return [
    '| Node | `require` ms | `require` ms with n8n-workflow | Description | Fields | Operations |',
    '|---|--:|--:|--:|--:|--:|',
    ...nodes.map(({ displayName, requireMs, requireColdMs, descriptionBytes, properties, operations }) =>
      `| ${displayName} | ${per(requireMs)} | ${per(requireColdMs)} | ${kb(descriptionBytes)} | ${properties} | ${operations} |`),
  ].join('\n');
}

// ---------------------------------------------------------------------------------------------------------------
// Aims

class Results {
  private readonly cells: Measured[];

  constructor({ groups }: Report) {
    this.cells = groups.flatMap(({ cells }) => cells);
  }

  /** The measurement that a table shows, if it was made; as it is or scaled up. */
  find(vendor: VendorName, task: Task, client: ClientName, items: number, latency: number, more: Partial<Cell> = {}): Measured | undefined {
    return this.cells.find(({ cell }) => cell.vendor === vendor && cell.task === task && cell.client === client && cell.items === items && cell.latency === latency
      && cell.perSecond === more.perSecond && cell.workers === undefined && cell.liveMemory === more.liveMemory);
  }
}

interface Aim {
  aim: string;
  /** Undefined when it was not measured. */
  met?: boolean;
  figures: string[];
  /** What limits it, where it is not met. */
  causes?: Array<string | undefined>;
}

const vendorNames: Record<VendorName, string> = { chatwoot: 'Chatwoot', kinbox: 'Kinbox' };

function aims(report: Report): Aim[] {
  const results = new Results(report);
  return [speed(results), smallServer(report), cpuAgainstHttpRequest(results), cpuAgainstDeclarative(results), throttling(results), listing(results), memory(results), loading(report.facts.nodes)];
}

function speed(results: Results): Aim {
  const figures: string[] = [];
  const causes: Array<string | undefined> = [];
  let met: boolean | undefined;
  for (const [vendor, task, items] of [['kinbox', 'create', 1000], ['kinbox', 'create', 10_000], ['kinbox', 'update', 1000], ['chatwoot', 'create', 1000]] as const) {
    const [ours, http] = [results.find(vendor, task, 'ours', items, 50), results.find(vendor, task, 'httpRequest', items, 50)];
    if (!ours || !http) continue;
    const times = wallMs(ours) / wallMs(http);
    met = (met ?? true) && times <= 1.3;
    figures.push(`${vendorNames[vendor]}, ${task} ${count(items)}: ${per(times)} times (${seconds(wallMs(ours))} against ${seconds(wallMs(http))} s; at most ${count(ours.sandbox.maxSimultaneous)} and ${count(http.sandbox.maxSimultaneous)} requests at once)`);
    if (vendor === 'chatwoot' && times > 1.3 && itemsPerSecond(ours) < 52) {
      causes.push("Our node keeps to Chatwoot's published 3,000 requests a minute by itself; the other node and this sandbox know no limit.");
    }
  }
  const [ours, lazy, loop] = [results.find('kinbox', 'create', 'ours', 1000, 50), results.find('kinbox', 'create', 'oursContinue', 1000, 50), results.find('kinbox', 'create', 'loop', 1000, 50)];
  if (ours && lazy && loop) {
    causes.push(`Our node begins with five requests at a time and takes more when it knows that answers do not get slower. It reads and checks the fields of all items before the first request, unless "On Error: Continue" is set: ${seconds(wallMs(ours))} s so, ${seconds(wallMs(lazy))} s with "Continue"; the axios loop with ten at a time takes ${seconds(wallMs(loop))} s.`);
  }
  return { aim: 'At 50 ms latency without a limit at most 1.3 times the HTTP Request node\'s time', met, figures, causes: [...causes, newConnections(results, 50)] };
}

/** Nobody gains when more wait at a server that has all its workers busy. */
function smallServer({ groups }: Report): Aim {
  const cells = groups.flatMap((group) => group.cells).filter(({ cell }) => cell.workers !== undefined);
  const ours = cells.find(({ cell }) => cell.client === 'ours');
  return {
    aim: 'At a small server of five workers never more than ten requests waiting',
    met: ours && ours.sandbox.maxWaiting <= 2 * ours.cell.workers!,
    figures: cells.map((result) => `${clientNames[result.cell.client]}: ${count(result.sandbox.maxWaiting)} waiting at most, ${seconds(wallMs(result))} s`),
  };
}

/** What a connection for each request costs: the loop without keep-alive against the one with. */
function newConnections(results: Results, latency: number): string | undefined {
  const [kept, fresh] = [results.find('kinbox', 'create', 'loop', 1000, latency), results.find('kinbox', 'create', 'loopNewConnections', 1000, latency)];
  if (!kept || !fresh) return undefined;
  return `n8n-core opens a connection for each request. The same loop without keep-alive has ${percent(itemsPerSecond(fresh) / itemsPerSecond(kept))} of the speed with it, and takes ${per(cpuPerItem(fresh))} instead of ${per(cpuPerItem(kept))} ms of CPU for each item (${latency} ms latency; without TLS, which a real server adds).`;
}

function cpuAgainstHttpRequest(results: Results): Aim {
  const figures: string[] = [];
  let met: boolean | undefined;
  for (const [vendor, task] of [['kinbox', 'create'], ['kinbox', 'update'], ['chatwoot', 'create']] as const) {
    const [ours, http] = [results.find(vendor, task, 'ours', 1000, 0), results.find(vendor, task, 'httpRequest', 1000, 0)];
    const json = results.find(vendor, task, 'httpRequestJson', 1000, 0);
    if (!ours || !http) continue;
    met = (met ?? true) && cpuPerItem(ours) <= cpuPerItem(http);
    figures.push(`${vendorNames[vendor]}, ${task}: ${per(cpuPerItem(ours))} ms against ${per(cpuPerItem(http))} ms${json === undefined ? '' : ` (${per(cpuPerItem(json))} ms with the whole body in one expression)`}`);
  }
  return { aim: 'CPU for each item at most that of the HTTP Request node (0 ms latency)', met, figures, causes: [newConnections(results, 0)] };
}

function cpuAgainstDeclarative(results: Results): Aim {
  const figures: string[] = [];
  let met: boolean | undefined;
  for (const [vendor, task, client] of [['kinbox', 'create', 'declarative'], ['kinbox', 'create', 'generated'], ['kinbox', 'update', 'declarative'], ['chatwoot', 'create', 'declarative']] as const) {
    const [ours, declarative] = [results.find(vendor, task, 'ours', 1000, 0), results.find(vendor, task, client, 1000, 0)];
    if (!ours || !declarative) continue;
    const times = cpuPerItem(declarative) / cpuPerItem(ours);
    if (client === 'declarative') met = (met ?? true) && times >= 10;
    figures.push(`${vendorNames[vendor]}, ${task}, ${clientNames[client]}: ${per(cpuPerItem(declarative))} ms, ${per(times)} times ours`);
  }
  return {
    aim: 'CPU for each item at most a tenth of that of a declarative node with as many fields (0 ms latency)', met, figures,
    causes: [
      'n8n looks at every field of a declarative node for every item, so its cost grows with the number of fields. Our operations share their fields, so there are few; a generator makes a field for each operation.',
      bareCost(results),
    ],
  };
}

/** What no node can be below: the requests alone. */
function bareCost(results: Results): string | undefined {
  const [fresh, declarative] = [results.find('kinbox', 'create', 'loopNewConnections', 1000, 0), results.find('kinbox', 'create', 'declarative', 1000, 0)];
  if (!fresh || !declarative) return undefined;
  return `A request with a connection of its own costs the bare axios loop ${per(cpuPerItem(fresh))} ms already, before n8n does anything; the declarative node takes ${per(cpuPerItem(declarative) / cpuPerItem(fresh))} times that.`;
}

function throttling(results: Results): Aim {
  const figures: string[] = [];
  let met: boolean | undefined;
  for (const [vendor, items, latency] of [['chatwoot', 1000, 0], ['chatwoot', 1000, 50], ['kinbox', 1000, 0], ['kinbox', 1000, 50], ['kinbox', 10_000, 50]] as const) {
    const ours = results.find(vendor, 'create', 'ours', items, latency, { perSecond: limit });
    if (!ours) continue;
    const http = results.find(vendor, 'create', 'httpRequest', items, latency, { perSecond: limit });
    met = (met ?? true) && itemsPerSecond(ours) >= limit * 0.95 && ours.lost === 0 && ours.duplicates === 0;
    figures.push(`${vendorNames[vendor]}, ${count(ours.measuredItems)} items at ${latency} ms: ${per(itemsPerSecond(ours))} a second, ${ours.lost} lost, ${ours.duplicates} twice, ${ours.sandbox.throttled} answers with 429${http === undefined ? '' : `; the HTTP Request node loses ${count(http.lost)}`}`);
  }
  return {
    aim: `Under a limit of ${limit} requests a second within 5 % of it, nothing lost, nothing twice`, met, figures,
    causes: ['The time counts from the start of the node: reading the items comes before the first request. After a 429 nothing is sent until one request at a time has found out that the server takes requests again.'],
  };
}

function listing(results: Results): Aim {
  const figures: string[] = [];
  let met: boolean | undefined;
  let slowest = Infinity;
  for (const latency of [50, 200]) {
    const [ours, loop, pages] = (['ours', 'loop', 'oneByOne'] as const).map((client) => results.find('chatwoot', 'list', client, 10_000, latency));
    if (!ours || !pages) continue;
    const times = wallMs(pages) / wallMs(ours);
    if (latency === 50) met = times >= 5;
    slowest = Math.min(slowest, ours.sandbox.requests / (ours.worker.wallMs / 1000));
    figures.push(`${latency} ms: ${per(times)} times as fast (${seconds(wallMs(ours))} against ${seconds(wallMs(pages))} s)${loop === undefined ? '' : `; the axios loop that reads pages side by side ${per(wallMs(pages) / wallMs(loop))} times`}`);
  }
  return {
    aim: 'Listing 10,000 contacts of Chatwoot at least 5 times as fast as page by page', met, figures,
    causes: [slowest < 52 ? "Our node keeps to Chatwoot's published 3,000 requests a minute, spread evenly as 50 a second: 667 pages take more than 13 s, whatever the latency." : undefined],
  };
}

function memory(results: Results): Aim {
  const find = (client: ClientName) => results.find('kinbox', 'create', client, 10_000, 0, { liveMemory: true })?.worker.live;
  const [ours, none] = [find('ours'), find('noOperation')];
  const aim = "Memory in use for 10,000 items at most 1.5 times that of the input and n8n's own base";
  if (!ours || !none) return { aim, figures: [] };
  const share = ours.peak / ours.input;
  return {
    aim,
    met: share <= 1.5,
    figures: [
      `${mb(ours.peak)} MB at the highest, ${per(share)} times base and input (${mb(ours.input)} MB)`,
      `above base and input: ${mb(ours.peak - ours.input)} MB, of which the output items take their part; the No Operation node, which only hands the input on, has ${mb(none.peak - none.input)} MB above`,
    ],
  };
}

const largestDescriptions: Record<string, number> = { Chatwoot: 260_000, Kinbox: 150_000, Callbell: 110_000 };

function loading(nodes: NodeFacts[]): Aim {
  const most = (displayName: string) => largestDescriptions[displayName] ?? 10_000;
  return {
    aim: `Description of a node at most ${Object.entries(largestDescriptions).map(([name, bytes]) => `${kb(bytes)} (${name})`).join(', ')}, \`require\` under 80 ms`,
    met: nodes.every(({ displayName, descriptionBytes, requireMs }) => descriptionBytes <= most(displayName) && requireMs < 80),
    figures: nodes.map(({ displayName, descriptionBytes, requireMs }) => `${displayName}: ${kb(descriptionBytes)}, ${per(requireMs)} ms`),
  };
}

function aimText({ aim, met, figures, causes = [] }: Aim): string {
  const verdict = met === undefined ? 'not measured' : met ? 'met' : 'not met';
  const limits = met === false ? causes.filter((cause) => cause !== undefined) : [];
  return [`- **${verdict}** – ${aim}.`, ...figures.map((figure) => `  - ${figure}`), ...limits.map((cause) => `  - What limits it: ${cause}`)].join('\n');
}

// ---------------------------------------------------------------------------------------------------------------

/** The whole report as Markdown. */
export function report(all: Report): string {
  const { groups, facts, machine: on, minutes } = all;
  const tables = groups.filter(({ title }) => title !== '').map(({ title, cells }) => `### ${title}\n\n${cells[0]?.cell.liveMemory ? memoryTable(cells) : table(cells)}`);
  return `# Benchmark results

Made with \`npm run bench\` on ${new Date().toISOString().slice(0, 10)} in ${Math.round(minutes)} minutes. ${on.cores} cores (${on.cpu}), ${on.memoryGb} GB, ${on.system}.
${Object.entries(on.versions).map(([name, version]) => `${name} ${version}`).join(', ')}.

## The aims

${aims(all).map(aimText).join('\n')}

## How to read the tables

Every measurement has its own process. The sandbox that plays the vendors has one, too, on the same machine: at 0 ms latency
it often sets the pace, so read CPU there, and wall time at 50 and 200 ms. Nodes run in n8n's engine (n8n-core) without server
or database, with n8n's default "On Error: Stop Workflow", after a warm-up of ${warmUpItems} items.

- *our node*: as built, with its own number of parallel requests. *HTTP Request node*: n8n's own, compiled, in the same engine, with
  the same credential, without batching. *axios loop*: as many requests at a time as our node, no retries. *declarative node*: our
  node's fields with n8n's \`routing\`, made for this comparison; *as generated*: with a field of its own for each operation.
- *CPU*: user and system time of the whole process. *Peak*: highest resident memory above that before the input was made; it holds
  garbage that was not collected yet. *Most at once*: requests the sandbox had open at the same time.
- *Lost*: contacts that are not there (create), not changed (update) or not in the output (list). *Twice*: contacts that are there more
  than once, changed more than once, or listed more than once.
- ≈: measured with fewer items and scaled up, because all would take minutes.

${tables.join('\n\n')}

## The package

${packageTable(facts)}

\`require\` is the median of five processes, with n8n-workflow loaded before as n8n does, and without. The published file has
${kb(facts.packedBytes)} (${kb(facts.unpackedBytes)} unpacked, ${facts.files} files).
`;
}
