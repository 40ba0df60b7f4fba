import type { IExecuteFunctions, INodeProperties, INodePropertyCollection } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';

import { resources as callbell } from '../../nodes/Callbell/actions';
import { callbell as callbellVendor } from '../../nodes/Callbell/transport/client';
import { resources as chatwoot } from '../../nodes/Chatwoot/actions';
import { chatwoot as chatwootVendor } from '../../nodes/Chatwoot/transport/client';
import { resources as kinbox } from '../../nodes/Kinbox/actions';
import { kinbox as kinboxVendor } from '../../nodes/Kinbox/transport/client';
import { Fields, Item } from '../../nodes/shared/operation/item';
import type { Operation } from '../../nodes/shared/operation/operation';
import { addressPattern, type App } from '../../nodes/shared/operation/recordAddress';

/*
 * Every field of every operation, through its `read`; nothing is sent. Texts: "[object Object]", "undefined" and "NaN" never leave in a text,
 * and cells of sheets and databases are unwrapped, or refused by the name of their field. Addresses: a record of another server, or of another kind, is nobody's.
 */

type Property = INodeProperties | INodePropertyCollection;
const typed = (property: Property): property is INodeProperties => 'type' in property;

/** A field, and what has to be chosen for it to be shown. */
interface Leaf {
  path: string[];
  property: INodeProperties;
  shown: Array<{ path: string[]; value: unknown }>;
}

const textTypes = ['string', 'json', 'resourceMapper'];

function leavesIn(properties: Property[], types = textTypes, path: string[] = [], shown: Leaf['shown'] = []): Leaf[] {
  return properties.flatMap((property): Leaf[] => {
    if (!typed(property)) return [];
    const here = [...path, property.name];
    const conditions = Object.entries(property.displayOptions?.show ?? {}).filter(([name]) => !['resource', 'operation', '@version'].includes(name))
      .map(([name, values]) => ({ path: name.startsWith('/') ? [name.slice(1)] : [...path, name], value: values?.[0] as unknown }));
    const all = [...shown, ...conditions];
    if (property.type === 'collection') return leavesIn((property.options ?? []) as Property[], types, here, all);
    if (property.type === 'fixedCollection') return ((property.options ?? []) as INodePropertyCollection[]).flatMap(({ name, values }) => leavesIn(values, types, [...here, name], all));
    return types.includes(property.type) && property.name !== 'skip' ? [{ path: here, property, shown: all }] : [];
  });
}

/** What a person would fill in. */
function tame({ name, type, options, typeOptions, default: usual }: INodeProperties): unknown {
  switch (type) {
    case 'number': return Math.max(1, typeOptions?.minValue ?? 1);
    case 'dateTime': return '2030-12-24T09:00:00';
    case 'options': return usual !== '' ? usual : (options?.[0] as { value?: unknown } | undefined)?.value;
    case 'resourceLocator': return name === 'account' ? '1' : '12';
    case 'json': return '{"key": "Ana"}';
    case 'resourceMapper': return { mappingMode: 'defineBelow', value: { x: 'Ana' }, schema: [] };
    case 'string': return typeOptions?.multipleValues ? ['Ana'] : text(name, 'Ana');
    default: return usual;
  }
}

function text(name: string, word: string): string {
  if (/phone|identifier|^to$/i.test(name)) return '+55 85 98888-7777';
  if (/mail|assigned/i.test(name)) return `${word}@example.com`;
  if (/url|avatar|website|endpoint/i.test(name)) return `https://example.com/${word}.png`;
  if (/ids?$/i.test(name)) return '7';
  return word;
}

/** The field filled in with one word, as a text, an e-mail address or the address of a page. */
function filled({ property: { type, typeOptions } }: Leaf, word: string): unknown[] {
  if (type === 'json') return [JSON.stringify({ key: word }), JSON.stringify([{ key: word }])];
  if (type === 'resourceMapper') return [{ mappingMode: 'defineBelow', value: { x: word }, schema: [] }];
  const forms = [word, `${word}@example.com`, `https://example.com/${word}.png`];
  return typeOptions?.multipleValues ? forms.map((form) => [form]) : forms;
}

