/** The example in a real n8n: a change on either side is written once on the other side, and then nothing moves. */
import type { RecordedRequest } from '../../sandbox';
import { addContact, changeContact } from '../../sandbox/kinbox/contacts';
import { outputOf, type WorkflowFile } from '../client';
import { useExample } from '../useExample';

const pollSeconds = 2;

/** The example with rounds of two seconds instead of five minutes. */
function quickRounds(workflow: WorkflowFile): WorkflowFile {
  const schedule = workflow.nodes.find(({ name }) => name === 'Every 5 Minutes')!;
  schedule.parameters = { rule: { interval: [{ field: 'seconds', secondsInterval: pollSeconds }] } };
  return workflow;
}

const example = useExample('two-way-contact-sync.json', { change: quickRounds, activate: true });

const contactWrites = ['v3CreateContact', 'v3UpdateContact', 'createContact', 'patchContact', 'updateContact'];
const writesSince = (from: number) => example.sandbox.requests.slice(from).filter(({ operationId }) => contactWrites.includes(operationId ?? ''));
const rounds = () => example.sandbox.requests.filter(({ operationId, query }) => operationId === 'v3ListContacts' && query.phone === undefined).length;
const until = async (what: string, isTrue: () => boolean) => {
  for (const deadline = Date.now() + 60_000; !isTrue(); await new Promise((done) => setTimeout(done, 50))) {
    if (Date.now() > deadline) throw new Error(`Never came: ${what}`);
  }
};
/** Waits for further rounds, and until what they and the webhooks have started is over. */
const pass = async (count: number) => {
  const first = rounds();
  await until(`${count} rounds`, () => rounds() >= first + count);
  await example.sandbox.settled();
  const started = await example.n8n.client.executions(example.workflow.id);
  for (const { id, status } of started) if (status === 'new' || status === 'running') await example.n8n.client.waitForExecution(id);
};
/** Everything that was written after a change, once two more rounds have brought nothing. */
async function writesAfter(change: () => Promise<void> | void): Promise<RecordedRequest[]> {
  const from = example.sandbox.requests.length;
  await change();
  let seen: number;
  do {
    seen = writesSince(from).length;
    await pass(2);
  } while (writesSince(from).length !== seen);
  return writesSince(from);
}
const inChatwoot = async (method: 'POST' | 'PATCH', path: string, body: object) => void (await example.chatwoot(method, `/contacts${path}`, body));
const kinboxBy = (phone: string) => [...example.sandbox.kinbox.state.contacts.values()].filter((one) => one.phone === phone);
const chatwootBy = (phone: string) => [...example.sandbox.chatwoot.state.contacts.values()].filter(({ phoneNumber, accountId }) => phoneNumber === phone && accountId === example.sandbox.chatwoot.accountId);
const summaryOf = (requests: RecordedRequest[]) => requests.map(({ vendor, method, body }) => [vendor, method, body]);

test('the first round brings Chatwoot to the state of Kinbox, and then all is quiet', async () => {
  await writesAfter(() => undefined);
  for (const { phone, name, email } of example.sandbox.kinbox.state.contacts.values()) {
    if (phone) expect(chatwootBy(`+${phone}`)).toMatchObject([{ name, ...(email ? { email: email.toLowerCase() } : {}) }]);
  }
  // What was brought to Chatwoot is no news to Kinbox.
  expect(writesSince(0).filter(({ vendor }) => vendor === 'kinbox')).toEqual([]);
  expect(writesSince(0).length).toBeGreaterThan(0);
});

/** One person on both sides. */
const pair = () => {
  const person = [...example.sandbox.kinbox.state.contacts.values()].find(({ phone }) => phone)!;
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
});

test('a change in Kinbox is written to Chatwoot once, also one back to what was before', async () => {
  const { sandbox } = example;
  const { person, twin } = pair();
  const back = await writesAfter(() => void changeContact(sandbox.kinbox.state, person, { name: 'Maria de Kinbox' }, sandbox.clock.now()));
  expect(summaryOf(back)).toEqual([['chatwoot', 'PATCH', { name: 'Maria de Kinbox', email: 'maria@example.com' }]]);
  expect(twin).toMatchObject({ name: 'Maria de Kinbox' });
  const again = await writesAfter(() => void changeContact(sandbox.kinbox.state, person, { name: 'Maria de Chatwoot' }, sandbox.clock.now()));
  expect(summaryOf(again)).toEqual([['chatwoot', 'PATCH', { name: 'Maria de Chatwoot', email: 'maria@example.com' }]]);
});

test('who is new on one side is created on the other, once, and found with and without the ninth digit', async () => {
  const { sandbox } = example;
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
});

test('who is refused is told with the reason, and stops nobody else', async () => {
  const { sandbox } = example;
  const { state } = sandbox.kinbox;
  const known = await example.executionIds();
  const taken = [...sandbox.chatwoot.state.contacts.values()].find(({ email, accountId }) => email !== null && accountId === sandbox.chatwoot.accountId)!.email!;
  const writes = await writesAfter(() => {
    addContact(state, { name: 'Mesmo E-mail', phone: '5585988880303', email: taken }, sandbox.clock.now());
    addContact(state, { name: 'Boa Pessoa', phone: '5585988880404' }, sandbox.clock.now() + 1);
  });
  expect(writes.map(({ status }) => status).sort()).toEqual([200, 422]);
  expect(chatwootBy('+5585988880404')).toHaveLength(1);
  const told = [];
  for (const { id } of (await example.n8n.client.executions(example.workflow.id)).filter((one) => !known.includes(one.id))) told.push(...outputOf(await example.n8n.client.waitForExecution(id), 'Not Taken Over'));
  expect(told).toEqual([{ name: 'Mesmo E-mail', phone: '+5585988880303', reason: expect.stringMatching(/has this 'Email' already/) }]);
});

test('a look-up that failed is no difference: nothing is written, and it is told', async () => {
  const { sandbox } = example;
  const known = await example.executionIds();
  sandbox.inject({ kind: 'status', vendor: 'kinbox', method: 'GET', path: /\/v3\/contacts$/, status: 403, times: 1_000 });
  const { twin } = pair();
  await inChatwoot('PATCH', `/${twin.id}`, { name: 'Nome Novo' });
  await until('the execution', () => sandbox.requests.some(({ vendor, status }) => vendor === 'kinbox' && status === 403));
  await sandbox.settled();
  const told = [];
  for (const { id } of (await example.n8n.client.executions(example.workflow.id)).filter((one) => !known.includes(one.id))) told.push(...outputOf(await example.n8n.client.waitForExecution(id), 'Not Taken Over'));
  expect(told).toContainEqual({ name: 'Nome Novo', phone: twin.phoneNumber, reason: expect.any(String) });
  expect(writesSince(0).filter(({ vendor, body }) => vendor === 'kinbox' && (body as { name?: string }).name === 'Nome Novo')).toEqual([]);
});
