/**
 * Five whole tasks from an empty canvas, with mouse and as few keys as possible, counted; and the same with n8n's HTTP
 * Request node: one built and counted here, the others reckoned from the same steps. docs/usability.md has the figures;
 * UPDATE_USABILITY=1 writes them there, else they have to be those.
 */
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';

import { sandboxCredentialData } from '../examples';
import { callers } from '../../sandbox/client';
import { addContact } from '../../sandbox/kinbox/contacts';
import { addDeal } from '../../sandbox/kinbox/sales';
import { createDataTable, deleteDataTable } from './dataTable';
import type { Effort } from './editor';
import { combine, httpNode, noted, plainNode, type Steps } from './steps';
import { useEditor, type EditorStage } from './useEditor';

const docs = resolve(__dirname, '../../../docs');
const page = resolve(docs, 'usability.md');
const updating = process.env.UPDATE_USABILITY === '1';

const stage = useEditor(async (client, sandbox) => {
  const data = sandboxCredentialData(sandbox);
  const { kinbox, chatwoot, callbell } = sandbox;
  const stored = [
    // Kinbox lists its channels to API tokens only.
    await client.createCredential('kinboxApi', 'Kinbox account', { ...data.kinboxApi, generation: 'v1', token: kinbox.tokens.api }),
    await client.createCredential('chatwootAccessTokenApi', 'Chatwoot account', data.chatwootAccessTokenApi),
    await client.createCredential('callbellApi', 'Callbell account', data.callbellApi),
  ];
  const headers = [
    ['kinbox', 'Authorization', `Bearer ${kinbox.tokens.api}`],
    ['chatwoot', 'api_access_token', chatwoot.tokens.administrator],
    ['callbell', 'Authorization', `Bearer ${callbell.token}`],
  ] as const;
  for (const [vendor, name, value] of headers) stored.push(await client.createCredential('httpHeaderAuth', `Header for ${vendor}`, { name, value }));
  return stored;
});
let sandbox: EditorStage['sandbox'];
let editor: EditorStage['editor'];
let customers: string;

/** What is typed here as a URL is as long as the vendors' own. */
const api = () => ({ kinbox: sandbox.kinbox.url, chatwoot: `${sandbox.chatwoot.url}/api/v1/accounts/1`, callbell: sandbox.callbell.url });

beforeAll(async () => {
  ({ sandbox, editor } = stage);
  customers = await createDataTable(stage.n8n.client, 'Customers', ['name', 'phone', 'email'], [
    { name: 'Ana Souza', phone: '(85) 98888-1234', email: 'ana.souza@example.com' },
    { name: 'Bruno Lima', phone: '+55 11 97777-6655', email: 'bruno.lima@example.com' },
  ]);
});

beforeEach(async () => await editor.newWorkflow());

afterAll(async () => {
  if (customers) await deleteDataTable(stage.n8n.client, customers);
});

/** Keeps a picture for docs/usability.md. */
async function picture(name: string): Promise<void> {
  const file = await editor.screenshot(`usability-${name}`);
  if (!updating) return;
  mkdirSync(resolve(docs, 'images'), { recursive: true });
  copyFileSync(file, resolve(docs, 'images', `usability-${name}.png`));
}

/** Compares a task's figures with those in docs/usability.md, and checks the aims. */
function conclude(number: number, task: string, ours: Effort, http: Steps): void {
  const own = noted(ours);
  expect({ task, ids: own.ids, json: own.json, expressions: own.expressions }).toEqual({ task, ids: [], json: [], expressions: [] });
  const cells = ({ clicks, drags, characters, total, ids, json, expressions }: Steps) => `${clicks} + ${drags} | ${characters} | ${ids.length} / ${json.length} / ${expressions.length} | **${total}**`;
  const share = Math.round((own.total / http.total) * 100);
  const row = `| ${number} | ${task} | ${cells(own)} | ${cells(http)} | ${share} % |`;
  if (updating) {
    const text = readFileSync(page, 'utf8');
    const rowsNow = text.split('\n').filter((line) => !line.startsWith(`| ${number} | `));
    const end = rowsNow.indexOf('<!-- end of counts -->');
    const at = rowsNow.findIndex((line, index) => index < end && /^\| \d \| /.test(line) && Number(line[2]) > number);
    rowsNow.splice(at >= 0 ? at : end, 0, row);
    writeFileSync(page, rowsNow.join('\n'));
  } else {
    expect(readFileSync(page, 'utf8').split('\n')).toContain(row);
  }
}

