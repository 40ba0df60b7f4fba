/** The example in a real n8n: the campaign as Chatwoot gets it, then what people answer, and nothing else. */
import { startSandbox, type Sandbox } from '../../sandbox';
import { linkToInbox } from '../../sandbox/chatwoot/contacts';
import { startConversation, type ChatwootConversation } from '../../sandbox/chatwoot/conversations';
import { outputOf, type StoredCredential, type StoredWorkflow } from '../client';
import { createSandboxCredentials, readExample } from '../examples';
import { sharedN8n, type SharedN8n } from '../shared';

const whatsapp = 4;
let n8n: SharedN8n;
let sandbox: Sandbox;
let credentials: StoredCredential[];
let workflow: StoredWorkflow;

beforeAll(async () => {
  n8n = await sharedN8n();
  sandbox = await startSandbox();
  credentials = await createSandboxCredentials(n8n.client, sandbox);
  workflow = await n8n.client.importWorkflow(readExample('chatwoot-campaign-to-label.json'), credentials);
});

afterAll(async () => {
  await n8n.client.deleteWorkflow(workflow.id);
  await Promise.all(credentials.map(async ({ id }) => await n8n.client.deleteCredential(id)));
  await sandbox.close();
});

beforeEach(() => sandbox.reset());

test('sends the template to the label, and says when it will never go out', async () => {
  const execution = await n8n.client.runWorkflow(workflow.id, 'Start by Hand');
  expect(execution.error).toBeUndefined();
  expect(sandbox.requests.find(({ operationId }) => operationId === 'createCampaign')?.body).toMatchObject({
    title: 'Order ready', inbox_id: whatsapp, audience: [{ type: 'Label', id: 1 }],
    template_params: { name: 'pedido_pronto', language: 'pt_BR', processed_params: { body: { 1: '{{contact.name}}', 2: '1042' } } },
  });
  expect(outputOf(execution, 'Create Campaign')).toMatchObject([{ kind: 'one_off', inboxName: 'WhatsApp', warning: null }]);

  sandbox.chatwoot.state.accounts.get(1)!.features.whatsapp_campaign = false;
  const silent = await n8n.client.runWorkflow(workflow.id, 'Start by Hand');
  expect(outputOf(silent, 'Create Campaign')).toMatchObject([{ warning: expect.stringContaining('switched off') }]);
  expect(sandbox.violations).toEqual([]);
});

test('collects what people with the label wrote after the start, in the inbox of the campaign', async () => {
  const { state } = sandbox.chatwoot;
  const quiet = { state, clock: sandbox.clock, deliver: async () => await Promise.resolve(undefined as never) };
  const conversationOf = (contactId: number, inboxId: number) => {
    const inbox = state.inboxes.get(inboxId)!;
    return startConversation(quiet, linkToInbox(state, state.contacts.get(contactId)!, inbox, undefined), inbox);
  };
  const say = (one: ChatwootConversation, content: string, minutes: number, incoming = true) => {
    const id = state.ids.number('message', 5001);
    const createdAt = Math.floor(sandbox.clock.now() / 1000) * 1000 + minutes * 60_000;
    state.messages.set(id, {
      id, conversationId: one.id, content, type: incoming ? 0 : 1, private: false, contentType: 'text', contentAttributes: {}, additionalAttributes: {}, status: 'sent', sourceId: null,
      sender: incoming ? { kind: 'contact', id: one.contactId } : { kind: 'user', id: 1 }, attachments: [], createdAt,
    });
    one.lastActivityAt = Math.max(one.lastActivityAt, createdAt);
  };
  const [first, second, third] = [...state.contacts.values()];
  for (const contact of [first!, second!]) contact.labels = ['vip'];

  const nothing = await n8n.client.runWorkflow(workflow.id, 'Every Hour');
  expect(nothing.error).toBeUndefined();
  expect(outputOf(nothing, 'People With Label')).toEqual([]);

  const talk = conversationOf(first!.id, whatsapp);
  say(talk, 'An old question', -60);
  await n8n.client.runWorkflow(workflow.id, 'Start by Hand');
  say(talk, 'Vou buscar hoje', 3);
  say(talk, 'Combinado!', 4, false);
  say(conversationOf(second!.id, whatsapp), 'Ainda não posso', 2);
  say(conversationOf(second!.id, 2), 'In another inbox', 2);
  say(conversationOf(third!.id, whatsapp), 'Without the label', 2);

  const execution = await n8n.client.runWorkflow(workflow.id, 'Every Hour');
  expect(execution.error).toBeUndefined();
  expect(outputOf(execution, 'Replies').map(({ name, reply, campaign }) => [name, reply, campaign])).toEqual([
    [second!.name, 'Ainda não posso', 'Order ready'],
    [first!.name, 'Vou buscar hoje', 'Order ready'],
  ]);
  expect(sandbox.violations).toEqual([]);
});
