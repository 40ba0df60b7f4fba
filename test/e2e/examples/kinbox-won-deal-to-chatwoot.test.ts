/** The example in a real n8n: deals are won in Kinbox, and the published workflow's own polls find them. */
import { addDeal } from '../../sandbox/kinbox/sales';
import { addContact } from '../../sandbox/kinbox/contacts';
import { outputOf } from '../client';
import { useExample } from '../useExample';

const example = useExample('kinbox-won-deal-to-chatwoot.json');

test('each deal that is won from now on is thanked for once; one without a phone is told and stops no other', async () => {
  const { sandbox } = example;
  const { state } = sandbox.kinbox;
  const now = () => sandbox.clock.now();
  const won = (name: string, contactId: number) => addDeal(state, contactId, { name, value: 100, status: 'won', wonLostDate: new Date(now()).toISOString() }, now());
  const dora = addContact(state, { name: 'Dora Campos', phone: '5585988880001', email: 'dora@example.com' }, now());
  const nobody = addContact(state, { name: 'Sem Telefone', email: 'sem@example.com' }, now());
  won('Before publishing', dora.id);

  const execution = await example.started(async () => {
    await example.n8n.client.activate(example.workflow.id);
    won('Pedido 77', dora.id);
    won('Pedido 78', nobody.id);
    addDeal(state, dora.id, { name: 'Still open' }, now());
  }, 100_000);
  expect(outputOf(execution, 'Deal Won').map(({ name }) => name).sort()).toEqual(['Pedido 77', 'Pedido 78']);

  const { contacts, conversations, messages } = sandbox.chatwoot.state;
  const made = [...contacts.values()].find(({ phoneNumber }) => phoneNumber === '+5585988880001')!;
  expect(made).toMatchObject({ name: 'Dora Campos', labels: ['vip'] });
  const [conversation] = [...conversations.values()].filter(({ contactId }) => contactId === made.id);
  expect(conversation).toMatchObject({ inboxId: 4 });
  expect([...messages.values()].filter(({ conversationId }) => conversationId === conversation!.id)).toMatchObject([
    { content: 'Olá Dora, o pedido Pedido 77 está pronto para retirada.', additionalAttributes: { template_params: { name: 'pedido_pronto' } } },
  ]);
  expect(outputOf(execution, 'Not Thanked')).toEqual([{ deal: 'Pedido 78', contact: 'Sem Telefone', reason: expect.stringContaining("'Phone'") }]);
});
