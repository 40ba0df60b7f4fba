/** The example in a real n8n: Callbell's sandbox delivers the event to n8n's own webhook. */
import { outputOf, type Execution } from '../client';
import { useExample } from '../useExample';

const example = useExample('callbell-contact-to-kinbox-and-chatwoot.json');

/** Creates a contact in Callbell and waits for what the workflow makes of it. */
async function created(contact: { source: string; identifier: string; name: string }): Promise<Execution> {
  return await example.started(async () => {
    await example.callbell('POST', '/contacts', contact);
    await example.sandbox.settled();
  });
}

test('a contact that Callbell tells of appears in Kinbox and Chatwoot; the webhook is given back', async () => {
  const { sandbox } = example;
  await example.n8n.client.activate(example.workflow.id);
  expect(sandbox.callbell.state.webhook).toMatchObject({ url: expect.stringContaining('/webhook/'), subscriptions: ['contact_created'] });
  const execution = await created({ source: 'whatsapp', identifier: '351910000999', name: 'Rui Castro' });
  expect(sandbox.deliveries[0]).toMatchObject({ event: 'contact_created', status: 200, responseBody: expect.stringContaining('"receiver"') });
  expect(sandbox.requests.find(({ operationId }) => operationId === 'v3CreateContact')?.body).toMatchObject({ name: 'Rui Castro', phone: '351910000999', origin: 'Callbell' });
  expect(sandbox.requests.find(({ vendor, operationId }) => vendor === 'chatwoot' && operationId === 'createContact')?.body).toMatchObject({ name: 'Rui Castro', phone_number: '+351910000999' });
  expect(outputOf(execution, 'Not Taken Over')).toEqual([]);

  // Known to Chatwoot by phone, and without a phone at all.
  const seeded = [...example.sandbox.chatwoot.state.contacts.values()][0]!;
  sandbox.chatwoot.state.contacts.change(seeded.id, (one) => { one.phoneNumber = '+351910000998'; });
  await created({ source: 'whatsapp', identifier: '351910000998', name: 'Same Person' });
  expect(sandbox.chatwoot.state.contacts.get(seeded.id)).toMatchObject({ name: 'Same Person' });
  const refused = await created({ source: 'instagram', identifier: '178400009999', name: 'Sem Telefone' });
  expect(outputOf(refused, 'Not Taken Over')).toEqual(Array(2).fill({ name: 'Sem Telefone', phone: null, reason: expect.stringContaining("'Phone'") }));

  const probe = await fetch(sandbox.callbell.state.webhook!.url);
  expect([probe.status, ((await probe.json()) as { status: string }).status]).toEqual([200, 'ok']);
  await example.n8n.client.deactivate(example.workflow.id);
  expect(sandbox.callbell.state.webhook).toBeNull();
});
