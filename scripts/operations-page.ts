/**
 * `npm run docs`: writes the table of operations, made from the nodes' code, between the two markers wherever they
 * stand in README.md and docs/. `--check` only says whether it is current.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

import type { INodePropertyOptions } from 'n8n-workflow';

import { filesBelow, fromRoot, loadNodes, operationsOf, root, type PackageNode } from './nodes';

export const startMarker = '<!-- operations:start -->';
export const endMarker = '<!-- operations:end -->';

const byName = (a: { name: string }, b: { name: string }) => a.name.localeCompare(b.name, 'en');

/**
 * One table for each vendor: a row for each resource, each operation linked to its code, then the trigger's events.
 *
 * @param folder absolute folder of the page the table is for, since links are relative
 */
export function operationsTable(nodes: PackageNode[], folder: string): string {
  const link = (file: string) => relative(folder, join(root, file)).split('\\').join('/');
  const vendors = [...new Set(nodes.map(({ vendor }) => vendor))];
  return vendors
    .map((vendor) => {
      const rows = nodes.filter((node) => node.vendor === vendor).sort((a, b) => Number(a.isTrigger) - Number(b.isTrigger)).flatMap((node) =>
        node.isTrigger
          ? [`| ${node.description.displayName} | ${triggerEvents(node).join(', ')} |`]
          : [...node.resources].sort((a, b) => byName(a.option, b.option)).map((resource) => {
              const links = operationsOf(node)
                .filter((entry) => entry.resource === resource)
                .sort((a, b) => byName(a.operation.option, b.operation.option))
                .map(({ operation: { option }, file }) => (file ? `[${option.name}](${link(file)})` : option.name));
              return `| ${resource.option.name} | ${links.join(', ')} |`;
            }));
      return [`### ${vendor}`, '', '| Resource | Operations |', '|---|---|', ...rows].join('\n');
    })
    .join('\n\n');
}

/** The names of the events a trigger can be set to. */
function triggerEvents({ description }: PackageNode): string[] {
  const property = description.properties.find(({ name, displayName }) => displayName === 'Trigger On' || /^events?$/.test(name));
  const options = (property?.options ?? []) as INodePropertyOptions[];
  return options.length > 0 ? options.map(({ name }) => name) : [description.description];
}

/** The page with the table put between its markers; undefined when it has none. */
export function withTable(page: string, table: string): string | undefined {
  const start = page.indexOf(startMarker);
  const end = page.indexOf(endMarker, start);
  if (start < 0 || end < 0) return undefined;
  return `${page.slice(0, start + startMarker.length)}\n\n${table}\n\n${page.slice(end)}`;
}

/** Every page that has the markers, as it is and as it should be. README.md must be one of them. */
export async function pages(): Promise<Array<{ file: string; now: string; wanted: string }>> {
  const nodes = await loadNodes();
  const readme = join(root, 'README.md');
  const files = [readme, ...filesBelow(join(root, 'docs')).filter((file) => file.endsWith('.md'))];
  return files.flatMap((file) => {
    const now = existsSync(file) ? readFileSync(file, 'utf8') : '';
    const wanted = withTable(now, operationsTable(nodes, dirname(file)));
    if (wanted === undefined && file === readme) throw new Error(`README.md lacks ${startMarker} and ${endMarker}`);
    return wanted === undefined ? [] : [{ file, now, wanted }];
  });
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