test('a lead from a form becomes a contact in Kinbox, Chatwoot and Callbell', async () => {
  const effort = editor.startCounting();
  await editor.addNode('form', 'n8n Form', 'On new n8n Form event', 'Triggers');
  await editor.fill('formTitle', 'Talk to us');
  for (const [index, label] of ['Name', 'Phone', 'Email'].entries()) {
    await editor.addRow('formFields');
    await editor.fill('fieldLabel', label, index);
  }
  await editor.closeNode();
  const shared = noted(effort);
  for (const node of ['Kinbox', 'Chatwoot', 'Callbell']) {
    await editor.addNode(node.toLowerCase(), node, 'Create or update contact');
    await editor.selectOption('contactSource', 'From Previous Node');
    if (node === 'Kinbox') await picture('from-previous-node');
    await editor.closeNode();
  }
  await editor.submitForm({ Name: 'Elisa Prado', Phone: '(85) 98888-4321', Email: 'elisa.prado@example.com' });
  await editor.zoomToFit();
  await picture('form-to-three');
  const { kinbox, chatwoot, callbell } = sandbox;
  expect([...kinbox.state.contacts.values()].find(({ name }) => name === 'Elisa Prado')).toMatchObject({ phone: '5585988884321', email: 'elisa.prado@example.com' });
  expect([...chatwoot.state.contacts.values()].find(({ name }) => name === 'Elisa Prado')).toMatchObject({ phoneNumber: '+5585988884321', email: 'elisa.prado@example.com' });
  expect(callbell.state.contacts.find(({ name }) => name === 'Elisa Prado')).toMatchObject({ identifier: '5585988884321' });

  const form = "$('On form submission').item.json";
  const digits = `55{{ ${form}.Phone.replace(/\\D/g, '') }}`;
  conclude(1, 'Form lead to a contact in all three', effort, combine(
    shared,
    httpNode({ method: 'POST', url: `${api().kinbox}/v1/contacts`, body: `{"name": "{{ $json.Name }}", "phone": "55{{ $json.Phone.replace(/\\D/g, '') }}", "email": "{{ $json.Email }}"}` }),
    httpNode({ method: 'POST', url: `${api().chatwoot}/contacts`, body: `{"name": "{{ ${form}.Name }}", "phone_number": "+${digits}", "email": "{{ ${form}.Email }}"}` }),
    httpNode({ method: 'POST', url: `${api().callbell}/contacts`, body: `{"source": "whatsapp", "identifier": "${digits}", "name": "{{ ${form}.Name }}"}` }),
    { ...plainNode(), clicks: 2 },
  ));
});

test('a sheet of customers becomes a Kinbox campaign', async () => {
  const effort = editor.startCounting();
  await editor.addNode('manual', 'Manual Trigger');
  await editor.addNode('data table', 'Data table', 'Get row(s)');
  await editor.chooseFromList('dataTableId', 'Customers');
  expect(await editor.runNode()).toEqual({ ok: true });
  await editor.closeNode();
  const shared = noted(effort);
  await editor.addNode('kinbox', 'Kinbox', 'Create or update contact');
  await editor.selectOption('contactSource', 'From Previous Node');
  expect(await editor.runNode()).toEqual({ ok: true });
  await editor.closeNode();
  await editor.addNode('kinbox', 'Kinbox', 'Create campaign');
  await editor.fill('name', 'Semana do café');
  await editor.chooseFromList('channelId', /balcão/);
  await editor.selectOption('leadType', 'Leads in Kinbox');
  await editor.fill('message', 'Olá! Temos café fresco.');
  await editor.toggleSetting('executeOnce');
  expect(await editor.runNode()).toEqual({ ok: true });
  await picture('sheet-to-campaign');
  const { contacts, campaigns } = sandbox.kinbox.state;
  expect([...contacts.values()].filter(({ name }) => ['Ana Souza', 'Bruno Lima'].includes(String(name))).map(({ phone }) => phone)).toEqual(expect.arrayContaining(['5585988881234', '5511977776655']));
  expect([...campaigns.values()]).toEqual([expect.objectContaining({ name: 'Semana do café', channelId: '104', leadType: 'lead' })]);

  conclude(2, 'Sheet of customers to a Kinbox campaign', effort, combine(
    shared,
    httpNode({ method: 'POST', url: `${api().kinbox}/v1/contacts`, body: '{"name": "{{ $json.name }}", "phone": "55{{ $json.phone.replace(/\\D/g, \'\') }}", "email": "{{ $json.email }}"}', run: true }),
    httpNode({ method: 'POST', url: `${api().kinbox}/v1/campaigns`, body: '{"name": "Semana do café", "channelId": "104", "channelType": "1", "leadType": "lead", "message": "Olá! Temos café fresco."}', ids: ['104'], run: true }),
    // "Execute Once", as above.
    { ...plainNode(), clicks: 3 },
  ));
});

