/** The example in a real n8n: who has a birthday today is greeted once, by one system, however often the day is run. */
import { addContact as addCallbellContact } from '../../sandbox/callbell/contacts';
import { createContact as addChatwootContact } from '../../sandbox/chatwoot/contacts';
import { addContact as addKinboxContact } from '../../sandbox/kinbox/contacts';
import { outputOf } from '../client';
import { createExampleCredentials } from '../examples';
import { useExample } from '../useExample';

const example = useExample('birthday-campaign.json', { credentials: createExampleCredentials, forEachTest: true });

beforeEach(async () => {
  example.sandbox.reset();
  // The note on the canvas asks for it.
  await example.chatwoot('POST', '/labels', { title: 'opt-out' });
});

/** A day of another year in n8n's time zone, as 2026-12-24. */
const birthday = (year: number, daysFromNow = 0) => {
  const day = new Intl.DateTimeFormat('en-CA', { timeZone: 'America/Sao_Paulo' }).format(Date.now() + daysFromNow * 86_400_000);
  // Only leap years have every day.
  return `${year}${day.slice(4)}`;
};
const inKinbox = (name: string, phone: string, aniversario: string, more = {}) => addKinboxContact(example.sandbox.kinbox.state, { name, phone, customFields: { aniversario: { value: aniversario }, ...more } }, example.sandbox.clock.now());
const inChatwoot = (name: string, phone: string, aniversario: string, labels: string[] = []) => {
  const { chatwoot, clock } = example.sandbox;
  const contact = addChatwootContact(chatwoot.state, chatwoot.accountId, { name, phone_number: `+${phone}`, custom_attributes: { aniversario } }, clock.now());
  chatwoot.state.contacts.change(contact.id, (one) => { one.labels = labels; });
};
const inCallbell = (name: string, phone: string, date: string, tags: string[] = []) => addCallbellContact(example.sandbox.callbell.state, { name, source: 'whatsapp', identifier: phone, phoneNumber: `+${phone}`, customFields: { Birthday: date }, tags }, example.sandbox.clock.now());

const sendingCalls = ['sendMessage', 'createMessage', 'createConversationMessage', 'createConversation'];
const greetings = () => example.sandbox.requests
  .filter(({ method, operationId, path }) => method === 'POST' && (sendingCalls.includes(operationId ?? '') || /messages(\/send)?$/.test(path)))
  // In Chatwoot the greeting is the first message of a conversation.
  .map(({ vendor, operationId, body, status }) => ({ vendor, status, body: (operationId === 'createConversation' ? (body as { message: unknown }).message : body) as Record<string, unknown> }));
const run = async () => await example.run('Every Day at 9');

test('each person once: on the day only, by one system, and not again in a second run', async () => {
  const { sandbox } = example;
  inKinbox('Ana Kinbox', '5585988880001', birthday(1992));
  inKinbox('Amanhã Kinbox', '5585988880002', birthday(1992, 1));
  inChatwoot('Bia Chatwoot', '5585988880003', `${birthday(1988)}T00:00:00.000Z`);
  inChatwoot('Ontem Chatwoot', '5585988880004', birthday(1988, -1));
  inCallbell('Caio Callbell', '5585988880005', birthday(2000));
  // The same person in all three, once without the ninth digit.
  inKinbox('Davi Todos', '558588880006', birthday(1996).split('-').reverse().join('/'));
  inChatwoot('Davi Todos', '5585988880006', birthday(1996));
  inCallbell('Davi Todos', '5585988880006', birthday(1996));
  // Who does not want to be written to.
  inKinbox('Não Kinbox', '5585988880007', birthday(1992), { 'aceita-novidades': { value: false } });
  inChatwoot('Não Chatwoot', '5585988880008', birthday(1992), ['opt-out']);
  inCallbell('Não Callbell', '5585988880009', birthday(1992), ['Sem interesse']);

  // Opted out in one of them, without a birthday there.
  inCallbell('Nem Aqui', '5585988880010', birthday(1992));
  addKinboxContact(sandbox.kinbox.state, { name: 'Nem Aqui', phone: '558588880010', customFields: { 'aceita-novidades': { value: false } } }, sandbox.clock.now());

  const execution = await run();
  expect(outputOf(execution, 'Not Yet This Year').map(({ name, platform }) => [name, platform]).sort()).toEqual([
    ['Ana Kinbox', 'kinbox'], ['Bia Chatwoot', 'chatwoot'], ['Caio Callbell', 'callbell'], ['Davi Todos', 'kinbox'],
  ]);
  const sent = greetings();
  expect(sent.filter(({ vendor }) => vendor === 'kinbox').map(({ body }) => [body.to, body.message]).sort()).toEqual([
    ['558588880006', 'Parabéns, Davi! Há um presente de aniversário para você na loja.'],
    ['5585988880001', 'Parabéns, Ana! Há um presente de aniversário para você na loja.'],
  ]);
  expect(sent.filter(({ vendor }) => vendor === 'chatwoot').map(({ body }) => body)).toEqual([
    expect.objectContaining({ template_params: expect.objectContaining({ name: 'pedido_pronto', processed_params: { body: { 1: 'Bia', 2: 'presente de aniversário' } } }) }),
  ]);
  expect(sent.filter(({ vendor }) => vendor === 'callbell').map(({ body }) => [body.to, body.template_values])).toEqual([['+5585988880005', ['Caio', 'presente de aniversário', 'você']]]);
  expect(outputOf(execution, 'Not Greeted')).toEqual([]);

  const again = await run();
  expect(outputOf(again, 'Each Person Once')).toHaveLength(4);
  expect(outputOf(again, 'Not Yet This Year')).toEqual([]);
  expect(greetings()).toHaveLength(sent.length);
});

test('who is refused is told with the reason; a system that does not answer stops nobody in the others', async () => {
  const { sandbox } = example;
  inKinbox('Ana Kinbox', '5585988880001', birthday(1992));
  inChatwoot('Bia Chatwoot', '5585988880003', birthday(1988));
  inCallbell('Caio Callbell', '5585988880005', birthday(2000));
  sandbox.chatwoot.state.inboxes.delete(4);
  sandbox.callbell.state.tokens.clear();

  const execution = await run();
  expect(outputOf(execution, 'Not Greeted')).toEqual([{ name: 'Bia Chatwoot', phone: '+5585988880003', platform: 'chatwoot', reason: expect.stringContaining("'Inbox' 4 is not in account 1") }]);
  expect(outputOf(execution, 'List Not Read')).toEqual([{ reason: expect.stringMatching(/Callbell/) }]);
  expect(greetings()).toMatchObject([{ vendor: 'kinbox', body: { to: '5585988880001' } }]);
});
