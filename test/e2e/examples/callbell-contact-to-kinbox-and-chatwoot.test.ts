/** The example in a real n8n: Callbell's sandbox delivers the event to n8n's own webhook. */
import { startSandbox, type Sandbox } from '../../sandbox';
import type { StoredCredential, StoredWorkflow } from '../client';
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
  workflow = await n8n.client.importWorkflow(readExample('callbell-contact-to-kinbox-and-chatwoot.json'), credentials);
});

afterAll(async () => {
  await n8n.client.deleteWorkflow(workflow.id);
  await Promise.all(credentials.map(async ({ id }) => await n8n.client.deleteCredential(id)));
  await sandbox.close();
});

test('a contact that Callbell tells of appears in Kinbox and Chatwoot; the webhook is given back', async () => {
  await n8n.client.activate(workflow.id);
  expect(sandbox.callbell.state.webhook).toMatchObject({ url: expect.stringContaining('/webhook/'), subscriptions: ['contact_created'] });
  const answer = await fetch(`${sandbox.callbell.url}/contacts`, {
    method: 'POST', headers: { authorization: `Bearer ${sandbox.callbell.token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ source: 'whatsapp', identifier: '351910000999', name: 'Rui Castro' }),
  });
  expect(answer.status).toBe(200);
  await sandbox.settled();
  expect(sandbox.deliveries[0]).toMatchObject({ event: 'contact_created', status: 200, responseBody: expect.stringContaining('"receiver"') });
  const { id } = await n8n.client.waitForNewExecution(workflow.id);
  const execution = await n8n.client.waitForExecution(id);
  expect(execution.error).toBeUndefined();
  expect(sandbox.requests.find(({ vendor, method }) => vendor === 'kinbox' && method === 'POST')?.body).toMatchObject({ name: 'Rui Castro', phone: '351910000999', origin: 'Callbell' });
  expect(sandbox.requests.find(({ vendor, method }) => vendor === 'chatwoot' && method === 'POST')?.body).toMatchObject({ name: 'Rui Castro', phone_number: '+351910000999' });

  const probe = await fetch(sandbox.callbell.state.webhook!.url);
  expect([probe.status, ((await probe.json()) as { status: string }).status]).toEqual([200, 'ok']);
  await n8n.client.deactivate(workflow.id);
  expect(sandbox.callbell.state.webhook).toBeNull();
  expect(sandbox.violations).toEqual([]);
});
