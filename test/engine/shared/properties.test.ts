import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { basename } from 'node:path';

import fc from 'fast-check';
import type { IDataObject, INodeParameters, INodeProperties, INodePropertyCollection, INodePropertyOptions, INodeType } from 'n8n-workflow';

import { Callbell } from '../../../nodes/Callbell/Callbell.node';
import { Chatwoot } from '../../../nodes/Chatwoot/Chatwoot.node';
import { Kinbox } from '../../../nodes/Kinbox/Kinbox.node';
import { runNode } from '../../harness/engine';
import { startSandbox, type Sandbox } from '../../sandbox';
import { fieldsFor, nodeFiles } from '../../../scripts/nodes';
import { credentials, credentialValues, secretsOf } from '../support';

// Published limits would make thousands of cases take hours; the limiter has tests of its own.
jest.mock('../../../nodes/shared/http/rateLimit', () => {
  const actual = jest.requireActual<typeof import('../../../nodes/shared/http/rateLimit')>('../../../nodes/shared/http/rateLimit');
  return { ...actual, sharedRateLimiter: () => new actual.RateLimiter() };
});

// Pauses (retries, polling) take no time here: they move the clock instead.
let pausedFor = 0;
jest.mock('../../../nodes/shared/http/pause', () => ({
  pause: async (milliseconds: number) => {
    pausedFor += milliseconds;
  },
  now: () => performance.now() + pausedFor,
}));
const realNow = Date.now.bind(Date);
beforeAll(() => {
  jest.spyOn(Date, 'now').mockImplementation(() => realNow() + pausedFor);
});
afterAll(() => {
  jest.restoreAllMocks();
});

/**
 * Every operation of every node with hostile parameters against the sandbox, and with tame parameters against a server
 * that answers nonsense. A run ends with items or readable errors; it never crashes or hangs, never sends what the
 * contract refuses, and shows no secret.
 */
const casesForEachOperation = Number(process.env.FUZZ_CASES ?? 16);
/** Operations of which one case means hundreds of requests. */
const casesOfSlowOperations: Record<string, number> = { 'Kinbox contact:getAllInRange': 4 };
const casesFor = ({ title }: Subject) => casesOfSlowOperations[title] ?? casesForEachOperation;


interface Subject {
  title: string;
  node: INodeType;
  resource: string;
  operation: string;
  properties: INodeProperties[];
}

const nodes: Record<string, INodeType> = { Callbell: new Callbell(), Chatwoot: new Chatwoot(), Kinbox: new Kinbox() };

const subjects: Subject[] = Object.entries(nodes).flatMap(([name, node]) => {
  const { properties } = node.description;
  const resources = (properties.find((property) => property.name === 'resource')?.options ?? []) as INodePropertyOptions[];
  return resources.flatMap(({ value: resource }) => {
    const selector = properties.find((property) => property.name === 'operation' && property.displayOptions?.show?.resource?.includes(resource as string));
    return ((selector?.options ?? []) as INodePropertyOptions[]).map(({ value: operation }) => ({
      title: `${name} ${resource}:${operation}`,
      node,
      resource: String(resource),
      operation: String(operation),
      properties: fieldsFor(properties, String(resource), String(operation)).filter((property) => !['resource', 'operation', 'options', 'output', 'outputFields'].includes(property.name)),
    }));
  });
});

/** Parameters in which every field reads its value from the item: `{{ $json.path }}`. */
function expressions(properties: Array<INodeProperties | INodePropertyCollection>, path: string): INodeParameters {
  return Object.fromEntries(properties.filter((property) => !('type' in property && ['notice', 'callout', 'button'].includes(property.type))).map((property) => [property.name, expressionFor(property, `${path}.${property.name}`)])) as INodeParameters;
}

function expressionFor(property: INodeProperties | INodePropertyCollection, path: string): INodeParameters | string | INodeParameters[] {
  const reference = `={{ $json.${path} }}`;
  if (!('type' in property)) return reference;
  if (property.type === 'collection') return expressions(property.options as INodeProperties[], path);
  if (property.type === 'fixedCollection') {
    return Object.fromEntries((property.options as INodePropertyCollection[]).map(({ name, values }) => {
      const row = expressions(values, `${path}.${name}`);
      return [name, property.typeOptions?.multipleValues ? [row] : row];
    })) as INodeParameters;
  }
  if (property.type === 'resourceLocator') return { __rl: true, mode: 'id', value: reference } as unknown as INodeParameters;
  if (property.type === 'resourceMapper') return { mappingMode: 'defineBelow', value: { cpf: reference, other: reference }, schema: [], matchingColumns: [] } as unknown as INodeParameters;
  return reference;
}

