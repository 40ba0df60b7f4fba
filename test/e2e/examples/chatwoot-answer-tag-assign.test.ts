/** The example in a real n8n: people write, Chatwoot's signed events reach the published workflow, and it answers once. */
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
  workflow = await n8n.client.importWorkflow(readExample('chatwoot-answer-tag-assign.json'), credentials);
  await n8n.client.activate(workflow.id);
});

afterAll(async () => {
  await n8n.client.deactivate(workflow.id);
  expect(sandbox.chatwoot.state.webhooks.size).toBe(0);
  await n8n.client.deleteWorkflow(workflow.id);
  await Promise.all(credentials.map(async ({ id }) => await n8n.client.deleteCredential(id)));
  await sandbox.close();
});

/** A request to Chatwoot as an administrator of account 1. */
async function chatwoot<T>(path: string, body: object): Promise<T> {
  const answer = await fetch(`${sandbox.chatwoot.url}/api/v1/accounts/1${path}`, {
    method: 'POST', headers: { api_access_token: sandbox.chatwoot.tokens.administrator, 'content-type': 'application/json' }, body: JSON.stringify(body),
  });
  expect(answer.status).toBe(200);
  return (await answer.json()) as T;
}

const knownIds = async () => (await n8n.client.executions(workflow.id)).map(({ id }) => id);
const startConversation = async (contactId: number) => (await chatwoot<{ id: number }>('/conversations', { contact_id: contactId, inbox_id: 2 })).id;
const write = async (conversation: number, content: string) => await chatwoot(`/conversations/${conversation}/messages`, { content, message_type: 'incoming' });
const conversationOf = (displayId: number) => [...sandbox.chatwoot.state.conversations.values()].find((one) => one.accountId === 1 && one.displayId === displayId)!;
const messagesOf = (displayId: number) => [...sandbox.chatwoot.state.messages.values()].filter(({ conversationId }) => conversationId === conversationOf(displayId).id);

test.each([
  ['Meu pão chegou QUEBRADO', 'Return', { labels: ['troca'], teamId: 2 }, /Sentimos muito/],
  ['Quanto custa um bolo?', 'Quote', { labels: ['orçamento'], teamId: 1 }, /equipe de vendas/],
  ['Bom dia', 'Anything Else', { labels: ['novo'], teamId: 1 }, /Recebemos a sua mensagem/],
])('"%s" is answered, labelled and assigned as %s', async (text, topic, expected, answer) => {
  const known = await knownIds();
  const conversation = await startConversation(1);
  await write(conversation, text);
  const { id } = await n8n.client.waitForNewExecution(workflow.id, known);
  const execution = await n8n.client.waitForExecution(id);
  expect(execution.error).toBeUndefined();
  expect(outputOf(execution, topic)).toHaveLength(1);
  expect(outputOf(execution, 'Failed')).toEqual([]);
  expect(conversationOf(conversation)).toMatchObject(expected);
  const contact = sandbox.chatwoot.state.contacts.get(1)!;
  expect(messagesOf(conversation).filter(({ type, private: note }) => type === 1 && !note).map(({ content }) => content)).toEqual([expect.stringMatching(answer)]);
  expect(messagesOf(conversation).find(({ type }) => type === 1)?.content).toContain(`Olá, ${contact.name}!`);
  expect(sandbox.violations).toEqual([]);
});

test('later messages, and its own answers, are left alone; a team that is gone is told', async () => {
  const conversation = await startConversation(2);
  const known = await knownIds();
  sandbox.chatwoot.state.teams.delete(2);
  await write(conversation, 'Quero trocar');
  const { id } = await n8n.client.waitForNewExecution(workflow.id, known);
  const execution = await n8n.client.waitForExecution(id);
  expect(execution.error).toBeUndefined();
  expect(outputOf(execution, 'Failed')).toEqual([{ conversationId: String(conversation), reason: expect.any(String) }]);
  expect(conversationOf(conversation)).toMatchObject({ labels: ['troca'], teamId: null });

  const before = await knownIds();
  await write(conversation, 'E quanto custa o outro?');
  await sandbox.settled();
  expect(sandbox.deliveries.at(-1)).toMatchObject({ event: 'message_created', status: 200, responseBody: expect.stringContaining('Webhook call received') });
  expect(await knownIds()).toEqual(before);
  expect(messagesOf(conversation).filter(({ type }) => type === 1)).toHaveLength(1);
});
