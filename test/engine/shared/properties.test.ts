import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { basename } from 'node:path';

import fc from 'fast-check';
import type { IDataObject, INodeExecutionData, INodeParameters, INodeProperties, INodePropertyCollection, INodePropertyOptions, INodeType } from 'n8n-workflow';
import { WorkflowExpression } from 'n8n-workflow';

import { Callbell } from '../../../nodes/Callbell/Callbell.node';
import { Chatwoot } from '../../../nodes/Chatwoot/Chatwoot.node';
import { Kinbox } from '../../../nodes/Kinbox/Kinbox.node';
import { runNode } from '../../harness/engine';
import { startSandbox, type Sandbox } from '../../sandbox';
import { fieldsFor, nodeFiles } from '../../../scripts/nodes';
import { HttpClient } from '../../../nodes/shared/http/httpClient';
import { credentials, credentialValues, secretsOf } from '../support';
import { asJson, changed, hostile, namesOfEverything, seedOf, waysOf } from './anything';

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
  readReferences();
});
afterAll(() => {
  jest.restoreAllMocks();
});

/** The value that `{{ $json.p.name }}` means, looked up: n8n makes a world of variables for each of a hundred thousand. */
function readReferences(): void {
  const resolve = WorkflowExpression.prototype.resolveSimpleParameterValue;
  jest.spyOn(WorkflowExpression.prototype, 'resolveSimpleParameterValue').mockImplementation(function (this: WorkflowExpression, ...given: Parameters<typeof resolve>) {
    const [parameter, , , , itemIndex, , items] = given;
    const way = typeof parameter === 'string' ? /^=\{\{ \$json\.([\w.]+) \}\}$/.exec(parameter)?.[1] : undefined;
    if (way === undefined) return resolve.apply(this, given);
    return way.split('.').reduce<unknown>((at, key) => (typeof at === 'object' && at !== null ? (at as IDataObject)[key] : undefined), (items as INodeExecutionData[])[itemIndex]?.json) as never;
  });
}

/**
 * Every operation of every node with hostile parameters against the sandbox, and with tame parameters against a server
 * that answers nonsense. A run ends with items or readable errors; it never crashes or hangs, never sends what the
 * contract refuses, and shows no secret.
 */
const casesForEachOperation = Number(process.env.FUZZ_CASES ?? 7);
/** Operations of which one case means hundreds of requests. */
const casesOfSlowOperations: Record<string, number> = { 'Callbell account:check': 4, 'Chatwoot account:check': 4, 'Kinbox contact:getAllInRange': 4, 'Kinbox workspace:check': 4 };
const casesFor = ({ title }: Subject) => casesOfSlowOperations[title] ?? casesForEachOperation;
const seed = seedOf('properties');

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
  // The whole of what is mapped, so that a column may have any name.
  if (property.type === 'resourceMapper') return { mappingMode: 'defineBelow', value: reference, schema: [], matchingColumns: [] } as unknown as INodeParameters;
  return reference;
}

/** Values for all fields of an item; `tame` gives what a person would enter. */
function valuesFor(properties: Array<INodeProperties | INodePropertyCollection>, tame: boolean): fc.Arbitrary<IDataObject> {
  return fc.record(Object.fromEntries(properties.map((property) => [property.name, valueFor(property, tame)]))) as fc.Arbitrary<IDataObject>;
}

/** A row of a sheet or a webhook's event, a person in it or not, whose columns may have any name. */
const columns = fc.array(fc.tuple(fc.constantFrom('name', 'phone', 'email', 'tags', 'notes', 'avatarUrl', 'customFields', 'contact', 'body', 'cpf', ...namesOfEverything), hostile), { maxLength: 4 }).map((entries) => Object.fromEntries(entries) as IDataObject);
/** How long a text may be is each service's own rule; what long ones cost is measured in longTexts.test.ts. */
const shortHostile = hostile.filter((value) => typeof value !== 'string' || value.length <= 100);
const person = { name: 'Ana Souza', phone: '+55 85 98888-7777' };

