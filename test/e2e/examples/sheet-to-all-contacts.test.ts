/** The example in a real n8n: run twice, it creates once; a row that is refused is told and stops nobody. */
import { startSandbox, type Sandbox } from '../../sandbox';
import { outputOf, type StoredCredential, type StoredWorkflow } from '../client';
import { createSandboxCredentials, readExample } from '../examples';
import { sharedN8n, type SharedN8n } from '../shared';

let n8n: SharedN8n;
let sandbox: Sandbox;
let credentials: StoredCredential[];
let workflow: StoredWorkflow;

beforeAll(async () => {
  n8n = await sharedN8n();
  sandbox = await startSandbox();
  credentials = await createSandboxCredentials(n8n.client, sandbox);
  workflow = await n8n.client.importWorkflow(readExample('sheet-to-all-contacts.json'), credentials);
});

afterAll(async () => {
  await n8n.client.deleteWorkflow(workflow.id);
  await Promise.all(credentials.map(async ({ id }) => await n8n.client.deleteCredential(id)));
  await sandbox.close();
});

beforeEach(() => sandbox.reset());

const run = async () => {
  const execution = await n8n.client.runWorkflow(workflow.id);
  expect(execution.error).toBeUndefined();
  return outputOf(execution, 'Result per Row');
};
const sizes = () => ({ kinbox: sandbox.kinbox.state.contacts.size, chatwoot: sandbox.chatwoot.state.contacts.size, callbell: sandbox.callbell.state.contacts.length });

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
  expect(sandbox.violations).toEqual([]);
});

test('what one service refuses is still done in the other two', async () => {
  const taken = [...sandbox.chatwoot.state.contacts.values()][0]!;
  taken.email = 'ana.souza@example.com';
  sandbox.chatwoot.state.contacts.set(taken.id, taken);
  const [ana, bruno] = await run();
  expect(ana).toMatchObject({ name: 'Ana Souza', Kinbox: 'created', Callbell: 'created or updated', 'Chatwoot ID': null });
  expect(ana!.Chatwoot).toContain("'Email'");
  expect(bruno).toMatchObject({ name: 'Bruno Lima', Chatwoot: 'created' });
  expect([...sandbox.kinbox.state.contacts.values()].some(({ phone }) => phone === '5585988884321')).toBe(true);
});
