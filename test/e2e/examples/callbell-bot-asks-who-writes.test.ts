/** The example in a real n8n: a bot's step waits for the answer of the workflow. */
import { addContact } from '../../sandbox/kinbox/contacts';
import { useExample } from '../useExample';

const example = useExample('callbell-bot-asks-who-writes.json', { activate: true });

/** Calls the workflow as the step of the bot does. */
async function ask(body: object) {
  const { webhookId } = example.workflow.nodes.find(({ name }) => name === 'Bot Asks')!;
  const { status, headers, data } = await example.n8n.client.callWebhook(`${webhookId}/webhook`, body);
  return { status, type: String(headers['content-type']), data };
}

test('who is a customer, who is not, and what cannot be known now', async () => {
  const { kinbox, clock, inject } = example.sandbox;
  addContact(kinbox.state, { name: 'Nara Pinto', phone: '5585988887001' }, clock.now());
  expect(await ask({ phone: '+55 85 98888-7001' })).toEqual({ status: 200, type: expect.stringContaining('application/json'), data: { customer: 'yes', name: 'Nara Pinto' } });
  expect(await ask({ phone: '+351 912 000 999' })).toMatchObject({ status: 200, data: { customer: 'no', name: '' } });
  // A number that nobody can have, and a Kinbox that refuses: the bot gets an answer all the same.
  expect(await ask({ phone: 'call me' })).toMatchObject({ status: 200, data: { customer: 'unknown', name: '' } });
  inject({ kind: 'status', vendor: 'kinbox', status: 403, times: 1 });
  expect(await ask({ phone: '+55 85 98888-7001' })).toMatchObject({ status: 200, data: { customer: 'unknown', name: '' } });
});

test("the account's webhook is nobody's business", () => {
  expect(example.sandbox.callbell.state.webhook).toBeNull();
  expect(example.sandbox.requests.filter(({ vendor }) => vendor === 'callbell')).toEqual([]);
});
