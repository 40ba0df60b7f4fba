/** A workflow in a real n8n that hears all messages, and answers: it gets the customer's file, and does not start itself. */
import { createHmac } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import packageJson from '../../package.json';
import { itemsOf } from './client';
import { useExample } from './useExample';

let files: Server;

const ours = (name: string) => `${packageJson.name}.${name}`;
const byId = (value: string) => ({ __rl: true, mode: 'id', value });
const credential = { chatwootAccessTokenApi: { id: 'sandbox', name: 'sandbox' } };

beforeAll(async () => {
  files = createServer((_request, response) => response.writeHead(200, { 'content-type': 'image/png' }).end('png!'));
  await new Promise<void>((resolve) => { files.listen(0, '127.0.0.1', resolve); });
});

const example = useExample({
  name: 'Answer every message',
  nodes: [
    {
      id: 'trigger', name: 'Chatwoot Trigger', type: ours('chatwootTrigger'), typeVersion: 1, position: [0, 0], webhookId: '5d0c7a0e-7a2f-4c39-9f7e-1f1f0c2c9a01',
      parameters: { events: ['message_created'], filters: { direction: 'all' }, download: true, privateFiles: true }, credentials: credential,
    },
    {
      id: 'answer', name: 'Answer', type: ours('chatwoot'), typeVersion: 1, position: [200, 0],
      parameters: { resource: 'message', operation: 'send', conversationId: byId('={{ $json.conversationId }}'), content: 'Recebido' }, credentials: credential,
    },
  ],
  connections: { 'Chatwoot Trigger': { main: [[{ node: 'Answer', type: 'main', index: 0 }]] } },
}, { activate: true });

afterAll(async () => {
  files.closeAllConnections();
  await new Promise((resolve) => { files.close(resolve); });
});

test('the file of a message is binary data, and the answer starts nothing', async () => {
  const { n8n, sandbox, workflow } = example;
  const [webhook] = [...sandbox.chatwoot.state.webhooks.values()];
  const { id } = await example.chatwoot<{ id: number }>('POST', '/conversations', { contact_id: 1, inbox_id: 2 });

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

  const execution = await n8n.client.waitForNewExecution(workflow.id);
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
  expect(await example.executionIds()).toEqual([execution.id]);
});