/** Values for all fields of an item; `tame` gives what a person would enter. */
function valuesFor(properties: Array<INodeProperties | INodePropertyCollection>, tame: boolean): fc.Arbitrary<IDataObject> {
  return fc.record(Object.fromEntries(properties.map((property) => [property.name, valueFor(property, tame)]))) as fc.Arbitrary<IDataObject>;
}

const hostile: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 4, arbitrary: fc.anything({ maxDepth: 2 }) },
  { weight: 3, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) },
  fc.constantFrom<unknown>(null, '', ' ', '\u0000\u0007', '<script>alert(1)</script>', '{"__proto__":{"polluted":true}}', '__proto__', 'constructor', '../../etc/passwd', '?limit=0&x', '-1', '1e999', Number.MAX_SAFE_INTEGER, -0, [], {}, [[[]]], 'x'.repeat(20_000), '0', 'true', '2026-02-30', 'a@b', 'https://', '+'),
);

function tameValue(property: INodeProperties | INodePropertyCollection): fc.Arbitrary<unknown> {
  if (!('type' in property)) return fc.constant('');
  switch (property.type) {
    case 'number': return fc.integer({ min: Math.max(1, property.typeOptions?.minValue ?? 1), max: Math.min(20, property.typeOptions?.maxValue ?? 20) });
    case 'boolean': return fc.boolean();
    case 'options': return fc.constantFrom(...(((property.options ?? []) as INodePropertyOptions[]).map(({ value }) => value as unknown).concat(property.options?.length ? [] : [''])));
    case 'multiOptions': return fc.constant([]);
    case 'dateTime': return fc.constantFrom('2026-12-24T09:00:00', '2027-01-31T18:30:00Z');
    case 'json': return fc.constantFrom('{}', '{"key": "value"}');
    case 'resourceLocator': return fc.constantFrom('1', '2', '12345');
    default:
      if (/phone|identifier|^to$/i.test(property.name)) return fc.constantFrom('+55 85 98888-7777', '5585988887777', '910 000 111');
      if (/mail|assigned/i.test(property.name)) return fc.constantFrom('ana@example.com', '');
      if (/url|avatar/i.test(property.name)) return fc.constantFrom('https://example.com/a.png', '');
      return fc.constantFrom('Ana Souza', 'vip', '7', '');
  }
}

function valueFor(property: INodeProperties | INodePropertyCollection, tame: boolean): fc.Arbitrary<unknown> {
  if ('type' in property && property.type === 'collection') return valuesFor(property.options as INodeProperties[], tame);
  if ('type' in property && property.type === 'fixedCollection') return fc.record(Object.fromEntries((property.options as INodePropertyCollection[]).map(({ name, values }) => [name, valuesFor(values, tame)])));
  // Mostly good values: only then the checks of the other fields are reached.
  return tame ? tameValue(property) : fc.oneof({ weight: 3, arbitrary: tameValue(property) }, { weight: 1, arbitrary: hostile }, { weight: 1, arbitrary: fc.constant('') });
}

async function runCases({ node, resource, operation, properties }: Subject, sandbox: Sandbox, items: IDataObject[], credentialChange: Record<string, IDataObject> = {}) {
  const values = credentialValues(sandbox);
  for (const [type, change] of Object.entries(credentialChange)) Object.assign(values[type]!, change);
  return await runNode(node, { resource, operation, ...expressions(properties, 'p'), options: { giveUpAfter: 0.001, timeout: 5 } }, {
    items: items.map((p) => ({ p })),
    continueOnFail: true,
    credentials,
    credentialValues: values,
  });
}

/** n8n copies item data as JSON, so a case is what survives that. */
const asJson = (value: IDataObject): IDataObject => JSON.parse(JSON.stringify(value, (_key, part: unknown) => (typeof part === 'bigint' ? String(part) : part)) ?? '{}') as IDataObject;

