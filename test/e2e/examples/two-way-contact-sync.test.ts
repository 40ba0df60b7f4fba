/** The example in a real n8n: a change on either side is written once on the other side, and then nothing moves. */
import { startSandbox, type RecordedRequest, type Sandbox } from '../../sandbox';
import { addContact, changeContact } from '../../sandbox/kinbox/contacts';
import { outputOf, type StoredCredential, type StoredWorkflow, type WorkflowFile } from '../client';
import { createSandboxCredentials, readExample } from '../examples';
import { sharedN8n, type SharedN8n } from '../shared';

const pollSeconds = 2;
let n8n: SharedN8n;
let sandbox: Sandbox;
let credentials: StoredCredential[];
let workflow: StoredWorkflow;

/** The example with rounds of two seconds instead of five minutes. */
function quickRounds(example: WorkflowFile): WorkflowFile {
  const schedule = example.nodes.find(({ name }) => name === 'Every 5 Minutes')!;
  schedule.parameters = { rule: { interval: [{ field: 'seconds', secondsInterval: pollSeconds }] } };
  return example;
}

beforeAll(async () => {
  n8n = await sharedN8n();
  sandbox = await startSandbox();
  credentials = await createSandboxCredentials(n8n.client, sandbox);
  workflow = await n8n.client.importWorkflow(quickRounds(readExample('two-way-contact-sync.json')), credentials);
  await n8n.client.activate(workflow.id);
});

afterAll(async () => {
  await n8n.client.deactivate(workflow.id);
  await n8n.client.deleteWorkflow(workflow.id);
  await Promise.all(credentials.map(async ({ id }) => await n8n.client.deleteCredential(id)));
  await sandbox.close();
});

const contactWrites = ['v3CreateContact', 'v3UpdateContact', 'createContact', 'patchContact', 'updateContact'];
const writesSince = (from: number) => sandbox.requests.slice(from).filter(({ operationId }) => contactWrites.includes(operationId ?? ''));
const rounds = () => sandbox.requests.filter(({ operationId, query }) => operationId === 'v3ListContacts' && query.phone === undefined).length;
const until = async (what: string, isTrue: () => boolean) => {
  for (const deadline = Date.now() + 60_000; !isTrue(); await new Promise((done) => setTimeout(done, 50))) {
    if (Date.now() > deadline) throw new Error(`Never came: ${what}`);
  }
};
/** Waits for further rounds, and until what they and the webhooks have started is over. */
const pass = async (count: number) => {
  const first = rounds();
  await until(`${count} rounds`, () => rounds() >= first + count);
  await sandbox.settled();
  const started = await n8n.client.executions(workflow.id);
  for (const { id, status } of started) if (status === 'new' || status === 'running') await n8n.client.waitForExecution(id);
};
/** Everything that was written after a change, once two more rounds have brought nothing. */
async function writesAfter(change: () => Promise<void> | void): Promise<RecordedRequest[]> {
  const from = sandbox.requests.length;
  await change();
  let seen: number;
  do {
    seen = writesSince(from).length;
    await pass(2);
  } while (writesSince(from).length !== seen);
  return writesSince(from);
}
const inChatwoot = async (method: 'POST' | 'PATCH', path: string, body: object) => {
  const { url, tokens, accountId } = sandbox.chatwoot;
  const answer = await fetch(`${url}/api/v1/accounts/${accountId}/contacts${path}`, { method, headers: { api_access_token: tokens.administrator, 'content-type': 'application/json' }, body: JSON.stringify(body) });
  expect(answer.status).toBe(200);
};
const kinboxBy = (phone: string) => [...sandbox.kinbox.state.contacts.values()].filter((one) => one.phone === phone);
const chatwootBy = (phone: string) => [...sandbox.chatwoot.state.contacts.values()].filter(({ phoneNumber, accountId }) => phoneNumber === phone && accountId === sandbox.chatwoot.accountId);
const summaryOf = (requests: RecordedRequest[]) => requests.map(({ vendor, method, body }) => [vendor, method, body]);

test('the first round brings Chatwoot to the state of Kinbox, and then all is quiet', async () => {
  await writesAfter(() => undefined);
  for (const { phone, name, email } of sandbox.kinbox.state.contacts.values()) {
    if (phone) expect(chatwootBy(`+${phone}`)).toMatchObject([{ name, ...(email ? { email: email.toLowerCase() } : {}) }]);
  }
  // What was brought to Chatwoot is no news to Kinbox.
  expect(writesSince(0).filter(({ vendor }) => vendor === 'kinbox')).toEqual([]);
  expect(writesSince(0).length).toBeGreaterThan(0);
  expect(sandbox.violations).toEqual([]);
});