function tameValue(property: INodeProperties | INodePropertyCollection): fc.Arbitrary<unknown> {
  if (!('type' in property)) return fc.constant('');
  switch (property.type) {
    case 'number': return fc.integer({ min: Math.max(1, property.typeOptions?.minValue ?? 1), max: Math.min(20, property.typeOptions?.maxValue ?? 20) });
    case 'boolean': return fc.boolean();
    case 'options': return fc.constantFrom(...(((property.options ?? []) as INodePropertyOptions[]).map(({ value }) => value as unknown).concat(property.options?.length ? [] : [''])));
    case 'multiOptions': return fc.constant([]);
    case 'dateTime': return fc.constantFrom('2026-12-24T09:00:00', '2027-01-31T18:30:00Z');
    case 'json': return fc.constantFrom('{}', '{"key": "value"}');
    case 'resourceMapper': return fc.constantFrom({}, { cpf: '7' }, { cpf: 'Ana Souza', other: 'vip' });
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
  if (!tame && 'type' in property && property.type === 'resourceMapper') return fc.oneof(tameValue(property), columns);
  // Mostly good values: only then the checks of the other fields are reached.
  const wild = 'type' in property && property.type === 'json' ? hostile : shortHostile;
  return tame ? tameValue(property) : fc.oneof({ weight: 3, arbitrary: tameValue(property) }, { weight: 1, arbitrary: wild }, { weight: 1, arbitrary: fc.constant('') });
}

/** Items with a value for each field in `p`, and the columns of a row or none around it. */
function itemsFor({ properties }: Subject, tame: boolean, count: number): IDataObject[] {
  const around = tame ? fc.constantFrom({}, person) : fc.oneof(fc.constantFrom({}, person), columns, columns.map((row) => ({ ...person, ...row })));
  return fc.sample(fc.tuple(around, valuesFor(properties, tame)).map(([row, p]) => ({ ...row, p })), { numRuns: count, seed }).map((item) => asJson(item) as IDataObject);
}

async function runCases({ node, resource, operation, properties }: Subject, items: IDataObject[], credentialChange: Record<string, IDataObject> = {}) {
  const values = credentialValues(sandbox);
  for (const [type, change] of Object.entries(credentialChange)) Object.assign(values[type]!, change);
  return await runNode(node, { resource, operation, ...expressions(properties, 'p'), options: { giveUpAfter: 0.001, timeout: 5 } }, { items, continueOnFail: true, credentials, credentialValues: values });
}

/** What must not be read anywhere: the last is what the runner says of a mistake in the node itself. */
const unreadable = /undefined|\[object |Cannot read|is not (?:a function|iterable)|JSON at position|\((?:Type|Range|Reference|Syntax|URI)?Error\)/;

function expectReadable(result: Awaited<ReturnType<typeof runCases>>, items: IDataObject[]) {
  // "Send and wait" goes to sleep; a whole run may only fail before its first item, with a readable sentence.
  if (result.status === 'waiting') expect(result.error).toBeUndefined();
  else if (result.status !== 'success') {
    const { name, message, description } = result.error!;
    expect(name).toMatch(/^(NodeApiError|NodeOperationError|ExpressionError)$/);
    expect(message.length).toBeGreaterThan(5);
    expect(`${message} ${description ?? ''}`).not.toMatch(unreadable);
  } else {
    // Together: a call of `expect` costs more than what it looks at.
    const wrong = result.first.flatMap(({ json, pairedItem }) => {
      const { item } = pairedItem as { item: number };
      const isRight = item < items.length && (json.error === undefined || (typeof json.error === 'string' && /\[item \d+\](\. .+)?$/s.test(json.error) && !unreadable.test(json.error)));
      return isRight ? [] : [{ json, item: items[item] }];
    });
    expect(wrong.slice(0, 2)).toEqual([]);
  }
  const visible = result.visibleText();
  expect(secretsOf(sandbox).filter((secret) => visible.includes(secret))).toEqual([]);
  expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
}

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(async () => {
  await sandbox.close();
});

test('every action node takes part, with at least 5,000 cases in all', () => {
  expect(nodeFiles().map((file) => basename(file, '.node.ts')).filter((name) => !name.endsWith('Trigger'))).toEqual(Object.keys(nodes));
  expect(subjects.reduce((sum, subject) => sum + 2 * casesFor(subject), 0)).toBeGreaterThanOrEqual(5_000);
});

/** What the sandbox has answered, by method and kind of path. */
const answered = new Map<string, object[]>();
const kindOf = (method: string, path: string) => `${method} ${path.replace(/\?.*$/, '').replace(/^\/v1(?=\/)/, '').replace(/\/(?=[^/]*\d)[^/]+/g, '/*')}`;

describe('hostile parameters against the contract', () => {
  beforeAll(() => {
    const exchange = HttpClient.prototype.exchange;
    jest.spyOn(HttpClient.prototype, 'exchange').mockImplementation(async function (this: HttpClient, call) {
      const answer = await exchange.call(this, call);
      const known = answered.get(kindOf(call.method, call.path)) ?? [];
      if (known.length < 3 && typeof answer.body === 'object' && answer.body !== null && !Buffer.isBuffer(answer.body)) answered.set(kindOf(call.method, call.path), [...known, answer.body]);
      return answer;
    });
  });

  test.each(subjects.map((subject) => [subject.title, subject] as const))('%s', async (_title, subject) => {
    sandbox.reset();
    const items = itemsFor(subject, false, casesFor(subject));
    expectReadable(await runCases(subject, items), items);
    expect(sandbox.violations).toEqual([]);
  }, 60_000);
});

describe('tame parameters, hostile answers', () => {
  let liar: Server;
  let address: string;
  const bodies = fc.sample(fc.oneof(
    fc.json({ maxDepth: 3 }),
    fc.record({ data: fc.jsonValue({ maxDepth: 2 }), payload: fc.jsonValue({ maxDepth: 2 }), contact: fc.jsonValue({ maxDepth: 1 }), meta: fc.jsonValue({ maxDepth: 1 }), totalCount: fc.jsonValue({ maxDepth: 0 }), error: fc.jsonValue({ maxDepth: 1 }) }, { requiredKeys: [] }).map((value) => JSON.stringify(value)),
    fc.constantFrom('{}', '[]', '[null]', '{"data":[null,1,"x",[],{}]}', '{"payload":[null,{"id":null}]}', '{"contacts":[null,{}],"meta":null}', '{"contact":[]}', '{"error":null}', `{"data":${'['.repeat(3000)}${']'.repeat(3000)}}`),
  ).filter((text) => /^[[{]/.test(text)), { numRuns: 200, seed });
  const values = fc.sample(hostile, { numRuns: 300, seed }).map(asJson);
  // Good statuses mostly: a failed read is repeated with pauses.
  const statuses = fc.sample(fc.oneof({ weight: 12, arbitrary: fc.constant(200) }, { weight: 2, arbitrary: fc.constantFrom(201, 400, 401, 403, 404, 409, 422) }), { numRuns: 211, seed });
  const choices = fc.sample(fc.nat(), { numRuns: 997, seed });
  let next = 0;
  const oneOf = <Value>(list: Value[]): Value => list[choices[(next += 1) % choices.length]! % list.length]!;

  /** A true answer in which something stands that does not belong there; or anything at all. */
  function lie(status: number, method: string, path: string): string {
    const known = status < 300 ? answered.get(kindOf(method, path)) : undefined;
    if (!known || oneOf([0, 1, 2, 3]) === 0) return oneOf(bodies);
    return JSON.stringify([0, 1, 2].slice(oneOf([0, 1, 2])).reduce<unknown>((body) => {
      const way = oneOf(waysOf(body));
      return changed(body, oneOf([0, 1, 2, 3]) === 0 ? [...way, oneOf(namesOfEverything)] : way, oneOf(values));
    }, oneOf(known)));
  }

  beforeAll(async () => {
    liar = createServer((request, response) => {
      const status = oneOf(statuses);
      request.resume().on('end', () => response.writeHead(status, { 'content-type': 'application/json' }).end(lie(status, request.method ?? '', request.url ?? '')));
    }).listen(0, '127.0.0.1');
    await new Promise((resolve) => liar.once('listening', resolve));
    address = `http://127.0.0.1:${(liar.address() as AddressInfo).port}`;
  });
  afterAll(async () => {
    liar.closeAllConnections();
    await new Promise((resolve) => liar.close(resolve));
  });

  test('lies are made of true answers', () => expect(answered.size).toBeGreaterThan(100));

  test.each(subjects.map((subject) => [subject.title, subject] as const))('%s', async (_title, subject) => {
    const items = itemsFor(subject, true, casesFor(subject));
    expectReadable(await runCases(subject, items, { kinboxApi: { host: address }, chatwootAccessTokenApi: { url: address }, callbellApi: { baseUrl: `${address}/v1` } }), items);
  }, 60_000);
});
