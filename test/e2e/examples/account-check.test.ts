/** The example in a real n8n: what three accounts answer becomes one page, without any of their data. */
import { outputOf } from '../client';
import { useExample } from '../useExample';

const example = useExample('account-check.json');

test('one page of what the three services answer, and nothing of whom they know', async () => {
  const { sandbox } = example;
  const execution = await example.run();
  const rows = outputOf(execution, 'All Rows');
  for (const service of ['Kinbox', 'Chatwoot', 'Callbell']) expect(rows.filter((row) => row.service === service && row.outcome === 'ok').length).toBeGreaterThan(10);
  expect(rows.filter(({ outcome }) => outcome === 'differs' || outcome === 'failed')).toEqual([]);
  expect(new Set(sandbox.requests.map(({ method }) => method))).toEqual(new Set(['GET']));
  const [file] = execution.runData['Report as File']![0]!.data!.main![0]!;
  expect(file!.binary!.data!.fileName).toBe('account-check.html');
  const page = (await example.n8n.client.binary(file!.binary!.data!)).toString('utf8').replace(/^\uFEFF/, '');
  expect(page).toMatch(/^<table.*GET \/v3\/contacts.*<\/table>$/s);
  const people = [...sandbox.kinbox.state.contacts.values()].flatMap(({ name, phone, email }) => [name, phone, email]);
  for (const one of [...people, ...sandbox.callbell.state.contacts.map(({ name }) => name), 'Loja Exemplo', 'Marina']) if (one) expect(page).not.toContain(one);
});

test('a service that cannot be asked is one row with the reason; the others are told', async () => {
  example.sandbox.inject({ kind: 'status', vendor: 'callbell', status: 401 });
  const rows = outputOf(await example.run(), 'All Rows').filter(({ service }) => service === 'Callbell');
  expect(rows).toEqual([expect.objectContaining({ outcome: 'failed', what: expect.stringContaining('did not accept the token') })]);
  example.sandbox.clearFaults();
});