/** One person on both sides. */
const pair = () => {
  const person = [...sandbox.kinbox.state.contacts.values()].find(({ phone }) => phone)!;
  return { person, twin: chatwootBy(`+${person.phone}`)[0]! };
};

test('a change in Chatwoot is written to Kinbox once, and what is not kept on both sides not at all', async () => {
  const { person, twin } = pair();
  const over = await writesAfter(async () => await inChatwoot('PATCH', `/${twin.id}`, { name: 'Maria de Chatwoot', email: 'maria@example.com' }));
  expect(summaryOf(over)).toEqual([
    ['chatwoot', 'PATCH', { name: 'Maria de Chatwoot', email: 'maria@example.com' }],
    ['kinbox', 'PATCH', { name: 'Maria de Chatwoot', email: 'maria@example.com' }],
  ]);
  expect(person).toMatchObject({ name: 'Maria de Chatwoot', email: 'maria@example.com' });
  expect(await writesAfter(async () => await inChatwoot('PATCH', `/${twin.id}`, { additional_attributes: { city: 'Sobral' } }))).toHaveLength(1);
  expect(sandbox.violations).toEqual([]);
});

test('a change in Kinbox is written to Chatwoot once, also one back to what was before', async () => {
  const { person, twin } = pair();
  const back = await writesAfter(() => void changeContact(sandbox.kinbox.state, person, { name: 'Maria de Kinbox' }, sandbox.clock.now()));
  expect(summaryOf(back)).toEqual([['chatwoot', 'PATCH', { name: 'Maria de Kinbox', email: 'maria@example.com' }]]);
  expect(twin).toMatchObject({ name: 'Maria de Kinbox' });
  const again = await writesAfter(() => void changeContact(sandbox.kinbox.state, person, { name: 'Maria de Chatwoot' }, sandbox.clock.now()));
  expect(summaryOf(again)).toEqual([['chatwoot', 'PATCH', { name: 'Maria de Chatwoot', email: 'maria@example.com' }]]);
  expect(sandbox.violations).toEqual([]);
});

test('who is new on one side is created on the other, once, and found with and without the ninth digit', async () => {
  expect(summaryOf(await writesAfter(async () => await inChatwoot('POST', '', { name: 'Nova Pessoa', phone_number: '+5585988880101' })))).toEqual([
    ['chatwoot', 'POST', expect.objectContaining({ name: 'Nova Pessoa' })],
    ['kinbox', 'POST', expect.objectContaining({ name: 'Nova Pessoa', phone: '5585988880101' })],
  ]);
  expect(summaryOf(await writesAfter(() => void addContact(sandbox.kinbox.state, { name: 'Outra Pessoa', phone: '5585988880202' }, sandbox.clock.now())))).toEqual([
    ['chatwoot', 'POST', expect.objectContaining({ name: 'Outra Pessoa', phone_number: '+5585988880202' })],
  ]);
  expect(kinboxBy('5585988880101')).toHaveLength(1);
  expect(kinboxBy('5585988880202')).toHaveLength(1);

  // The same person as Nova Pessoa.
  expect(await writesAfter(() => void addContact(sandbox.kinbox.state, { name: 'Nova Pessoa', phone: '558588880101' }, sandbox.clock.now()))).toEqual([]);
  expect(chatwootBy('+558588880101')).toEqual([]);
  expect(sandbox.violations).toEqual([]);
});

test('who is refused is told with the reason, and stops nobody else', async () => {
  const { state } = sandbox.kinbox;
  const known = (await n8n.client.executions(workflow.id)).map(({ id }) => id);
  const taken = [...sandbox.chatwoot.state.contacts.values()].find(({ email, accountId }) => email !== null && accountId === sandbox.chatwoot.accountId)!.email!;
  const writes = await writesAfter(() => {
    addContact(state, { name: 'Mesmo E-mail', phone: '5585988880303', email: taken }, sandbox.clock.now());
    addContact(state, { name: 'Boa Pessoa', phone: '5585988880404' }, sandbox.clock.now() + 1);
  });
  expect(writes.map(({ status }) => status).sort()).toEqual([200, 422]);
  expect(chatwootBy('+5585988880404')).toHaveLength(1);
  const told = [];
  for (const { id } of (await n8n.client.executions(workflow.id)).filter((one) => !known.includes(one.id))) told.push(...outputOf(await n8n.client.waitForExecution(id), 'Not Taken Over'));
  expect(told).toEqual([{ name: 'Mesmo E-mail', phone: '+5585988880303', reason: expect.stringMatching(/has this 'Email' already/) }]);
  expect(sandbox.violations).toEqual([]);
});
