/** The example in a real n8n: a tag in Callbell takes the conversation, with its history, to a team in Chatwoot. */
import { startSandbox, type Sandbox } from '../../sandbox';
import { addContact } from '../../sandbox/callbell/contacts';
import { addHistory, receive } from '../../sandbox/callbell/messages';
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
  workflow = await n8n.client.importWorkflow(readExample('hand-over-callbell-to-chatwoot.json'), credentials);
  await n8n.client.activate(workflow.id);
});

afterEach(() => expect(sandbox.violations).toEqual([]));

afterAll(async () => {
  await n8n.client.deactivate(workflow.id);
  await n8n.client.deleteWorkflow(workflow.id);
  await Promise.all(credentials.map(async ({ id }) => await n8n.client.deleteCredential(id)));
  await sandbox.close();
});

const knownIds = async () => (await n8n.client.executions(workflow.id)).map(({ id }) => id);

/** Sets the tags as a colleague does in Callbell, which tells the webhook. */
async function tag(uuid: string, tags: string[]): Promise<void> {
  const answer = await fetch(`${sandbox.callbell.url}/contacts/${uuid}`, {
    method: 'PATCH', headers: { authorization: `Bearer ${sandbox.callbell.token}`, 'content-type': 'application/json' }, body: JSON.stringify({ tags }),
  });
  expect(answer.status).toBe(200);
}

async function handOver(uuid: string, tags: string[]): Promise<Execution> {
  const known = await knownIds();
  await tag(uuid, tags);
  const { id } = await n8n.client.waitForNewExecution(workflow.id, known);
  const execution = await n8n.client.waitForExecution(id);
  expect(execution.error).toBeUndefined();
  return execution;
}

test('contact, conversation and history are in Chatwoot, the conversation in Callbell is closed, once', async () => {
  const { state } = sandbox.callbell;
  const at = sandbox.clock.now() - 3_600_000;
  const person = addContact(state, { name: 'Nara Pinto', source: 'whatsapp', identifier: '5585988885001', phoneNumber: '+55 85 98888-5001', tags: ['VIP'] }, at);
  receive(state, person, 'Bom dia, vocês fazem bolo de casamento?', at);
  addHistory(state, person, { text: 'Fazemos sim! Para quantas pessoas?', status: 'sent', at: at + 60_000 });
  addHistory(state, person, { text: 'Quer orçamento para julho', status: 'note', at: at + 90_000 });
  receive(state, person, 'Umas 80', at + 120_000);

  const execution = await handOver(person.uuid, ['VIP', 'Interested']);
  expect(outputOf(execution, 'Note Why Not')).toEqual([]);
  const { contacts, conversations, messages } = sandbox.chatwoot.state;
  const contact = [...contacts.values()].find(({ phoneNumber }) => phoneNumber === '+5585988885001')!;
  expect(contact).toMatchObject({ name: 'Nara Pinto' });
  const made = [...conversations.values()].filter(({ contactId }) => contactId === contact.id);
  expect(made).toMatchObject([{ inboxId: 2, teamId: 1 }]);
  const notes = [...messages.values()].filter(({ conversationId, private: note }) => conversationId === made[0]!.id && note);
  expect(notes).toHaveLength(1);
  const time = String.raw`\d{4}-\d\d-\d\d \d\d:\d\d  `;
  expect(notes[0]!.content).toMatch(new RegExp([
    String.raw`^\*\*So far in Callbell\*\*\n`,
    `${time}Nara Pinto: Bom dia, vocês fazem bolo de casamento\\?`,
    `${time}Team: Fazemos sim! Para quantas pessoas\\?`,
    `${time}Note: Quer orçamento para julho`,
    `${time}Nara Pinto: Umas 80$`,
  ].join('\n')));
  expect([...messages.values()].filter(({ conversationId, type, private: note }) => conversationId === made[0]!.id && type === 1 && !note)).toEqual([]);

  expect(person.tags).toEqual(['VIP']);
  expect(person.closedAt).not.toBeNull();
  expect(person.messages[0]).toMatchObject({ status: 'note', text: `Goes on in Chatwoot, conversation ${made[0]!.displayId}.` });

  // The contact changes again, and what the workflow itself changed is told too: nothing more happens.
  const known = await knownIds();
  await tag(person.uuid, ['VIP', 'Cliente']);
  await sandbox.settled();
  expect(await knownIds()).toEqual(known);
  expect([...conversations.values()].filter(({ contactId }) => contactId === contact.id)).toHaveLength(1);
});

test('what Chatwoot refuses stands as a note in Callbell, where the conversation stays open', async () => {
  const { state } = sandbox.callbell;
  const person = addContact(state, { name: 'Caio Reis', source: 'whatsapp', identifier: '5585988885002', phoneNumber: '+5585988885002' }, sandbox.clock.now());
  sandbox.chatwoot.state.teams.delete(1);
  await handOver(person.uuid, ['Interested']);
  expect(person.messages[0]).toMatchObject({ status: 'note', text: expect.stringMatching(/^Could not be handed over to Chatwoot: 'Team' 1 is not in account 1/) });
  expect(person.closedAt).toBeNull();
  expect(person.tags).toEqual([]);
});
