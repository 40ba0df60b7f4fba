/** The pages, pictures and tests of the workflows in examples/. */
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';

import type { INode } from 'n8n-workflow';

import { root } from '../../scripts/nodes';

const folder = join(root, 'examples');
const pictures = join(root, 'docs/images/examples');
const names = readdirSync(folder).filter((file) => file.endsWith('.json')).map((file) => basename(file, '.json')).sort();
const page = readFileSync(join(root, 'docs/examples.md'), 'utf8');
const sections = page.split(/^## /m).slice(1);
const sectionOf = (name: string) => sections.filter((section) => section.includes(`](../examples/${name}.json)`));
const nodesOf = (name: string) => (JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8')) as { nodes: INode[] }).nodes;

const isNote = ({ type }: INode) => type === 'n8n-nodes-base.stickyNote';
/** What a node covers on the canvas, with its name below it. */
const boxOf = (node: INode) => {
  const [left, top] = node.position;
  const [width, height] = isNote(node) ? [Number(node.parameters.width ?? 240), Number(node.parameters.height ?? 160)] : [96, 140];
  return { left, top, right: left + width, bottom: top + height };
};
const overlap = (one: INode, other: INode) => {
  const [a, b] = [boxOf(one), boxOf(other)];
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
};

describe.each(names)('examples/%s.json', (name) => {
  test('has one section in docs/examples.md, with its picture, what to set, and what the nodes do', () => {
    const [section, ...more] = sectionOf(name);
    expect(more).toEqual([]);
    expect(section).toContain(`](images/examples/${name}.png)`);
    expect(section).toContain('\n**Set:** ');
    const inTable = [...(section ?? '').matchAll(/^\| (\*\*.+?\*\*) \| /gm)].flatMap(([, cell = '']) => [...cell.matchAll(/\*\*(.+?)\*\*/g)].map(([, node]) => node));
    expect(inTable.length).toBeGreaterThan(3);
    const there = nodesOf(name).map((node) => node.name);
    expect(inTable.filter((node) => !there.includes(node ?? ''))).toEqual([]);
  });

  test('has a picture of less than 200 kB', () => {
    expect(statSync(join(pictures, `${name}.png`)).size).toBeLessThan(200_000);
  });

  test('has a test that runs it in a real n8n', () => {
    const own = join(root, 'test/e2e/examples', `${name}.test.ts`);
    const text = readFileSync(existsSync(own) ? own : join(root, 'test/e2e/leadToCampaign.test.ts'), 'utf8');
    expect(text).toMatch(existsSync(own) ? new RegExp(`useExample\\(['"\`]${name}\\.json`) : /useExample\(mainExample,/);
  });

  test('has no note that covers a node or another note', () => {
    const nodes = nodesOf(name);
    const covered = nodes.filter(isNote).flatMap((note) => nodes.filter((other) => other !== note && overlap(note, other)).map((other) => `${note.name} / ${other.name}`));
    expect(covered).toEqual([]);
  });
});

/** Names of keys below a value that hold a text and are called like a secret. */
const secretsIn = (value: unknown): string[] => (typeof value !== 'object' || value === null ? [] : Object.entries(value).flatMap(([key, one]: [string, unknown]) => (
  typeof one === 'string' && one !== '' && /(?:password|secret|token|apikey|hmac)$/i.test(key) ? [key] : secretsIn(one)
)));

test('no example holds a secret', () => {
  expect(secretsIn({ a: [{ apiKey: 'x' }] })).toEqual(['apiKey']);
  expect(names.flatMap((name) => secretsIn(nodesOf(name)))).toEqual([]);
});

test('no section and no picture is without its example', () => {
  const linked = [...page.matchAll(/\]\(\.\.\/examples\/([\w-]+)\.json\)/g)].map(([, name]) => name ?? '');
  expect(linked.sort()).toEqual(names);
  expect(readdirSync(pictures).map((file) => basename(file, '.png')).sort()).toEqual(names);
});
