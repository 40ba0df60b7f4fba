import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { loadNodes, operationsOf, root, fromRoot } from '../../scripts/nodes';
import { endMarker, operationsPage, pages, resourceLines, startMarker, withLines } from '../../scripts/operations-page';

describe('docs/operations.md', () => {
  test('is current, and so are the lists of resources in README.md and the guides', async () => {
    const found = await pages();
    expect(found.map(({ file }) => fromRoot(file))).toEqual(expect.arrayContaining(['README.md', 'docs/operations.md', 'docs/guia-pt.md', 'docs/guia-es.md']));
    expect(found.filter(({ now, wanted }) => now !== wanted).map(({ file }) => `${fromRoot(file)}: run \`npm run docs\``)).toEqual([]);
  });

  test('has every operation once with what it does, and no links to code', async () => {
    const nodes = await loadNodes();
    const page = operationsPage(nodes);
    for (const node of nodes) {
      for (const { resource } of operationsOf(node)) expect(page).toContain(`### ${node.description.displayName}: ${resource.option.name}\n`);
      expect(page).toContain(node.description.displayName);
    }
    const rows = [...page.slice(0, page.indexOf('## Triggers')).matchAll(/^\| (?!Operation |-)([^|]+) \| ([^|]*) \|$/gm)];
    expect(rows.map(([, name]) => name).sort()).toEqual(nodes.flatMap((node) => operationsOf(node).map(({ operation }) => operation.option.name)).sort());
    expect(rows.filter(([, , what]) => !what?.trim()).map(([row]) => row)).toEqual([]);
    expect(page).not.toMatch(/\]\([^#)]/);
  });

  test('README.md names every resource in a line a vendor', async () => {
    const readme = readFileSync(join(root, 'README.md'), 'utf8');
    expect(readme).toContain(resourceLines(await loadNodes()));
    expect(Buffer.byteLength(readme)).toBeLessThanOrEqual(25_000);
  });

  test('only what stands between the markers is replaced', () => {
    const page = `# A\n${startMarker}\nold\n${endMarker}\n\nend\n`;
    const once = withLines(page, 'new') ?? '';
    expect(once).toBe(`# A\n${startMarker}\n\nnew\n\n${endMarker}\n\nend\n`);
    expect(withLines(once, 'new')).toBe(once);
    expect(withLines('# A\n', 'new')).toBeUndefined();
  });
});