describe('an incoming Chatwoot message', () => {
  const write = async () => {
    const { chatwoot } = callers(sandbox);
    return await chatwoot('POST', '/conversations/1/messages', { body: { content: 'Quero trocar um produto', message_type: 'incoming' } });
  };

  beforeEach(async () => {
    const { chatwoot } = callers(sandbox);
    await chatwoot('POST', '/conversations', { body: { inbox_id: 2, contact_id: 1 } });
  });

  const conversation = () => [...sandbox.chatwoot.state.conversations.values()][0];
  let ours: Effort;

  test('gets a label and a team', async () => {
    ours = editor.startCounting();
    await editor.addNode('chatwoot', 'Chatwoot', 'On first message of contact', 'Triggers');
    await editor.listen(write);
    await editor.closeNode();
    await editor.addNode('chatwoot', 'Chatwoot', 'Add labels to conversation');
    await editor.drag('conversationId', 'conversationId');
    await editor.selectSeveral('labels', ['troca']);
    await picture('drag-and-label');
    expect(await editor.runNode()).toEqual({ ok: true });
    await editor.closeNode();
    await editor.addNode('chatwoot', 'Chatwoot', 'Assign team to conversation');
    await editor.drag('conversationId', 'conversationId', { from: 'Chatwoot Trigger' });
    await editor.chooseFromList('teamId', /suporte/i);
    expect(await editor.runNode()).toEqual({ ok: true });
    expect(conversation()).toMatchObject({ labels: ['troca'], teamId: 2 });
  });

  test('gets them with HTTP Request nodes, at the cost that is reckoned with', async () => {
    const { chatwoot } = callers(sandbox);
    const effort = editor.startCounting();
    await editor.addNode('webhook', 'Webhook');
    await editor.selectOption('httpMethod', 'POST');
    const url = await editor.webhookUrl();
    // An administrator pastes the URL into Chatwoot's settings; that is not counted.
    await chatwoot('POST', '/webhooks', { body: { webhook: { url, subscriptions: ['message_created'] } } });
    await editor.listen(write);
    await editor.closeNode();
    const requests = [
      { method: 'POST', url: `${api().chatwoot}/conversations/{{ $json.body.conversation.id }}/labels`, body: '{"labels": ["troca"]}', credential: 'Header for chatwoot', run: true },
      { method: 'POST', url: `${api().chatwoot}/conversations/{{ $('Webhook').item.json.body.conversation.id }}/assignments`, body: '{"team_id": 2}', credential: 'Header for chatwoot', ids: ['2'], run: true },
    ] as const;
    for (const request of requests) {
      await editor.addHttpRequest(request);
      if (request === requests[0]) await picture('http-request');
      expect(await editor.runNode()).toEqual({ ok: true });
      await editor.closeNode();
    }
    expect(conversation()).toMatchObject({ labels: ['troca'], teamId: 2 });

    // The webhook: its name, two clicks, the method, one click to listen, one to close.
    const reckoned = combine({ ...plainNode('webhook'), clicks: 2 + 2 + 1 + 1 }, ...requests.map(httpNode));
    const { clicks, drags, characters } = noted(effort);
    expect({ clicks, drags, characters }).toEqual({ clicks: reckoned.clicks, drags: reckoned.drags, characters: reckoned.characters });
    conclude(3, 'Incoming Chatwoot message to a label and a team', ours, reckoned);
  });
});

test('a WhatsApp template goes to everyone tagged "Call back" in Callbell', async () => {
  const effort = editor.startCounting();
  await editor.addNode('manual', 'Manual Trigger');
  const shared = noted(effort);
  await editor.addNode('callbell', 'Callbell', 'Send campaign');
  await editor.fill('campaignName', 'Call back');
  await editor.chooseFromList('channelId', /Loja Exemplo/);
  await editor.selectOption('recipients', 'Contacts With Tags');
  await editor.addText('tags', 'Add Tag', 'Call back');
  await editor.chooseFromList('templateId', /^Boas-vindas/);
  await editor.mapperFields();
  await editor.fill('1', '{first name}');
  await editor.toggle('optIn');
  expect(await editor.runNode()).toEqual({ ok: true });
  await picture('callbell-dry-run');
  expect(sandbox.callbell.state.sent.size).toBe(0);
  await editor.toggle('dryRun');
  const tagged = sandbox.callbell.state.contacts.filter(({ tags }) => tags.includes('Call back'));
  // One message a second, so that the number is not blocked.
  expect(await editor.runNode()).toEqual({ ok: true });
  expect(sandbox.callbell.state.sent.size).toBe(tagged.length);

  const channel = sandbox.callbell.state.channels[0]?.uuid ?? '';
  const template = sandbox.callbell.state.templates.find(({ title }) => title === 'Boas-vindas')?.uuid ?? '';
  conclude(4, 'Callbell template to everyone tagged "Call back"', effort, combine(
    shared,
    httpNode({ method: 'GET', url: `${api().callbell}/contacts?tags[]=Call%20back&limit=500`, run: true }),
    // Split Out: one item for each contact.
    { ...plainNode('split', 'contacts'), clicks: 2 + 1 + 1 + 1, keys: 1 },
    httpNode({
      method: 'POST', url: `${api().callbell}/messages/send`, run: true, ids: [channel, template],
      body: `{"to": "{{ $json.phoneNumber }}", "from": "whatsapp", "type": "text", "channel_uuid": "${channel}", "template_uuid": "${template}", "optin_contact": true, "content": {"text": "{{ $json.name.split(' ')[0] }}"}}`,
    }),
  ));
}, 240_000);

