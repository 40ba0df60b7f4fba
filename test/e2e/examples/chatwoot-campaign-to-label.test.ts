/** The example in a real n8n: the campaign as Chatwoot gets it, then what people answer, and nothing else. */
import { linkToInbox } from '../../sandbox/chatwoot/contacts';
import { startConversation, type ChatwootConversation } from '../../sandbox/chatwoot/conversations';
import { outputOf } from '../client';
import { useExample } from '../useExample';

const whatsapp = 4;

const example = useExample('chatwoot-campaign-to-label.json');

beforeEach(() => example.sandbox.reset());

test('sends the template to the label, and says when it will never go out', async () => {
  const { sandbox } = example;
  const nobody = await example.run('Start by Hand');
  expect(outputOf(nobody, 'Create Campaign')).toMatchObject([{ warning: expect.stringMatching(/^No contact has any of these labels/) }]);
  for (const contact of [...sandbox.chatwoot.state.contacts.values()].slice(0, 2)) contact.labels = ['vip'];
  const execution = await example.run('Start by Hand');
  expect(sandbox.requests.find(({ operationId }) => operationId === 'createCampaign')?.body).toMatchObject({
    title: 'Order ready', inbox_id: whatsapp, audience: [{ type: 'Label', id: 1 }],
    template_params: { name: 'pedido_pronto', language: 'pt_BR', processed_params: { body: { 1: '{{contact.name}}', 2: '1042' } } },
  });
  expect(outputOf(execution, 'Create Campaign')).toMatchObject([{ kind: 'one_off', inboxName: 'WhatsApp', warning: expect.stringMatching(/^This Chatwoot keeps no results of WhatsApp campaigns/) }]);

  sandbox.chatwoot.state.accounts.get(1)!.features.whatsapp_campaign = false;
  const silent = await example.run('Start by Hand');
  expect(outputOf(silent, 'Create Campaign')).toMatchObject([{ warning: expect.stringContaining('switched off') }]);
});

test('collects what people with the label wrote after the start, in the inbox of the campaign', async () => {
  const { sandbox } = example;
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

  const nothing = await example.run('Every Hour');
  expect(outputOf(nothing, 'People With Label')).toEqual([]);

  const talk = conversationOf(first!.id, whatsapp);
  say(talk, 'An old question', -60);
  await example.run('Start by Hand');
  say(talk, 'Vou buscar hoje', 3);
  say(talk, 'Combinado!', 4, false);
  say(conversationOf(second!.id, whatsapp), 'Ainda não posso', 2);
  say(conversationOf(second!.id, 2), 'In another inbox', 2);
  say(conversationOf(third!.id, whatsapp), 'Without the label', 2);

  const execution = await example.run('Every Hour');
  expect(outputOf(execution, 'Replies').map(({ name, reply, campaign }) => [name, reply, campaign])).toEqual([
    [second!.name, 'Ainda não posso', 'Order ready'],
    [first!.name, 'Vou buscar hoje', 'Order ready'],
  ]);
});
