import { ExecuteContext } from 'n8n-core';

import { Kinbox } from '../../../nodes/Kinbox/Kinbox.node';
import { useNode, byId } from '../support';

/** What the runner promises for many items, shown with Kinbox. */
const bench = useNode('Kinbox', Kinbox);

const rows = (count: number) => Array.from({ length: count }, (_, index) => ({ name: `Person ${index}`, email: `person${index}@example.com` }));
const create = { name: '={{ $json.name }}', email: '={{ $json.email }}' };
const names = (items: Array<{ json: { name?: unknown } }>) => items.map(({ json }) => json.name);
const created = () => [...bench.sandbox.kinbox.state.contacts.values()].map((contact) => contact.name ?? '').filter((name) => /^Person \d+$/.test(name));

test('items run several at a time, within the limit, and come out in input order', async () => {
  // The first item answers last.
  bench.sandbox.inject({ vendor: 'kinbox', kind: 'latency', ms: 300, times: 1 });
  const result = await bench.run('contact', 'create', { ...create, options: { parallelRequests: 10 } }, { items: rows(60) });
  expect(names(result.first)).toEqual(rows(60).map(({ name }) => name));
  expect(result.first.map(({ pairedItem }) => pairedItem)).toEqual(rows(60).map((_, item) => ({ item })));
  expect(bench.sandbox.metrics.kinbox.maxSimultaneous).toBeGreaterThan(1);
  expect(bench.sandbox.metrics.kinbox.maxSimultaneous).toBeLessThanOrEqual(10);
});

test('without Parallel Requests more are under way when the service answers all as fast', async () => {
  bench.sandbox.inject({ vendor: 'kinbox', kind: 'latency', ms: 60 });
  const { error } = await bench.run('contact', 'create', create, { items: rows(200) });
  expect(error).toBeUndefined();
  expect(bench.sandbox.metrics.kinbox.maxSimultaneous).toBeGreaterThan(10);
  expect(created()).toHaveLength(200);
});

test('Parallel Requests: 1 sends one after the other', async () => {
  bench.sandbox.inject({ vendor: 'kinbox', kind: 'latency', ms: 5 });
  await bench.run('contact', 'create', { ...create, options: { parallelRequests: 1 } }, { items: rows(10) });
  expect(bench.sandbox.metrics.kinbox.maxSimultaneous).toBe(1);
  expect(created()).toEqual(rows(10).map(({ name }) => name));
});

test('items that touch the same contact run in their order', async () => {
  const { rows: [ana] } = await bench.run('contact', 'create', { name: 'Ana', email: 'ana@example.com' });
  const before = bench.sandbox.requests.length;
  // Without the order, the first of them would answer last and win.
  bench.sandbox.inject({ vendor: 'kinbox', method: 'PATCH', kind: 'latency', ms: 200, times: 1 });
  const updates = Array.from({ length: 12 }, (_, index) => ({ id: ana!.id as string, notes: `note ${index}` }));
  const result = await bench.run('contact', 'update', { contactId: byId('={{ $json.id }}'), additionalFields: { notes: '={{ $json.notes }}' } }, { items: updates });
  expect(result.error).toBeUndefined();
  expect(bench.sandbox.requests.slice(before).filter(({ method }) => method === 'PATCH').map(({ body }) => (body as { notes: string }).notes)).toEqual(updates.map(({ notes }) => notes));
});

describe('bad rows', () => {
  const items = rows(30).map((row, index) => (index === 20 ? { ...row, name: '' } : row));

  test('stop: the row is named before anything is sent', async () => {
    const result = await bench.run('contact', 'create', { ...create, name: "={{ $json.name || ' ' }}" }, { items });
    expect(result.error!.message).toBe("'Name' is empty [item 20]");
    expect(result.requests).toEqual([]);
  });

  test('continue: the others are done, the bad one becomes an item with error', async () => {
    const result = await bench.run('contact', 'create', { ...create, name: "={{ $json.name || ' ' }}" }, { items, continueOnFail: true });
    expect(result.first).toHaveLength(30);
    expect(result.first[20]!.json).toEqual({ error: expect.stringMatching(/^'Name' is empty \[item 20\]\. Fill in 'Name'/) as string });
    expect(result.first[20]!.pairedItem).toEqual({ item: 20 });
    expect(created()).toHaveLength(29);
  });

  test('error output: good items on the first, the bad one with its input on the second', async () => {
    const result = await bench.run('contact', 'create', { ...create, name: "={{ $json.name || ' ' }}" }, { items: items.map((row, index) => ({ ...row, row: index })), onError: 'continueErrorOutput' });
    expect(result.outputs[0]).toHaveLength(29);
    expect(result.outputs[1]).toHaveLength(1);
    expect(result.outputs[1]![0]!.json).toMatchObject({ row: 20, email: 'person20@example.com', error: expect.stringMatching(/^'Name' is empty \[item 20\]/) as string });
  });
});

test('a refused item stops the rest, names itself and says how many were done', async () => {
  bench.sandbox.inject({ vendor: 'kinbox', kind: 'latency', ms: 10 });
  const items = rows(220);
  const known = (await bench.run('contact', 'getAll', { limit: 1 })).rows[0]!.id as string;
  const result = await bench.run('contact', 'get', { contactId: byId(`={{ $itemIndex < 30 ? '${known}' : '99999999' }}`) }, { items });
  expect(result.error!.message).toBe('Kinbox does not know this record [item 30]');
  expect(result.error!.description).toMatch(/\d+ items were already done/);
  expect(result.requests.length).toBeLessThan(60);
});

test('cancelling stops at once', async () => {
  bench.sandbox.inject({ vendor: 'kinbox', kind: 'latency', ms: 50 });
  const started = Date.now();
  const result = await bench.run('contact', 'create', create, { items: rows(500), cancelAfterMs: 300, skipSchema: true });
  expect(result.status).toBe('canceled');
  expect(Date.now() - started).toBeLessThan(2_000);
  // Those under way may still arrive; no new one leaves.
  await new Promise((resolve) => setTimeout(resolve, 100));
  const arrived = bench.sandbox.requests.length;
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(bench.sandbox.requests.length).toBe(arrived);
  expect(arrived).toBeLessThan(150);
});

test('long work shows progress in n8n’s log, and a summary on request', async () => {
  bench.sandbox.inject({ vendor: 'kinbox', kind: 'status', status: 429, times: 3, headers: { 'retry-after': '0.1' } });
  const result = await bench.run('contact', 'create', { ...create, options: { addSummary: true } }, { items: rows(200) });
  const progress = result.logs.filter(({ level, message }) => level === 'info' && / of 200 items done/.test(message));
  expect(progress).toHaveLength(10);
  expect(result.first).toHaveLength(201);
  expect(result.first.at(-1)!.json).toMatchObject({ summary: true, items: 200, done: 200, failed: 0, throttled: 3, requests: 203 });
  expect(created()).toHaveLength(200);
  expect(new Set(created()).size).toBe(200);
});

test('parameters are read once for each item', async () => {
  const read = jest.spyOn(ExecuteContext.prototype as unknown as { _getNodeParameter: () => unknown }, '_getNodeParameter');
  await bench.run('contact', 'create', create, { items: rows(50) });
  const collectionReads = read.mock.calls.filter((call) => (call as unknown[])[0] === 'additionalFields').length;
  read.mockRestore();
  expect(collectionReads).toBe(50);
});