test('a won deal in Kinbox labels the contact in Chatwoot and thanks the customer', async () => {
  const { state } = sandbox.kinbox;
  const now = sandbox.clock.now();
  const dora = addContact(state, { name: 'Dora Campos', phone: '5585988880001', email: 'dora@example.com' }, now);
  addDeal(state, dora.id, { name: 'Pedido 77', value: 100, status: 'won', wonLostDate: new Date(now).toISOString() }, now);

  const effort = editor.startCounting();
  await editor.addNode('kinbox', 'Kinbox', 'On deal won', 'Triggers');
  expect(await editor.runNode()).toEqual({ ok: true });
  await editor.closeNode();
  await editor.addNode('chatwoot', 'Chatwoot', 'Create or update contact');
  await editor.selectOption('contactSource', 'From Previous Node');
  expect(await editor.runNode()).toEqual({ ok: true });
  await editor.closeNode();
  await editor.addNode('chatwoot', 'Chatwoot', 'Add labels to contact');
  await editor.drag('id', 'contactId');
  await editor.selectSeveral('labels', ['vip']);
  expect(await editor.runNode()).toEqual({ ok: true });
  await editor.closeNode();
  await editor.addNode('chatwoot', 'Chatwoot', 'Create conversation');
  await editor.drag('id', 'contactId', { from: 'Create or update contact' });
  await editor.chooseFromList('inboxId', /^Integração/);
  await editor.fill('message', 'Obrigado pela compra!');
  expect(await editor.runNode()).toEqual({ ok: true });
  await picture('won-deal-thanked');
  const { contacts, conversations, messages } = sandbox.chatwoot.state;
  const contact = [...contacts.values()].find(({ phoneNumber }) => phoneNumber === '+5585988880001');
  expect(contact).toMatchObject({ name: 'Dora Campos', labels: ['vip'] });
  expect([...conversations.values()].filter(({ contactId }) => contactId === contact?.id)).toHaveLength(1);
  expect([...messages.values()].map(({ content }) => content)).toContain('Obrigado pela compra!');

  const made = "$('HTTP Request2').item.json.payload.contact";
  conclude(5, 'Won Kinbox deal to a Chatwoot label and a thank-you', effort, combine(
    // Schedule Trigger: every day is the default, every ten minutes takes a choice and a number.
    { ...plainNode('schedule', '10'), clicks: 2 + 2 + 1 + 1, keys: 2 },
    httpNode({ method: 'GET', url: `${api().kinbox}/v1/deals?status=won`, run: true }),
    { ...plainNode('split', 'data'), clicks: 2 + 1 + 1 + 1, keys: 1 },
    // Remove Duplicates, "Items Processed in Previous Executions": the operation, and the deal's ID dragged.
    { ...plainNode('duplicates'), clicks: 2 + 1 + 1 + 1, drags: 1 },
    httpNode({ method: 'GET', url: `${api().kinbox}/v1/contacts/{{ $json.contactId }}`, run: true }),
    httpNode({ method: 'POST', url: `${api().chatwoot}/contacts`, body: '{"name": "{{ $json.name }}", "phone_number": "+{{ $json.phone }}"}', run: true }),
    httpNode({ method: 'POST', url: `${api().chatwoot}/contacts/{{ $json.payload.contact.id }}/labels`, body: '{"labels": ["vip"]}', run: true }),
    httpNode({ method: 'POST', url: `${api().chatwoot}/conversations`, body: `{"inbox_id": 2, "contact_id": {{ ${made}.id }}, "message": {"content": "Obrigado pela compra!"}}`, ids: ['2'], run: true }),
  ));
});
