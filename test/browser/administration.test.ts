/** Chatwoot's settings put together with mouse and keys: rules in rows, integrations with the settings they ask for. */
import type { StoredCredential } from '../e2e/client';
import { createSandboxCredentials } from '../e2e/examples';
import { sharedN8n, type SharedN8n } from '../e2e/shared';
import { startSandbox, type Sandbox } from '../sandbox';
import { Editor } from './editor';

let n8n: SharedN8n;
let sandbox: Sandbox;
let editor: Editor;
let credentials: StoredCredential[];

beforeAll(async () => {
  n8n = await sharedN8n();
  sandbox = await startSandbox();
  credentials = await createSandboxCredentials(n8n.client, sandbox);
  editor = await Editor.open(n8n);
});

beforeEach(() => sandbox.reset());

afterEach(() => {
  expect(sandbox.violations).toEqual([]);
  expect(editor.pageErrors).toEqual([]);
});

afterAll(async () => {
  await editor?.close();
  await Promise.all((credentials ?? []).map(async ({ id }) => await n8n.client.deleteCredential(id)));
  await sandbox?.close();
});

/** A new workflow with the node; n8n takes the only credential by itself. */
async function open(action: string): Promise<void> {
  await editor.newWorkflow();
  await editor.addNode('manual', 'Manual Trigger');
  await editor.addNode('chatwoot', 'Chatwoot', action);
}

/** Bodies of the writes that the sandbox got. */
const written = () => sandbox.requests.filter(({ method }) => method !== 'GET').map(({ body }) => body);

test('a rule: each row shows the fields that its attribute or action needs', async () => {
  await open('Create automation rule');
  await editor.fill('name', 'Pedidos');
  await editor.selectOption('event', 'Message Created');
  await editor.addRow('conditions');
  await editor.selectOption('attribute', 'Message Text');
  await editor.selectOption('operator', 'Contains');
  await editor.fill('value', 'pedido, troca');
  await editor.addRow('conditions');
  await editor.selectOption('attribute', 'Status', 1);
  await editor.selectSeveral('statuses', ['Open', 'Pending']);
  await editor.addRow('actions');
  await editor.selectOption('name', 'Send Message', 1);
  await editor.fill('message', 'Já vamos ver.');
  await editor.screenshot('chatwoot-automation-rule');
  expect(await editor.runNode()).toEqual({ ok: true });
  expect(written()).toEqual([{
    name: 'Pedidos', event_name: 'message_created',
    conditions: [
      { attribute_key: 'content', filter_operator: 'contains', values: ['pedido', 'troca'], query_operator: 'and' },
      { attribute_key: 'status', filter_operator: 'equal_to', values: ['open', 'pending'] },
    ],
    actions: [{ action_name: 'send_message', action_params: ['Já vamos ver.'] }],
  }]);
});

test('an integration: its settings become fields', async () => {
  await open('Connect integration');
  expect(await editor.chooseFromList('integrationId', /Dialogflow/)).toContain('Dialogflow');
  await editor.chooseFromList('inboxId', /Integração/);
  expect(await editor.mapperFields()).toEqual(['Dialogflow Project ID', 'Dialogflow Project Key File', 'region', 'Language Code']);
  await editor.fill('project_id', 'loja');
  await editor.fill('credentials', '{"type": "service_account"}');
  await editor.selectOption('language_code', 'Portuguese (Brazil)');
  await editor.screenshot('chatwoot-integration-settings');
  expect(await editor.runNode()).toEqual({ ok: true });
  expect(written()).toEqual([{ app_id: 'dialogflow', inbox_id: 2, settings: { project_id: 'loja', credentials: { type: 'service_account' }, language_code: 'pt-BR' } }]);
});
