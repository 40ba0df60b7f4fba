/** A workflow in a real n8n that hears all messages, and answers: it gets the customer's file, and does not start itself. */
import { createHmac } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import packageJson from '../../package.json';
import { startSandbox, type Sandbox } from '../sandbox';
import { itemsOf, type StoredCredential, type StoredWorkflow } from './client';
import { createSandboxCredentials } from './examples';
import { sharedN8n, type SharedN8n } from './shared';

let n8n: SharedN8n;
let sandbox: Sandbox;
let files: Server;
let credentials: StoredCredential[];
let workflow: StoredWorkflow;

const ours = (name: string) => `${packageJson.name}.${name}`;
const byId = (value: string) => ({ __rl: true, mode: 'id', value });
const credential = { chatwootAccessTokenApi: { id: 'sandbox', name: 'sandbox' } };

beforeAll(async () => {
  files = createServer((_request, response) => response.writeHead(200, { 'content-type': 'image/png' }).end('png!'));
  await new Promise<void>((resolve) => { files.listen(0, '127.0.0.1', resolve); });
  n8n = await sharedN8n();
  sandbox = await startSandbox();
  credentials = await createSandboxCredentials(n8n.client, sandbox);
  workflow = await n8n.client.importWorkflow({
    name: 'Answer every message',
    nodes: [
      {
        id: 'trigger', name: 'Chatwoot Trigger', type: ours('chatwootTrigger'), typeVersion: 1, position: [0, 0], webhookId: '5d0c7a0e-7a2f-4c39-9f7e-1f1f0c2c9a01',
        parameters: { events: ['message_created'], filters: { direction: 'all' }, download: true }, credentials: credential,
      },
      {
        id: 'answer', name: 'Answer', type: ours('chatwoot'), typeVersion: 1, position: [200, 0],
        parameters: { resource: 'message', operation: 'send', conversationId: byId('={{ $json.conversationId }}'), content: 'Recebido' }, credentials: credential,
      },
    ],
    connections: { 'Chatwoot Trigger': { main: [[{ node: 'Answer', type: 'main', index: 0 }]] } },
  }, credentials);
  await n8n.client.activate(workflow.id);
});

afterAll(async () => {
  await n8n.client.deactivate(workflow.id);
  await n8n.client.deleteWorkflow(workflow.id);
  await Promise.all(credentials.map(async ({ id }) => await n8n.client.deleteCredential(id)));
  expect(sandbox.violations).toEqual([]);
  await sandbox.close();
  files.closeAllConnections();
  await new Promise((resolve) => { files.close(resolve); });
});

test('the file of a message is binary data, and the answer starts nothing', async () => {
  const [webhook] = [...sandbox.chatwoot.state.webhooks.values()];
  const started = await fetch(`${sandbox.chatwoot.url}/api/v1/accounts/1/conversations`, {
    method: 'POST', headers: { api_access_token: sandbox.chatwoot.tokens.administrator, 'content-type': 'application/json' }, body: JSON.stringify({ contact_id: 1, inbox_id: 2 }),
  });
  const { id } = (await started.json()) as { id: number };

  // As Chatwoot sends it; the file lies on a server of this test.
  const body = JSON.stringify({
    event: 'message_created', id: 990_100, content: 'Veja', message_type: 'incoming', private: false, created_at: new Date().toISOString(), content_attributes: {},
    account: { id: 1, name: 'Loja Exemplo' }, inbox: { id: 2, name: 'Integração' }, sender: { id: 1, name: 'Ana' }, conversation: { id, status: 'open', inbox_id: 2 },
    attachments: [{ id: 1, file_type: 'image', data_url: `http://127.0.0.1:${(files.address() as AddressInfo).port}/rails/active_storage/blobs/redirect/x/foto.png`, file_size: 4 }],
  });
  const timestamp = String(Math.floor(Date.now() / 1000));
  const delivered = await fetch(webhook!.url, {
    method: 'POST', body,
    headers: { 'content-type': 'application/json', 'x-chatwoot-timestamp': timestamp, 'x-chatwoot-signature': `sha256=${createHmac('sha256', webhook!.secret).update(`${timestamp}.${body}`).digest('hex')}` },
  });
  expect(delivered.status).toBe(200);

  const { id: executionId } = await n8n.client.waitForNewExecution(workflow.id);
  const execution = await n8n.client.waitForExecution(executionId);
  expect(execution.error).toBeUndefined();
  const [event] = itemsOf(execution, 'Chatwoot Trigger');
  expect(event?.json).toMatchObject({ content: 'Veja', contact: { id: '1', platform: 'chatwoot', url: `${sandbox.chatwoot.url}/app/accounts/1/contacts/1` } });
  expect(event?.binary?.attachment_0).toMatchObject({ fileName: 'foto.png', mimeType: 'image/png' });
  expect((await n8n.client.binary(event!.binary!.attachment_0!)).toString()).toBe('png!');

  // Chatwoot tells of the answer, too: it was delivered and taken, and started nothing.
  await sandbox.settled();
  const answer = sandbox.deliveries.filter(({ event: name }) => name === 'message_created').at(-1);
  expect(JSON.parse(answer!.body)).toMatchObject({ content: 'Recebido', message_type: 'outgoing', content_attributes: { n8n_workflow: expect.any(String) } });
  expect(answer!.status).toBe(200);
  expect((await n8n.client.executions(workflow.id)).map((one) => one.id)).toEqual([executionId]);
});
