/** What anybody may send to a public webhook must not keep a real n8n from answering others. */
import { startSandbox, type Sandbox } from '../sandbox';
import type { StoredCredential } from './client';
import { createSandboxCredentials } from './examples';
import { sharedN8n, type SharedN8n } from './shared';

let n8n: SharedN8n;
let sandbox: Sandbox;
let credentials: StoredCredential[];

beforeAll(async () => {
  n8n = await sharedN8n();
  sandbox = await startSandbox();
  credentials = await createSandboxCredentials(n8n.client, sandbox);
});

afterAll(async () => {
  await Promise.all(credentials.map(async ({ id }) => await n8n.client.deleteCredential(id)));
  await sandbox.close();
});

const mb = (piece: string) => piece.repeat(Math.ceil(1_000_000 / piece.length));

test('1 MB of the worst texts to Chatwoot: Create Contact leaves the health check under a second', async () => {
  const workflow = await n8n.client.importWorkflow({
    name: 'Public webhook to contact',
    nodes: [
      { id: 'hook', name: 'Webhook', type: 'n8n-nodes-base.webhook', typeVersion: 2, position: [0, 0], webhookId: 'long-texts', parameters: { httpMethod: 'POST', path: 'long-texts', responseMode: 'onReceived' } },
      {
        id: 'create', name: 'Create', type: 'n8n-nodes-kinbox-chatwoot-callbell.chatwoot', typeVersion: 1, position: [200, 0], onError: 'continueRegularOutput',
        parameters: { resource: 'contact', operation: 'create', contactSource: 'previousNode' }, credentials: { chatwootAccessTokenApi: { id: 'sandbox', name: 'sandbox' } },
      },
    ],
    connections: { Webhook: { main: [[{ node: 'Create', type: 'main', index: 0 }]] } },
  }, credentials);
  try {
    await n8n.client.activate(workflow.id);
    const known: string[] = [];
    let slowest = 0;
    for (const contact of [{ name: 'Ana', avatar: `https://${mb('a')}\n` }, { name: 'Ana', email: mb('a@') }, { name: 'Ana', notes: mb('1 '), tags: mb('a,') }]) {
      const answered = n8n.client.callWebhook('long-texts', contact);
      let isOver = false;
      const ended = answered.then(async () => await n8n.client.waitForNewExecution(workflow.id, known)).then((execution) => { known.push(execution.id); }).finally(() => { isOver = true; });
      while (!isOver) {
        const started = performance.now();
        expect((await fetch(`${n8n.url}/healthz`)).status).toBe(200);
        slowest = Math.max(slowest, performance.now() - started);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      await ended;
    }
    console.log(`Slowest health check: ${Math.round(slowest)} ms`);
    expect(known).toHaveLength(3);
    expect(slowest).toBeLessThan(1000);
  } finally {
    await n8n.client.deleteWorkflow(workflow.id);
  }
}, 60_000);
