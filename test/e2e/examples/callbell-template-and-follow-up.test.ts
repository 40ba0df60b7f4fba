/** The example in a real n8n: the dry run shows who would get the template, and a reply is followed up. */
import { startSandbox, type Sandbox } from '../../sandbox';
import { messageEvent, receive } from '../../sandbox/callbell/messages';
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
  workflow = await n8n.client.importWorkflow(readExample('callbell-template-and-follow-up.json'), credentials);
  await n8n.client.activate(workflow.id);
});

afterAll(async () => {
  await n8n.client.deactivate(workflow.id);
  await n8n.client.deleteWorkflow(workflow.id);
  await Promise.all(credentials.map(async ({ id }) => await n8n.client.deleteCredential(id)));
  await sandbox.close();
});

test('by hand: everyone with the tag is shown with their own text, nothing is sent', async () => {
  const execution = await n8n.client.runWorkflow(workflow.id, 'Start by Hand');
  const rows = outputOf(execution, 'Send Template');
  const tagged = sandbox.callbell.state.contacts.filter(({ tags }) => tags.includes('Call back'));
  expect(rows.map(({ name, status, text }) => [name, status, text])).toEqual(tagged.map(({ name }) => [name, 'dryRun', `Olá ${name!.split(' ')[0]}, bem-vindo!`]));
  expect(sandbox.requests.filter(({ operationId }) => operationId === 'sendMessage')).toEqual([]);
});

test('a reply changes the tags and leaves a note', async () => {
  const { state } = sandbox.callbell;
  const contact = state.contacts.find(({ tags }) => tags.includes('Call back'))!;
  const event = { event: 'message_created', payload: messageEvent(state, contact, receive(state, contact, 'Sim, por favor', sandbox.clock.now())) };
  const answer = await fetch(state.webhook!.url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(event) });
  expect(answer.status).toBe(200);
  const known = (await n8n.client.executions(workflow.id)).filter(({ mode }) => mode === 'manual').map(({ id }) => id);
  const { id } = await n8n.client.waitForNewExecution(workflow.id, known);
  const execution = await n8n.client.waitForExecution(id);
  expect(execution.error).toBeUndefined();
  expect(contact.tags).toEqual(['Interested']);
  expect(contact.messages[0]).toMatchObject({ status: 'note', text: 'Answered the campaign: Sim, por favor' });
  expect(sandbox.violations).toEqual([]);
});
