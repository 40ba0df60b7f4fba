import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';

import { filesBelow, fromRoot, loadNodes, operationsOf, root } from '../../scripts/nodes';

/** Where things lie, and who may import whom: docs/architecture.md, "Rooms". */
const vendors = ['Callbell', 'Chatwoot', 'Kinbox'];
const rooms = ['actions', 'descriptions', 'helpers', 'methods', 'transport', 'trigger'];
/** From bottom to top: a room imports from itself and from those before it. */
const sharedFloors = [['values'], ['phone'], ['http'], ['descriptions', 'operation'], ['whatsapp'], ['contact', 'message', 'methods', 'trigger'], ['campaign']];
/** What else lies in a resource's folder than the resource, its fields, calls and operations, and why. */
const ownFiles = /^(contactFromPrevious|contact\.(checks|csv|difference|lists|people|run|tags)|conversation\.(attributes|firstMessage|links)|automationRule\.conditions|campaign\.(audience|results)|report\.presence|answer|sender|claim|campaign)\.ts$/;

const sources = filesBelow(join(root, 'nodes')).filter((file) => file.endsWith('.ts'));

/** The modules that a file imports, from package.json's folder. */
const importsOf = new Map(sources.map((file) => {
  const specifiers = [...readFileSync(file, 'utf8').matchAll(/^(?:import|export)\b[^'"]*?from '(\.[^']+)';/gms)].map(([, specifier]) => specifier!);
  const targets = specifiers.map((specifier) => resolve(dirname(file), specifier));
  return [fromRoot(file), targets.map((target) => fromRoot(sources.find((source) => source === `${target}.ts` || source === join(target, 'index.ts')) ?? target))];
}));
const arrows = [...importsOf].flatMap(([from, targets]) => targets.map((to) => ({ from, to })));

/** Vendor and room of a file: nodes/Chatwoot/actions/… is ['Chatwoot', 'actions']. */
const placeOf = (file: string) => file.split('/').slice(1, 3) as [string, string];
const shown = (found: Array<{ from: string; to: string }>) => found.map(({ from, to }) => `${from} → ${to}`);

describe('layout', () => {
  test.each(vendors)('%s has only node files in its folder, and the rooms that the others have', (vendor) => {
    const entries = readdirSync(join(root, 'nodes', vendor), { withFileTypes: true });
    expect(entries.filter((entry) => entry.isDirectory()).map(({ name }) => name).sort()).toEqual(['__schema__', ...rooms]);
    expect(entries.filter((entry) => entry.isFile() && !/(\.node\.ts|\.node\.json|\.svg)$/.test(entry.name)).map(({ name }) => name)).toEqual([]);
  });

  test('nodes/shared has rooms only, and names no vendor in its imports', () => {
    const entries = readdirSync(join(root, 'nodes', 'shared'), { withFileTypes: true });
    expect(entries.filter((entry) => !entry.isDirectory()).map(({ name }) => name)).toEqual([]);
    expect(entries.map(({ name }) => name).filter((name) => !sharedFloors.flat().includes(name))).toEqual([]);
    expect(shown(arrows.filter(({ from, to }) => from.startsWith('nodes/shared/') && !to.startsWith('nodes/shared/')))).toEqual([]);
  });

  test('rooms of nodes/shared import only from the floors below', () => {
    const floor = (file: string) => sharedFloors.findIndex((floorRooms) => floorRooms.includes(placeOf(file)[1]));
    const inside = arrows.filter(({ from, to }) => from.startsWith('nodes/shared/') && to.startsWith('nodes/shared/'));
    expect(shown(inside.filter(({ from, to }) => floor(to) > floor(from)))).toEqual([]);
  });

  // What data may be looked up in: a name such as "constructor" must find nothing.
  test('tables of any names are made with table()', () => {
    const bare = sources.flatMap((file) => [...readFileSync(file, 'utf8').matchAll(/^(?:export )?const (\w+): (?:Readonly<)?Record<string,[^=\n]*> = (?!table\()/gm)].map(([, name]) => `${fromRoot(file)}: ${name!}`));
    expect(bare).toEqual([]);
  });

  test('no vendor imports another', () => {
    expect(shown(arrows.filter(({ from, to }) => !to.startsWith('nodes/shared/') && placeOf(from)[0] !== placeOf(to)[0]))).toEqual([]);
  });

  test('imports of a vendor run node → actions, methods, trigger → descriptions, helpers → transport → shared', () => {
    const below: Record<string, string[]> = {
      transport: ['transport'],
      helpers: ['descriptions', 'helpers', 'transport'],
      descriptions: ['descriptions', 'helpers', 'transport'],
      actions: ['actions', 'descriptions', 'helpers', 'transport'],
      methods: ['methods', 'actions', 'descriptions', 'helpers', 'transport'],
      trigger: ['trigger', 'actions', 'descriptions', 'helpers', 'transport'],
    };
    const wrong = arrows.filter(({ from, to }) => {
      const [vendor, room] = placeOf(from);
      if (vendor === 'shared' || to.startsWith('nodes/shared/') || from.endsWith('.node.ts')) return false;
      return !below[room]?.includes(placeOf(to)[1]);
    });
    expect(shown(wrong)).toEqual([]);
  });

  test('a resource imports of another resource only its record, its fields, its calls and how it is found', () => {
    const folder = (file: string) => /^nodes\/(\w+\/actions\/\w+)\//.exec(file)?.[1];
    const wrong = arrows.filter(({ from, to }) => {
      const [own, other] = [folder(from), folder(to)];
      if (!own || !other || own === other) return false;
      const resource = basename(other);
      return !new RegExp(`/${resource}(\\.(fields|calls|people))?\\.ts$`).test(to);
    });
    expect(shown(wrong)).toEqual([]);
  });

  test('no operation is imported but by its index', () => {
    expect(shown(arrows.filter(({ from, to }) => to.endsWith('.operation.ts') && basename(from) !== 'index.ts'))).toEqual([]);
  });

  test("a test of a vendor says first which file it is in: describe('label: create')", () => {
    const words = (file: string) => basename(file).split('.')[0]!.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
    const files = vendors.flatMap((vendor) => filesBelow(join(root, 'test', 'engine', vendor.toLowerCase()))).filter((file) => file.endsWith('.test.ts'));
    expect(files.length).toBeGreaterThan(60);
    const wrong = files.flatMap((file) => [...readFileSync(file, 'utf8').matchAll(/^describe(?:\.\w+)?(?:\([^\n]*?\))?\((['"`])(.*?)\1,/gm)]
      .map((match) => match[2]!).filter((title) => title !== words(file) && !title.startsWith(`${words(file)}: `)).map((title) => `${fromRoot(file)}: ${title}`));
    expect(wrong).toEqual([]);
  });

  test('no file imports itself by way of others', () => {
    const done = new Set<string>();
    const circles: string[] = [];
    const visit = (file: string, way: string[]) => {
      if (way.includes(file)) circles.push([...way.slice(way.indexOf(file)), file].join(' → '));
      if (done.has(file) || way.includes(file)) return;
      for (const next of importsOf.get(file) ?? []) visit(next, [...way, file]);
      done.add(file);
    };
    for (const file of importsOf.keys()) visit(file, []);
    expect(circles).toEqual([]);
  });

  test('an operation lies in the file of its value, in the folder of its resource', async () => {
    const nodes = await loadNodes();
    const wrong = nodes.flatMap((node) => operationsOf(node).map(({ resource, operation, file }) => ({
      file, wanted: `nodes/${node.vendor}/actions/${resource.option.value}/${operation.option.value}.operation.ts`,
    })));
    expect(wrong.filter(({ file, wanted }) => file !== wanted)).toEqual([]);
    const known = new Set(wrong.map(({ wanted }) => wanted));
    expect(nodes.flatMap(({ operationFiles }) => operationFiles.map(({ file }) => file)).filter((file) => !known.has(file))).toEqual([]);
  });

  test("a resource's folder holds its list, operations, record, fields and calls", () => {
    const wrong = vendors.flatMap((vendor) => filesBelow(join(root, 'nodes', vendor, 'actions'))).map(fromRoot).filter((file) => {
      const [, , , resource, name] = file.split('/');
      if (name === undefined) return resource !== 'index.ts';
      return name !== 'index.ts' && !name.endsWith('.operation.ts') && !new RegExp(`^${resource}(\\.(fields|calls))?\\.ts$`).test(name) && !ownFiles.test(name);
    });
    expect(wrong).toEqual([]);
  });

  test('the tests of a vendor are named after its resources, or after what else it has', async () => {
    const others = ['asked', 'credential', 'methods', 'serverVersions', 'trigger'];
    const resources = new Map((await loadNodes()).filter(({ isTrigger }) => !isTrigger).map((node) => [node.vendor.toLowerCase(), node.resources.map(({ option }) => String(option.value))]));
    const wrong = [...resources].flatMap(([vendor, values]) => filesBelow(join(root, 'test', 'engine', vendor))
      .filter((file) => file.endsWith('.test.ts'))
      .map((file) => relative(join(root, 'test', 'engine'), file))
      .filter((file) => ![...values, ...others].includes(basename(file).split('.')[0]!)));
    expect(wrong).toEqual([]);
  });

  test('what is put into an address is encoded in one place', () => {
    const wrong = sources.filter((file) => /\bencodeURI(?:Component)?\(/.test(readFileSync(file, 'utf8'))).map(fromRoot);
    // The other encodes what is not yet encoded in an address that somebody gave.
    expect(wrong).toEqual(['nodes/shared/http/path.ts', 'nodes/shared/whatsapp/words.ts']);
  });

  test('unit tests lie in the room of what they test', () => {
    const wrong = filesBelow(join(root, 'test', 'unit')).map((file) => relative(join(root, 'test', 'unit'), file)).filter((file) => !sharedFloors.flat().includes(file.split('/')[0]!));
    expect(wrong).toEqual([]);
  });
});
