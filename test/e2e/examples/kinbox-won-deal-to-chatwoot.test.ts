/** The example in a real n8n: deals are won in Kinbox, and the published workflow's own polls find them. */
import { startSandbox, type Sandbox } from '../../sandbox';
import { addDeal } from '../../sandbox/kinbox/sales';
import { addContact } from '../../sandbox/kinbox/contacts';
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
  workflow = await n8n.client.importWorkflow(readExample('kinbox-won-deal-to-chatwoot.json'), credentials);
});

afterAll(async () => {
  await n8n.client.deactivate(workflow.id);
  await n8n.client.deleteWorkflow(workflow.id);
  await Promise.all(credentials.map(async ({ id }) => await n8n.client.deleteCredential(id)));
  await sandbox.close();
});

test('each deal that is won from now on is thanked for once; one without a phone is told and stops no other', async () => {
  const { state } = sandbox.kinbox;
  const now = () => sandbox.clock.now();
  const won = (name: string, contactId: number) => addDeal(state, contactId, { name, value: 100, status: 'won', wonLostDate: new Date(now()).toISOString() }, now());
  const dora = addContact(state, { name: 'Dora Campos', phone: '5585988880001', email: 'dora@example.com' }, now());
  const nobody = addContact(state, { name: 'Sem Telefone', email: 'sem@example.com' }, now());
  won('Before publishing', dora.id);
  await n8n.client.activate(workflow.id);

  won('Pedido 77', dora.id);
  won('Pedido 78', nobody.id);
  addDeal(state, dora.id, { name: 'Still open' }, now());
  const { id } = await n8n.client.waitForNewExecution(workflow.id, [], 100_000);
  const execution = await n8n.client.waitForExecution(id);
  expect(execution.error).toBeUndefined();
  expect(outputOf(execution, 'Deal Won').map(({ name }) => name).sort()).toEqual(['Pedido 77', 'Pedido 78']);

  const { contacts, conversations, messages } = sandbox.chatwoot.state;
  const made = [...contacts.values()].find(({ phoneNumber }) => phoneNumber === '+5585988880001')!;
  expect(made).toMatchObject({ name: 'Dora Campos', labels: ['vip'] });
  const [conversation] = [...conversations.values()].filter(({ contactId }) => contactId === made.id);
  expect(conversation).toMatchObject({ inboxId: 4 });
  expect([...messages.values()].filter(({ conversationId }) => conversationId === conversation!.id)).toMatchObject([
    { content: 'Olá Dora, o pedido Pedido 77 está pronto para retirada.', additionalAttributes: { template_params: { name: 'pedido_pronto' } } },
  ]);
  expect(outputOf(execution, 'Not Thanked')).toEqual([{ deal: 'Pedido 78', contact: 'Sem Telefone', reason: expect.stringContaining("'Phone'") }]);
  expect(sandbox.violations).toEqual([]);
});
