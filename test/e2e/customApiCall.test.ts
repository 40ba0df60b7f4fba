/** n8n's Custom API Call: the HTTP Request node with each credential of the package, as the editor sets it up. */
import { startSandbox, type Sandbox } from '../sandbox';
import { outputOf, type StoredCredential } from './client';
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

afterEach(() => expect(sandbox.violations).toEqual([]));

afterAll(async () => {
  await Promise.all(credentials.map(async ({ id }) => await n8n.client.deleteCredential(id)));
  await sandbox.close();
});

/** Runs one HTTP Request node with a credential of ours, and gives the JSON of its answer. */
async function call(type: string, request: { url: string; method?: string; body?: object }): Promise<unknown> {
  const workflow = await n8n.client.importWorkflow({
    name: `Custom API Call: ${type}`,
    nodes: [
      { id: 'start', name: 'Start', type: 'n8n-nodes-base.manualTrigger', typeVersion: 1, position: [0, 0], parameters: {} },
      {
        id: 'request', name: 'HTTP Request', type: 'n8n-nodes-base.httpRequest', typeVersion: 4.2, position: [200, 0],
        parameters: {
          method: request.method ?? 'GET', url: request.url, authentication: 'predefinedCredentialType', nodeCredentialType: type,
          ...(request.body ? { sendBody: true, specifyBody: 'json', jsonBody: JSON.stringify(request.body) } : {}),
        },
        credentials: { [type]: { id: 'sandbox', name: 'sandbox' } },
      },
    ],
    connections: { Start: { main: [[{ node: 'HTTP Request', type: 'main', index: 0 }]] } },
  }, credentials);
  try {
    const execution = await n8n.client.runWorkflow(workflow.id);
    expect(execution.error).toBeUndefined();
    expect(JSON.stringify(execution)).not.toContain(sandbox.chatwoot.tokens.administrator);
    return outputOf(execution, 'HTTP Request')[0];
  } finally {
    await n8n.client.deleteWorkflow(workflow.id);
  }
}

test('Chatwoot: reads and writes with the access token', async () => {
  const labels = `${sandbox.chatwoot.url}/api/v1/accounts/1/labels`;
  expect(await call('chatwootAccessTokenApi', { url: labels })).toMatchObject({ payload: expect.arrayContaining([expect.objectContaining({ title: 'vip' })]) });
  expect(await call('chatwootAccessTokenApi', { method: 'POST', url: labels, body: { title: 'custom-call' } })).toMatchObject({ title: 'custom-call' });
  expect(sandbox.requests.map(({ token }) => token)).toEqual(['administrator', 'administrator']);
});

test('Kinbox: reads with the token', async () => {
  expect(await call('kinboxApi', { url: `${sandbox.kinbox.url}/v3/contacts?limit=1` })).toMatchObject({ data: [expect.objectContaining({ name: expect.any(String) })] });
});

test('Callbell: reads with the token', async () => {
  expect(await call('callbellApi', { url: `${sandbox.callbell.url}/plan` })).toMatchObject({ plan: expect.any(String) });
});
