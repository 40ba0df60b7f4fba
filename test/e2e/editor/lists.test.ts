/** Records chosen from lists that the vendors fill, and whole workflows run from the canvas. */
import type { StoredWorkflow } from '../client';
import { createExampleCredentials, mainExample, readExample } from '../examples';
import { useEditor, type EditorStage } from './useEditor';

const stage = useEditor(createExampleCredentials);
let n8n: EditorStage['n8n'];
let sandbox: EditorStage['sandbox'];
let editor: EditorStage['editor'];
let credentials: EditorStage['credentials'];

beforeAll(() => {
  ({ n8n, sandbox, editor, credentials } = stage);
});

async function open(node: string, action: string, credential = `${node} account`): Promise<void> {
  await editor.newWorkflow();
  await editor.addNode('manual', 'Manual Trigger');
  await editor.addNode(node.toLowerCase(), node, action);
  await editor.chooseCredential(credential);
}

test('Kinbox: a campaign on a channel from the list, to the leads in Kinbox', async () => {
  await open('Kinbox', 'Create campaign', 'Kinbox API token');
  await editor.fill('name', 'Semana do café');
  const channel = await editor.chooseFromList('channelId', /balcão/);
  await editor.screenshot('kinbox-channel-list');
  await editor.selectOption('leadType', 'Leads in Kinbox');
  await editor.fill('message', 'Olá! Temos café fresco.');
  expect(await editor.runNode()).toEqual({ ok: true });
  await editor.screenshot('kinbox-campaign');
  const [campaign] = [...sandbox.kinbox.state.campaigns.values()].slice(-1);
  expect(channel).toContain('WhatsApp balcão');
  expect(campaign).toMatchObject({ name: 'Semana do café', channelId: '104', channelType: '1', leadType: 'lead', message: 'Olá! Temos café fresco.' });
  expect((await editor.outputTable()).rows).toEqual([expect.objectContaining({ id: campaign?.id, name: 'Semana do café' })]);
});

test('Kinbox: a contact found by searching the list, and updated', async () => {
  await open('Kinbox', 'Update contact');
  const before = [...sandbox.kinbox.state.contacts.values()].find(({ name }) => name === 'João Silva');
  await editor.chooseFromList('contactId', /João Silva/, 'João');
  await editor.fill('email', 'joao.silva@example.com');
  expect(await editor.runNode()).toEqual({ ok: true });
  expect(sandbox.kinbox.state.contacts.get(before?.id ?? 0)).toMatchObject({ name: 'João Silva', email: 'joao.silva@example.com' });
});

test('Chatwoot: a contact in an inbox from the list', async () => {
  await open('Chatwoot', 'Create contact');
  await editor.fill('name', 'Bruno Lima');
  await editor.fill('phone', '(11) 97777-6655');
  const inbox = [...sandbox.chatwoot.state.inboxes.values()].find(({ channelType, accountId }) => channelType === 'Channel::Api' && accountId === 1);
  await editor.chooseFromList('inboxId', new RegExp(`^${inbox?.name ?? 'none'}`));
  await editor.screenshot('chatwoot-inbox-list');
  expect(await editor.runNode()).toEqual({ ok: true });
  await editor.screenshot('chatwoot-contact');
  const [contact] = [...sandbox.chatwoot.state.contacts.values()].filter(({ name }) => name === 'Bruno Lima');
  expect(contact).toMatchObject({ phoneNumber: '+5511977776655' });
  expect(sandbox.requests.find(({ method }) => method === 'POST')?.body).toMatchObject({ inbox_id: inbox?.id });
});

test('Callbell: a contact from the list, read and shown', async () => {
  await open('Callbell', 'Get contact');
  const [known] = [...sandbox.callbell.state.contacts.values()].filter(({ name }) => name !== null);
  await editor.chooseFromList('contactId', new RegExp(`^${known?.name ?? 'none'}`));
  await editor.screenshot('callbell-contact-list');
  expect(await editor.runNode()).toEqual({ ok: true });
  expect((await editor.outputTable()).rows).toEqual([expect.objectContaining({ id: known?.uuid, name: known?.name, platform: 'callbell' })]);
});

describe('the main example', () => {
  let workflow: StoredWorkflow;

  beforeAll(async () => {
    workflow = await n8n.client.importWorkflow(readExample(mainExample), credentials);
    await n8n.client.activate(workflow.id);
  });

  afterAll(async () => {
    await n8n.client.deactivate(workflow.id);
    await n8n.client.deleteWorkflow(workflow.id);
  });

  test('is run with the button on the canvas and shows its summary', async () => {
    await editor.openWorkflow(workflow.id);
    await editor.zoomToFit();
    await editor.screenshot('lead-to-campaign');
    expect(await editor.runWorkflow('Start by Hand')).toMatch(/executed successfully/);
    await editor.screenshot('lead-to-campaign-run');
    await editor.openNode('Summary');
    await editor.screenshot('lead-to-campaign-summary');
    const { rows } = await editor.outputTable();
    expect(rows).toEqual([expect.objectContaining({ recipients: '4', failed: expect.stringContaining('Diego Alves') })]);
    await sandbox.settled();
    expect([...sandbox.kinbox.state.campaigns.values()].at(-1)?.leads).toHaveLength(4);
  });
});
