/** The example in a real n8n: run twice, it creates once; a row that is refused is told and stops nobody. */
import { outputOf } from '../client';
import { useExample } from '../useExample';

const example = useExample('sheet-to-all-contacts.json');

beforeEach(() => example.sandbox.reset());

const run = async () => outputOf(await example.run(), 'Result per Row');
const sizes = () => ({ kinbox: example.sandbox.kinbox.state.contacts.size, chatwoot: example.sandbox.chatwoot.state.contacts.size, callbell: example.sandbox.callbell.state.contacts.length });

test('creates each person once in each service; the wrong row is refused by all three', async () => {
  const before = sizes();
  const first = await run();
  expect(first.map(({ name, Kinbox, Chatwoot, Callbell }) => [name, Kinbox, Chatwoot, Callbell])).toEqual([
    ['Ana Souza', 'created', 'created', 'created or updated'],
    ['Bruno Lima', 'created', 'created', 'created or updated'],
    ['Carla Dias', ...Array<unknown>(3).fill(expect.stringContaining("'Phone'"))],
    ['Elena Ferreira', 'created', 'created', 'created or updated'],
  ]);
  expect(sizes()).toEqual({ kinbox: before.kinbox + 3, chatwoot: before.chatwoot + 3, callbell: before.callbell + 3 });

  const second = await run();
  expect(second.map(({ Kinbox, Chatwoot }) => [Kinbox, Chatwoot]).filter((_, row) => row !== 2)).toEqual(Array(3).fill(['updated', 'updated']));
  for (const system of ['Kinbox', 'Chatwoot', 'Callbell']) expect(second.map((line) => line[`${system} ID`])).toEqual(first.map((line) => line[`${system} ID`]));
  expect(sizes()).toEqual({ kinbox: before.kinbox + 3, chatwoot: before.chatwoot + 3, callbell: before.callbell + 3 });
});

test('what one service refuses is still done in the other two', async () => {
  const taken = [...example.sandbox.chatwoot.state.contacts.values()][0]!;
  taken.email = 'ana.souza@example.com';
  example.sandbox.chatwoot.state.contacts.set(taken.id, taken);
  const [ana, bruno] = await run();
  expect(ana).toMatchObject({ name: 'Ana Souza', Kinbox: 'created', Callbell: 'created or updated', 'Chatwoot ID': null });
  expect(ana!.Chatwoot).toContain("'Email'");
  expect(bruno).toMatchObject({ name: 'Bruno Lima', Chatwoot: 'created' });
  expect([...example.sandbox.kinbox.state.contacts.values()].some(({ phone }) => phone === '5585988884321')).toBe(true);
});
