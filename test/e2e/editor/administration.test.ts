/** Chatwoot's settings put together with mouse and keys: rules in rows, integrations with the settings they ask for. */
import { useEditor, writtenTo, type EditorStage } from './useEditor';

const stage = useEditor();
let sandbox: EditorStage['sandbox'];
let editor: EditorStage['editor'];

beforeAll(() => {
  ({ sandbox, editor } = stage);
});

/** A new workflow with the node; n8n takes the only credential by itself. */
async function open(action: string): Promise<void> {
  await editor.newWorkflow();
  await editor.addNode('manual', 'Manual Trigger');
  await editor.addNode('chatwoot', 'Chatwoot', action);
}

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
  expect(writtenTo(sandbox)).toEqual([{
    name: 'Pedidos', event_name: 'message_created',
    conditions: [
      { attribute_key: 'content', filter_operator: 'contains', values: ['pedido', 'troca'], query_operator: 'AND' },
      { attribute_key: 'status', filter_operator: 'equal_to', values: ['open', 'pending'] },
    ],
    actions: [{ action_name: 'send_message', action_params: ['Já vamos ver.'] }],
  }]);
});

test('a macro: whom it assigns and how it labels come from lists', async () => {
  await open('Create macro');
  await editor.fill('name', 'Passar para vendas');
  await editor.addRow('actions');
  await editor.fill('message', 'A equipe de vendas já vai ajudar.');
  await editor.addRow('actions');
  await editor.selectOption('name', 'Assign Agent', 2);
  await editor.selectOption('agentId', 'Inês Ferreira');
  await editor.addRow('actions');
  await editor.selectOption('name', 'Add Labels', 3);
  await editor.selectSeveral('labels', ['vip']);
  await editor.screenshot('chatwoot-macro');
  expect(await editor.runNode()).toEqual({ ok: true });
  expect(writtenTo(sandbox)).toEqual([{
    name: 'Passar para vendas', visibility: 'personal',
    actions: [
      { action_name: 'send_message', action_params: ['A equipe de vendas já vai ajudar.'] },
      { action_name: 'assign_agent', action_params: [3] },
      { action_name: 'add_label', action_params: ['vip'] },
    ],
  }]);
});

test('an integration: its settings become fields', async () => {
  await open('Connect integration');
  expect(await editor.chooseFromList('integrationId', /Dialogflow/)).toContain('Dialogflow');
  await editor.chooseFromList('inboxId', /Integração/);
  expect(await editor.mapperFields()).toEqual(['Dialogflow Project ID', 'Dialogflow Project Key File', 'Dialogflow Region', 'Language Code']);
  await editor.fill('project_id', 'loja');
  await editor.fill('credentials', '{"type": "service_account"}');
  await editor.selectOption('language_code', 'Portuguese (Brazil)');
  await editor.screenshot('chatwoot-integration-settings');
  expect(await editor.runNode()).toEqual({ ok: true });
  expect(writtenTo(sandbox)).toEqual([{ app_id: 'dialogflow', inbox_id: 2, settings: { project_id: 'loja', credentials: { type: 'service_account' }, language_code: 'pt-BR' } }]);
});
