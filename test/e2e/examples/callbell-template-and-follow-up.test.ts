/** The example in a real n8n: the dry run shows who would get the template, and a reply is followed up. */
import { messageEvent, receive } from '../../sandbox/callbell/messages';
import { outputOf } from '../client';
import { useExample } from '../useExample';

const example = useExample('callbell-template-and-follow-up.json', { activate: true });

test('by hand: everyone with the tag is shown with their own text, nothing is sent', async () => {
  const { sandbox } = example;
  const execution = await example.run('Start by Hand');
  const rows = outputOf(execution, 'Send Template');
  const tagged = sandbox.callbell.state.contacts.filter(({ tags }) => tags.includes('Call back'));
  expect(rows.map(({ name, status, text }) => [name, status, text])).toEqual(tagged.map(({ name }) => [name, 'dryRun', `Olá ${name!.split(' ')[0]}, bem-vindo!`]));
  expect(sandbox.requests.filter(({ operationId }) => operationId === 'sendMessage')).toEqual([]);
});

test('a reply changes the tags and leaves a note', async () => {
  const { sandbox } = example;
  const { state } = sandbox.callbell;
  const contact = state.contacts.find(({ tags }) => tags.includes('Call back'))!;
  const event = { event: 'message_created', payload: messageEvent(state, contact, receive(state, contact, 'Sim, por favor', sandbox.clock.now())) };
  await example.started(async () => {
    const answer = await fetch(state.webhook!.url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(event) });
    expect(answer.status).toBe(200);
  });
  expect(contact.tags).toEqual(['Interested']);
  expect(contact.messages[0]).toMatchObject({ status: 'note', text: 'Answered the campaign: Sim, por favor' });
});
