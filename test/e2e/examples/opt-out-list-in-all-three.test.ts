/** The example in a real n8n: people write STOP on each of the three platforms, and no campaign reaches them. */
import { startSandbox, type Sandbox } from '../../sandbox';
import { addContact as addToCallbell } from '../../sandbox/callbell/contacts';
import { messageEvent, receive } from '../../sandbox/callbell/messages';
import { addContact as addToKinbox } from '../../sandbox/kinbox/contacts';
import { outputOf, type Execution, type StoredCredential, type StoredWorkflow } from '../client';
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
  workflow = await n8n.client.importWorkflow(readExample('opt-out-list-in-all-three.json'), credentials);
  await n8n.client.activate(workflow.id);
});

afterEach(() => expect(sandbox.violations).toEqual([]));

afterAll(async () => {
  await n8n.client.deactivate(workflow.id);
  await n8n.client.deleteWorkflow(workflow.id);
  await Promise.all(credentials.map(async ({ id }) => await n8n.client.deleteCredential(id)));
  await sandbox.close();
});

/** What the person does, and the execution that it starts. */
async function started(act: () => Promise<unknown>): Promise<Execution> {
  const known = (await n8n.client.executions(workflow.id)).map(({ id }) => id);
  await act();
  const { id } = await n8n.client.waitForNewExecution(workflow.id, known);
  const execution = await n8n.client.waitForExecution(id);
  expect(execution.error).toBeUndefined();
  return execution;
}

async function chatwoot<T>(path: string, body: object): Promise<T> {
  const answer = await fetch(`${sandbox.chatwoot.url}/api/v1/accounts/1${path}`, {
    method: 'POST', headers: { api_access_token: sandbox.chatwoot.tokens.administrator, 'content-type': 'application/json' }, body: JSON.stringify(body),
  });
  expect(answer.status).toBe(200);
  return (await answer.json()) as T;
}

const inKinbox = (phone: string) => [...sandbox.kinbox.state.contacts.values()].find((one) => one.phone === phone.slice(1));
const inChatwoot = (phone: string) => [...sandbox.chatwoot.state.contacts.values()].find((one) => one.phoneNumber === phone);
const inCallbell = (phone: string) => sandbox.callbell.state.contacts.find(({ phoneNumber }) => phoneNumber?.replace(/\D/g, '') === phone.slice(1));
const marksOf = (phone: string) => ({
  kinbox: inKinbox(phone)?.customFields['aceita-novidades'], chatwoot: inChatwoot(phone)?.labels, callbell: inCallbell(phone)?.tags,
});
const marked = { kinbox: { value: false }, chatwoot: ['opt-out'], callbell: ['Sem interesse'] };

const chatwootPhone = '+5585988886001';
const callbellPhone = '+5585988886002';
const kinboxPhone = '+5585988886003';

test('STOP in Chatwoot marks the person in all three; the other custom fields stay', async () => {
  const { state } = sandbox.chatwoot;
  const person = inChatwoot([...state.contacts.values()].find(({ phoneNumber }) => phoneNumber !== null)!.phoneNumber!)!;
  Object.assign(person, { phoneNumber: chatwootPhone, labels: ['newsletter'] });
  addToKinbox(sandbox.kinbox.state, { name: 'Known', phone: chatwootPhone.slice(1), customFields: { cidade: { value: 'Fortaleza' } } }, sandbox.clock.now());
  const { id } = await chatwoot<{ id: number }>('/conversations', { contact_id: person.id, inbox_id: 2 });

  const chat = await started(async () => await chatwoot(`/conversations/${id}/messages`, { content: 'Quando posso parar para buscar?', message_type: 'incoming' }));
  expect(outputOf(chat, 'Wants Out')).toEqual([]);
  expect(marksOf(chatwootPhone)).toEqual({ kinbox: undefined, chatwoot: ['newsletter'], callbell: undefined });

  const execution = await started(async () => await chatwoot(`/conversations/${id}/messages`, { content: ' Sair. ', message_type: 'incoming' }));
  expect(outputOf(execution, 'Not Marked')).toEqual([]);
  expect(marksOf(chatwootPhone)).toEqual(marked);
  expect(inKinbox(chatwootPhone)!.customFields).toMatchObject({ cidade: { value: 'Fortaleza' } });
});

test('STOP in Callbell keeps the tags that the person has', async () => {
  const { state } = sandbox.callbell;
  const person = addToCallbell(state, { name: 'Rui Vaz', source: 'whatsapp', identifier: callbellPhone.slice(1), phoneNumber: callbellPhone, tags: ['VIP'] }, sandbox.clock.now());
  const event = { event: 'message_created', payload: messageEvent(state, person, receive(state, person, 'STOP', sandbox.clock.now())) };
  const execution = await started(async () => await fetch(state.webhook!.url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(event) }));
  expect(outputOf(execution, 'Not Marked')).toEqual([]);
  expect(marksOf(callbellPhone)).toEqual({ ...marked, callbell: ['VIP', 'Sem interesse'] });
});

test('STOP in Kinbox, told by a scenario; a system that refuses is named, the other two are marked', async () => {
  const path = workflow.nodes.find(({ name }) => name === 'Scenario in Kinbox')!.webhookId!;
  sandbox.callbell.state.tags = sandbox.callbell.state.tags.filter((tag) => tag !== 'Sem interesse');
  const execution = await started(async () => {
    const answer = await n8n.client.callWebhook(`${path}/webhook`, { name: 'Eva Luz', phone: '(85) 98888-6003', text: 'parar' });
    expect(answer.status).toBe(200);
  });
  sandbox.callbell.state.tags.push('Sem interesse');
  expect(outputOf(execution, 'Not Marked')).toEqual([{ phone: '(85) 98888-6003', name: 'Eva Luz', reason: expect.stringContaining("'Sem interesse' does not exist") }]);
  expect(marksOf(kinboxPhone)).toMatchObject({ kinbox: { value: false }, chatwoot: ['opt-out'] });
});

test('no campaign has a person who is marked', async () => {
  const { state } = sandbox.callbell;
  const vip = state.contacts.filter(({ tags, source }) => tags.includes('VIP') && source === 'whatsapp');
  expect(vip.length).toBeGreaterThan(1);
  const execution = await n8n.client.runWorkflow(workflow.id, 'Start Campaigns by Hand');
  expect(execution.error).toBeUndefined();
  await sandbox.settled();

  const campaign = [...sandbox.kinbox.state.campaigns.values()].at(-1)!;
  const everybody = [...sandbox.kinbox.state.contacts.values()].flatMap(({ phone }) => phone ?? []);
  expect(everybody).toEqual(expect.arrayContaining([chatwootPhone, callbellPhone, kinboxPhone].map((phone) => phone.slice(1))));
  expect([...campaign.leads].sort()).toEqual(everybody.filter((phone) => !/^558598888600[123]$/.test(phone)).sort());

  expect(outputOf(execution, 'Campaign in Chatwoot')).toEqual([expect.objectContaining({ audience: expect.anything() })]);
  const newsletter = [...sandbox.chatwoot.state.contacts.values()].filter(({ labels }) => labels.includes('newsletter'));
  expect(newsletter.filter(({ labels }) => labels.includes('opt-out'))).toEqual([]);

  const planned = outputOf(execution, 'Campaign in Callbell').map(({ phone }) => phone);
  expect(planned).toHaveLength(vip.length - 1);
  expect(planned).not.toContain(callbellPhone);
});