function put(values: Record<string, unknown>, properties: Property[], path: string[], value: unknown): void {
  const [name, ...rest] = path as [string, ...string[]];
  if (rest.length === 0) {
    values[name] = value;
    return;
  }
  const property = properties.find((entry) => entry.name === name);
  const isFixed = property && typed(property) && property.type === 'fixedCollection';
  const below = (property && typed(property) ? property.options : []) as Property[];
  if (!isFixed) {
    const inner = { ...(values[name] as Record<string, unknown> | undefined) };
    put(inner, below, rest, value);
    values[name] = inner;
    return;
  }
  const [group, ...leaf] = rest as [string, ...string[]];
  const fields = (below as INodePropertyCollection[]).find((entry) => entry.name === group)?.values ?? [];
  const many = property.typeOptions?.multipleValues === true;
  const before = (values[name] as Record<string, unknown> | undefined)?.[group];
  const row = { ...Object.fromEntries(fields.map((field) => [field.name, tame(field)])), ...((many ? (before as unknown[] | undefined)?.[0] : before) as object | undefined) };
  put(row, fields, leaf, value);
  values[name] = { [group]: many ? [row] : row };
}

/** How an operation's other fields may be filled in: what is required, what people see first, everything. */
const fillings: Array<(property: INodeProperties) => boolean> = [({ required, type }) => required === true || type === 'resourceLocator', ({ type }) => type === 'string' || type === 'resourceLocator', ({ type }) => !['json', 'resourceMapper'].includes(type), () => true];

const context = (values: Record<string, unknown>) => ({
  getNode: () => ({ id: '1', name: 'Test', type: 'test', typeVersion: 1, position: [0, 0], parameters: {} }),
  getTimezone: () => 'America/Fortaleza', getMode: () => 'manual', getInputData: () => [{ json: {} }],
  getNodeParameter: (name: string, _index: number, fallback?: unknown) => values[name] ?? fallback,
  helpers: { assertBinaryData: () => ({ mimeType: 'image/png', fileName: 'a.png', data: '', bytes: 10 }) },
  getWorkflow: () => ({ id: 'w', name: 'w', active: false }), getExecutionId: () => 'e', getWorkflowStaticData: () => ({}),
}) as unknown as IExecuteFunctions;

/** What `read` gives for one value of a field; undefined when it refuses. */
function readWith({ properties, read }: Operation<never>, leaf: Leaf, value: unknown, filling: (typeof fillings)[number], app?: App): string | undefined {
  const values: Record<string, unknown> = Object.fromEntries(properties.map((property) => [property.name, filling(property) ? tame(property) : property.default]));
  for (const { path, value: chosen } of leaf.shown) put(values, properties, path, chosen);
  put(values, properties, leaf.path, value);
  try {
    return JSON.stringify(read(new Item(context(values), 0, properties, app)), (_key, entry: unknown) => (entry instanceof Fields ? undefined : entry instanceof Set || entry instanceof Map ? [...entry] : entry)) ?? '';
  } catch (error) {
    if (error instanceof NodeOperationError) return undefined;
    throw error;
  }
}

const operations = Object.entries({ callbell, chatwoot, kinbox } as unknown as Record<string, typeof kinbox>).flatMap(([vendor, resources]) => resources.flatMap(({ option, operations: own }) => own.map((operation) => [`${vendor} ${option.value}: ${operation.option.value}`, operation as unknown as Operation<never>] as const)));

const broken: unknown[] = ['Itens: [object Object]', 'undefined', 'Oi NaN', '[object Promise]'];
const counts = { fields: 0, read: 0 };

