import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { endMarker, operationsTable, pages, startMarker, withTable } from '../../scripts/operations-page';
import { fromRoot, loadNodes, operationsOf, root } from '../../scripts/nodes';

describe('the table of operations', () => {
  test('is current in README.md and wherever else it stands', async () => {
    const found = await pages();
    expect(found.map(({ file }) => fromRoot(file))).toContain('README.md');
    expect(found.filter(({ now, wanted }) => now !== wanted).map(({ file }) => `${fromRoot(file)}: run \`npm run docs\``)).toEqual([]);
  });

  test('has every operation once, with a link that leads to its code', async () => {
    const nodes = await loadNodes();
    const folder = join(root, 'docs');
    const table = operationsTable(nodes, folder);
    const links = [...table.matchAll(/\[([^\]]+)\]\(([^)]+)\)/g)].map(([, name, target]) => ({ name, code: readFileSync(join(folder, target ?? ''), 'utf8') }));
    const operations = nodes.flatMap((node) => operationsOf(node).map(({ operation }) => operation.option.name));
    expect(links.map(({ name }) => name).sort()).toEqual(operations.sort());
    for (const { name, code } of links) expect(code).toContain(`name: '${name ?? ''}'`);
    for (const { description } of nodes) expect(table).toContain(description.displayName);
  });

  test('replaces only what stands between the markers', () => {
    const page = `# A\n${startMarker}\nold\n${endMarker}\n\nend\n`;
    const once = withTable(page, 'new') ?? '';
    expect(once).toBe(`# A\n${startMarker}\n\nnew\n\n${endMarker}\n\nend\n`);
    expect(withTable(once, 'new')).toBe(once);
    expect(withTable('# A\n', 'new')).toBeUndefined();
  });
});
