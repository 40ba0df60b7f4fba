/** The example in a real n8n: a tag in Callbell takes the conversation, with its history, to a team in Chatwoot. */
import { addContact } from '../../sandbox/callbell/contacts';
import { addHistory, receive } from '../../sandbox/callbell/messages';
import { outputOf } from '../client';
import { useExample } from '../useExample';

const example = useExample('hand-over-callbell-to-chatwoot.json', { activate: true });

/** Sets the tags as a colleague does in Callbell, which tells the webhook. */
const tag = async (uuid: string, tags: string[]) => await example.callbell('PATCH', `/contacts/${uuid}`, { tags });
const handOver = async (uuid: string, tags: string[]) => await example.started(async () => await tag(uuid, tags));

test('contact, conversation and history are in Chatwoot, the conversation in Callbell is closed, once', async () => {
  const { sandbox } = example;
  const { state } = sandbox.callbell;
  const at = sandbox.clock.now() - 3_600_000;
  const person = addContact(state, { name: 'Nara Pinto', source: 'whatsapp', identifier: '5585988885001', phoneNumber: '+55 85 98888-5001', tags: ['VIP'] }, at);
  receive(state, person, 'Bom dia, vocês fazem bolo de casamento?', at);
  addHistory(state, person, { text: 'Fazemos sim! Para quantas pessoas?', status: 'sent', at: at + 60_000 });
  addHistory(state, person, { text: 'Quer orçamento para julho', status: 'note', at: at + 90_000 });
  receive(state, person, 'Umas 80', at + 120_000);

  const execution = await handOver(person.uuid, ['VIP', 'Interested']);
  expect(outputOf(execution, 'Note Why Not')).toEqual([]);
  const { contacts, conversations, messages } = sandbox.chatwoot.state;
  const contact = [...contacts.values()].find(({ phoneNumber }) => phoneNumber === '+5585988885001')!;
  expect(contact).toMatchObject({ name: 'Nara Pinto' });
  const made = [...conversations.values()].filter(({ contactId }) => contactId === contact.id);
  expect(made).toMatchObject([{ inboxId: 2, teamId: 1 }]);
  const notes = [...messages.values()].filter(({ conversationId, private: note }) => conversationId === made[0]!.id && note);
  expect(notes).toHaveLength(1);
  const time = String.raw`\d{4}-\d\d-\d\d \d\d:\d\d  `;
  expect(notes[0]!.content).toMatch(new RegExp([
    '^So far in Callbell\n',
    `${time}Nara Pinto: Bom dia, vocês fazem bolo de casamento\\?`,
    `${time}Team: Fazemos sim! Para quantas pessoas\\?`,
    `${time}Note: Quer orçamento para julho`,
    `${time}Nara Pinto: Umas 80$`,
  ].join('\n')));
  expect([...messages.values()].filter(({ conversationId, type, private: note }) => conversationId === made[0]!.id && type === 1 && !note)).toEqual([]);

  expect(person.tags).toEqual(['VIP']);
  expect(person.closedAt).not.toBeNull();
  expect(person.messages[0]).toMatchObject({ status: 'note', text: `Goes on in Chatwoot, conversation ${made[0]!.displayId}.` });

  // The contact changes again, and what the workflow itself changed is told too: nothing more happens.
  const known = await example.executionIds();
  await tag(person.uuid, ['VIP', 'Cliente']);
  await sandbox.settled();
  expect(await example.executionIds()).toEqual(known);
  expect([...conversations.values()].filter(({ contactId }) => contactId === contact.id)).toHaveLength(1);
});

test('what Chatwoot refuses stands as a note in Callbell, where the conversation stays open', async () => {
  const { sandbox } = example;
  const { state } = sandbox.callbell;
  const person = addContact(state, { name: 'Caio Reis', source: 'whatsapp', identifier: '5585988885002', phoneNumber: '+5585988885002' }, sandbox.clock.now());
  sandbox.chatwoot.state.teams.delete(1);
  await handOver(person.uuid, ['Interested']);
  expect(person.messages[0]).toMatchObject({ status: 'note', text: expect.stringMatching(/^Could not be handed over to Chatwoot: 'Team' 1 is not in account 1/) });
  expect(person.closedAt).toBeNull();
  expect(person.tags).toEqual([]);
});

test('a history that could not be read is no empty one: nothing is handed over, and the conversation stays open', async () => {
  const { sandbox } = example;
  const person = addContact(sandbox.callbell.state, { name: 'Lia Melo', source: 'whatsapp', identifier: '5585988885003', phoneNumber: '+5585988885003' }, sandbox.clock.now());
  receive(sandbox.callbell.state, person, 'Bom dia', sandbox.clock.now());
  sandbox.inject({ kind: 'status', vendor: 'callbell', method: 'GET', path: `/contacts/${person.uuid}/messages`, status: 404 });
  await handOver(person.uuid, ['Interested']);
  expect(person.messages[0]).toMatchObject({ status: 'note', text: expect.stringMatching(/^Could not be handed over to Chatwoot: /) });
  expect(person.closedAt).toBeNull();
  expect([...sandbox.chatwoot.state.contacts.values()].filter(({ phoneNumber }) => phoneNumber === '+5585988885003')).toEqual([]);
});