describe('texts that nobody has written', () => {
  test.each(operations)('%s', (_title, operation) => {
    for (const leaf of leavesIn(operation.properties)) {
      // Phones have tests of their own, and take no words.
      if (/phone$|^to$/i.test(leaf.property.name)) continue;
      counts.fields += 1;
      const filling = fillings.find((one) => filled(leaf, 'zqseven').some((value) => readWith(operation, leaf, value, one)?.includes('zqseven')));
      if (!filling) continue;
      counts.read += 1;
      const { type, typeOptions } = leaf.property;
      const of = (value: unknown): unknown => (type === 'json' ? JSON.stringify({ key: value }) : type === 'resourceMapper' ? { mappingMode: 'defineBelow', value: { x: value }, schema: [] } : typeOptions?.multipleValues ? [value] : value);
      for (const value of broken) {
        const read = readWith(operation, leaf, of(value), filling);
        expect({ field: leaf.path.join(' > '), value, left: read !== undefined && /\[object |\bundefined\b|\bNaN\b/.test(read) }).toEqual({ field: leaf.path.join(' > '), value, left: false });
      }
      for (const cell of [{ richText: [{ text: 'zq' }, { text: 'seven' }] }, { text: 'zqseven', hyperlink: 'x' }, { formula: 'A1', result: 'zqseven' }, { id: 7, name: 'zqseven' }, { a: 1, b: 2 }, new Date(NaN)]) {
        // What a template's value may be, its filling judges.
        if (type === 'json' || leaf.property.name === 'bodyFields') continue;
        const read = readWith(operation, leaf, of(cell), filling);
        const left = read !== undefined && /\[object |\bundefined\b|\bNaN\b|richText|hyperlink|formula/.test(read);
        expect({ field: leaf.path.join(' > '), cell, left }).toEqual({ field: leaf.path.join(' > '), cell, left: false });
      }
    }
  });

  test('are looked for in nearly all fields', () => {
    expect(counts.fields).toBeGreaterThan(600);
    expect(counts.read / counts.fields).toBeGreaterThan(0.84);
  });
});

describe('records by the addresses of their pages', () => {
  const vendors = { callbell: callbellVendor, chatwoot: chatwootVendor, kinbox: kinboxVendor };
  const addressed = operations.flatMap(([title, operation]) => {
    const leaves = leavesIn(operation.properties, ['resourceLocator']).filter(({ property }) => addressPattern(property));
    return leaves.length ? [[title, operation, leaves] as const] : [];
  });
  let [fields, read] = [0, 0];

  test.each(addressed)('%s', (title, operation, leaves) => {
    const vendor = vendors[title.split(' ')[0] as keyof typeof vendors];
    for (const leaf of leaves) {
      fields += 1;
      const { example, regex } = addressPattern(leaf.property)!;
      const page = new URL(example);
      const id = regex.exec(example)![1]!;
      const app: App = { vendor, baseUrl: page.origin };
      // Of the account, the address alone is kept.
      const isRead = (text: string | undefined) => text !== undefined && (leaf.property.name === 'account' || text.includes(id));
      const filling = fillings.find((one) => isRead(readWith(operation, leaf, example, one, app)));
      if (!filling) continue;
      read += 1;
      for (const wrong of [`https://other.example${page.pathname}${page.search}`, ...(leaf.property.name === 'account' ? [`${page.origin}/something/${id}`] : [`${page.origin}/app/accounts/1/something/${id}`, ...(title.startsWith('chatwoot') ? [example.replace('/accounts/1/', '/accounts/2/')] : [])]), `${page.origin}.other.example${page.pathname}`]) {
        // The account is named by a field of every operation.
        expect({ field: leaf.path.join(' > '), wrong, read: readWith(operation, leaf, wrong, filling, app) }).toEqual({ field: leaf.path.join(' > '), wrong, read: undefined });
      }
    }
  });

  test('are tried for nearly all fields that take them', () => {
    expect(fields).toBeGreaterThan(100);
    expect(read / fields).toBeGreaterThan(0.8);
  });
});
