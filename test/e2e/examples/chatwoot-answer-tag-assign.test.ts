/** The example in a real n8n: people write, Chatwoot's signed events reach the published workflow, and it answers once. */
import { outputOf } from '../client';
import { useExample } from '../useExample';

const example = useExample('chatwoot-answer-tag-assign.json', { activate: true });

const startConversation = async (contactId: number) => (await example.chatwoot<{ id: number }>('POST', '/conversations', { contact_id: contactId, inbox_id: 2 })).id;
const write = async (conversation: number, content: string) => await example.chatwoot('POST', `/conversations/${conversation}/messages`, { content, message_type: 'incoming' });
const conversationOf = (displayId: number) => [...example.sandbox.chatwoot.state.conversations.values()].find((one) => one.accountId === 1 && one.displayId === displayId)!;
const messagesOf = (displayId: number) => [...example.sandbox.chatwoot.state.messages.values()].filter(({ conversationId }) => conversationId === conversationOf(displayId).id);

test.each([
  ['Meu pão chegou QUEBRADO', 'Return', { labels: ['troca'], teamId: 2 }, /Sentimos muito/],
  ['Quanto custa um bolo?', 'Quote', { labels: ['orçamento'], teamId: 1 }, /equipe de vendas/],
  ['Bom dia', 'Anything Else', { labels: ['novo'], teamId: 1 }, /Recebemos a sua mensagem/],
])('"%s" is answered, labelled and assigned as %s', async (text, topic, expected, answer) => {
  const conversation = await startConversation(1);
  const execution = await example.started(async () => await write(conversation, text));
  expect(outputOf(execution, topic)).toHaveLength(1);
  expect(outputOf(execution, 'Failed')).toEqual([]);
  expect(conversationOf(conversation)).toMatchObject(expected);
  const contact = example.sandbox.chatwoot.state.contacts.get(1)!;
  expect(messagesOf(conversation).filter(({ type, private: note }) => type === 1 && !note).map(({ content }) => content)).toEqual([expect.stringMatching(answer)]);
  expect(messagesOf(conversation).find(({ type }) => type === 1)?.content).toContain(`Olá, ${contact.name}!`);
});

test('later messages, and its own answers, are left alone; a team that is gone is told', async () => {
  const { sandbox } = example;
  const conversation = await startConversation(2);
  sandbox.chatwoot.state.teams.delete(2);
  const execution = await example.started(async () => await write(conversation, 'Quero trocar'));
  expect(outputOf(execution, 'Failed')).toEqual([{ conversationId: String(conversation), reason: expect.any(String) }]);
  expect(conversationOf(conversation)).toMatchObject({ labels: ['troca'], teamId: null });

  const before = await example.executionIds();
  await write(conversation, 'E quanto custa o outro?');
  await sandbox.settled();
  expect(sandbox.deliveries.at(-1)).toMatchObject({ event: 'message_created', status: 200, responseBody: expect.stringContaining('Event received') });
  expect(await example.executionIds()).toEqual(before);
  expect(messagesOf(conversation).filter(({ type }) => type === 1)).toHaveLength(1);
});
