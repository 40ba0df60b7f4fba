/**
 * `npm run docs`: writes docs/operations.md from the nodes' code, and the list of resources between the two markers
 * wherever they stand in README.md and docs/. `--check` only says whether all is current.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import type { INodePropertyOptions } from 'n8n-workflow';

import { filesBelow, fromRoot, loadNodes, operationsOf, root, type PackageNode } from './nodes';

export const startMarker = '<!-- resources:start -->';
export const endMarker = '<!-- resources:end -->';

const byName = (a: { name: string }, b: { name: string }) => a.name.localeCompare(b.name, 'en');
const cell = (text: unknown) => String(text ?? '').replace(/\s+/g, ' ').replaceAll('|', '\\|').replace(/<[^>]+>/g, '').trim();
const resourcesOf = (node: PackageNode) => [...node.resources].sort((a, b) => byName(a.option, b.option));
/** As GitHub makes the anchor of a heading. */
const anchor = (heading: string) => heading.toLowerCase().replace(/[^\p{L}\p{N} _-]/gu, '').replaceAll(' ', '-');

/** The whole page: a table for each resource, a row for each operation with what it does, then the triggers' events. */
export function operationsPage(nodes: PackageNode[]): string {
  const actions = nodes.filter(({ isTrigger }) => !isTrigger);
  const count = actions.flatMap(operationsOf).length;
  const contents = actions.flatMap((node) => [
    `- [${node.description.displayName}](#${anchor(node.description.displayName)}): ${resourcesOf(node).map(({ option }) => `[${option.name}](#${anchor(`${node.description.displayName}: ${option.name}`)})`).join(', ')}`,
  ]);
  const triggers = nodes.filter(({ isTrigger }) => isTrigger);
  return [
    '# Operations',
    '',
    `The ${count} operations of the three nodes, and the events of their triggers, as the editor names them. Written from the code by \`npm run docs\`.`,
    '',
    ...contents,
    `- [Triggers](#triggers)`,
    '',
    ...actions.flatMap((node) => [`## ${node.description.displayName}`, '', ...resourcesOf(node).flatMap((resource) => resourceTable(node, resource.option.name))]),
    '## Triggers',
    '',
    '| Trigger | Event | When it starts the workflow |',
    '|---|---|---|',
    ...triggers.flatMap((node) => eventsOf(node).map(({ name, description }) => `| ${node.description.displayName} | ${cell(name)} | ${cell(description)} |`)),
    '',
  ].join('\n');
}

function resourceTable(node: PackageNode, name: string): string[] {
  const operations = operationsOf(node)
    .filter(({ resource }) => resource.option.name === name)
    .map(({ operation }) => operation.option)
    .sort(byName);
  const about = node.resources.find(({ option }) => option.name === name)?.option.description;
  return [
    `### ${node.description.displayName}: ${name}`,
    '',
    ...(about ? [`${cell(about).replace(/\.?$/, '.')}`, ''] : []),
    '| Operation | What it does |',
    '|---|---|',
    ...operations.map((option) => `| ${cell(option.name)} | ${cell(option.description)} |`),
    '',
  ];
}

/** The events a trigger can be set to; a trigger without a list counts as one. */
function eventsOf({ description }: PackageNode): Array<{ name: string; description?: string }> {
  const property = description.properties.find(({ name, displayName }) => displayName === 'Trigger On' || /^events?$/.test(name));
  const options = (property?.options ?? []) as INodePropertyOptions[];
  return options.length > 0 ? options : [{ name: 'Any', description: description.description }];
}

/** One line a vendor: what its node can work with. */
export function resourceLines(nodes: PackageNode[]): string {
  return nodes
    .filter(({ isTrigger }) => !isTrigger)
    .map((node) => `- **${node.description.displayName}**: ${resourcesOf(node).map(({ option }) => option.name).join(', ')}`)
    .join('\n');
}

/** A page with the lines put between its markers; undefined when it has none. */
export function withLines(page: string, lines: string): string | undefined {
  const start = page.indexOf(startMarker);
  const end = page.indexOf(endMarker, start);
  if (start < 0 || end < 0) return undefined;
  return `${page.slice(0, start + startMarker.length)}\n\n${lines}\n\n${page.slice(end)}`;
}

/** Every page that is written from the code, as it is and as it should be. README.md must be one of them. */
export async function pages(): Promise<Array<{ file: string; now: string; wanted: string }>> {
  const nodes = await loadNodes();
  const readme = join(root, 'README.md');
  const operations = join(root, 'docs', 'operations.md');
  const read = (file: string) => (existsSync(file) ? readFileSync(file, 'utf8') : '');
  const marked = [readme, ...filesBelow(join(root, 'docs')).filter((file) => file.endsWith('.md') && file !== operations)].flatMap((file) => {
    const now = read(file);
    const wanted = withLines(now, resourceLines(nodes));
    if (wanted === undefined && file === readme) throw new Error(`README.md lacks ${startMarker} and ${endMarker}`);
    return wanted === undefined ? [] : [{ file, now, wanted }];
  });
  return [...marked, { file: operations, now: read(operations), wanted: operationsPage(nodes) }];
}

async function main(): Promise<void> {
  const check = process.argv.includes('--check');
  for (const { file, now, wanted } of await pages()) {
    const isCurrent = now === wanted;
    if (!isCurrent && !check) writeFileSync(file, wanted);
    if (!isCurrent && check) process.exitCode = 1;
    console.log(`${fromRoot(file)}: ${isCurrent ? 'is current' : check ? 'is not current, run `npm run docs`' : 'written'}`);
  }
}

if (require.main === module) {
  main().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  });
}