function expectReadable(result: Awaited<ReturnType<typeof runCases>>, cases: number, secrets: string[]) {
  // "Send and wait" goes to sleep; a whole run may only fail before its first item, with a readable sentence.
  if (result.status === 'waiting') expect(result.error).toBeUndefined();
  else if (result.status !== 'success') {
    expect(result.error!.name).toMatch(/^(NodeApiError|NodeOperationError|ExpressionError)$/);
    expect(result.error!.message.length).toBeGreaterThan(5);
  } else {
    const seen = new Set(result.first.map(({ pairedItem }) => (pairedItem as { item: number }).item));
    for (const index of seen) expect(index).toBeLessThan(cases);
    for (const { json } of result.first) {
      if (json.error === undefined) continue;
      expect(typeof json.error).toBe('string');
      expect(json.error).toMatch(/\[item \d+\](\. .+)?$/s);
      expect(json.error).not.toMatch(/undefined|\[object |Cannot read|is not (?:a function|iterable)|JSON at position/);
    }
  }
  const visible = result.visibleText();
  for (const secret of secrets) expect(visible).not.toContain(secret);
  expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
}

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(async () => {
  await sandbox.close();
});

test('every action node takes part, with at least 10,000 cases in all', () => {
  expect(nodeFiles().map((file) => basename(file, '.node.ts')).filter((name) => !name.endsWith('Trigger'))).toEqual(Object.keys(nodes));
  expect(subjects.reduce((sum, subject) => sum + 2 * casesFor(subject), 0)).toBeGreaterThanOrEqual(10_000);
});

describe('hostile parameters against the contract', () => {
  test.each(subjects.map((subject) => [subject.title, subject] as const))('%s', async (_title, subject) => {
    sandbox.reset();
    const items = fc.sample(valuesFor(subject.properties, false), { numRuns: casesFor(subject), seed: 20261121 }).map(asJson);
    const result = await runCases(subject, sandbox, items);
    expectReadable(result, items.length, secretsOf(sandbox));
    expect(sandbox.violations).toEqual([]);
  }, 60_000);
});

describe('tame parameters, hostile answers', () => {
  let liar: Server;
  let address: string;
  let answers: Array<{ status: number; body: string }> = [];
  beforeAll(async () => {
    let next = 0;
    liar = createServer((request, response) => {
      request.resume().on('end', () => {
        const { status, body } = answers[next++ % answers.length]!;
        response.writeHead(status, { 'content-type': 'application/json' }).end(body);
      });
    }).listen(0, '127.0.0.1');
    await new Promise((resolve) => liar.once('listening', resolve));
    address = `http://127.0.0.1:${(liar.address() as AddressInfo).port}`;
  });
  afterAll(async () => {
    liar.closeAllConnections();
    await new Promise((resolve) => liar.close(resolve));
  });

  const body = fc.oneof(
    fc.json({ maxDepth: 3 }),
    fc.record({ data: fc.jsonValue({ maxDepth: 2 }), payload: fc.jsonValue({ maxDepth: 2 }), contact: fc.jsonValue({ maxDepth: 1 }), meta: fc.jsonValue({ maxDepth: 1 }), totalCount: fc.jsonValue({ maxDepth: 0 }), error: fc.jsonValue({ maxDepth: 1 }) }, { requiredKeys: [] }).map((value) => JSON.stringify(value)),
    fc.constantFrom('{}', '[]', 'null', '{"data":[null,1,"x",[],{}]}', '{"payload":[null,{"id":null}]}', '{"contacts":[null,{}],"meta":null}', '{"contact":[]}', '{"error":null}', '<html>', ''),
  );
  // Good statuses mostly: a failed read is repeated with pauses, and pauses take time.
  const status = fc.oneof({ weight: 12, arbitrary: fc.constant(200) }, { weight: 2, arbitrary: fc.constantFrom(201, 400, 401, 403, 404, 409, 422) });

  test.each(subjects.map((subject) => [subject.title, subject] as const))('%s', async (_title, subject) => {
    answers = fc.sample(fc.record({ status, body: body.filter((text) => /^[[{]/.test(text)) }), { numRuns: 200, seed: 7 });
    const items = fc.sample(valuesFor(subject.properties, true), { numRuns: casesFor(subject), seed: 11 }).map(asJson);
    const result = await runCases(subject, sandbox, items, {
      kinboxApi: { host: address },
      chatwootAccessTokenApi: { url: address },
      callbellApi: { baseUrl: `${address}/v1` },
    });
    expectReadable(result, items.length, secretsOf(sandbox));
  }, 60_000);
});
