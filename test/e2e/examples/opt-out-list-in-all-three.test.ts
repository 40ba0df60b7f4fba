/** The example in a real n8n: people write STOP on each of the three platforms, and no campaign reaches them. */
import { addContact as addToCallbell } from '../../sandbox/callbell/contacts';
import { messageEvent, receive } from '../../sandbox/callbell/messages';
import { addContact as addToKinbox } from '../../sandbox/kinbox/contacts';
import { outputOf } from '../client';
import { useExample } from '../useExample';

const example = useExample('opt-out-list-in-all-three.json', { activate: true });

const inKinbox = (phone: string) => [...example.sandbox.kinbox.state.contacts.values()].find((one) => one.phone === phone.slice(1));
const inChatwoot = (phone: string) => [...example.sandbox.chatwoot.state.contacts.values()].find((one) => one.phoneNumber === phone);
const inCallbell = (phone: string) => example.sandbox.callbell.state.contacts.find(({ phoneNumber }) => phoneNumber?.replace(/\D/g, '') === phone.slice(1));
const marksOf = (phone: string) => ({
  kinbox: inKinbox(phone)?.customFields['aceita-novidades'], chatwoot: inChatwoot(phone)?.labels, callbell: inCallbell(phone)?.tags,
});
const marked = { kinbox: { value: false }, chatwoot: ['opt-out'], callbell: ['Sem interesse'] };

const chatwootPhone = '+5585988886001';
const callbellPhone = '+5585988886002';
const kinboxPhone = '+5585988886003';

test('STOP in Chatwoot marks the person in all three; the other custom fields stay', async () => {
  const { sandbox } = example;
  const { state } = sandbox.chatwoot;
  const person = inChatwoot([...state.contacts.values()].find(({ phoneNumber }) => phoneNumber !== null)!.phoneNumber!)!;
  Object.assign(person, { phoneNumber: chatwootPhone, labels: ['newsletter'] });
  addToKinbox(sandbox.kinbox.state, { name: 'Known', phone: chatwootPhone.slice(1), customFields: { cidade: { value: 'Fortaleza' } } }, sandbox.clock.now());
  const { id } = await example.chatwoot<{ id: number }>('POST', '/conversations', { contact_id: person.id, inbox_id: 2 });

  const chat = await example.started(async () => await example.chatwoot('POST', `/conversations/${id}/messages`, { content: 'Quando posso parar para buscar?', message_type: 'incoming' }));
  expect(outputOf(chat, 'Wants Out')).toEqual([]);
  expect(marksOf(chatwootPhone)).toEqual({ kinbox: undefined, chatwoot: ['newsletter'], callbell: undefined });

  const execution = await example.started(async () => await example.chatwoot('POST', `/conversations/${id}/messages`, { content: ' Sair. ', message_type: 'incoming' }));
  expect(outputOf(execution, 'Not Marked')).toEqual([]);
  expect(marksOf(chatwootPhone)).toEqual(marked);
  expect(inKinbox(chatwootPhone)!.customFields).toMatchObject({ cidade: { value: 'Fortaleza' } });
});

test('STOP in Callbell keeps the tags that the person has', async () => {
  const { sandbox } = example;
  const { state } = sandbox.callbell;
  const person = addToCallbell(state, { name: 'Rui Vaz', source: 'whatsapp', identifier: callbellPhone.slice(1), phoneNumber: callbellPhone, tags: ['VIP'] }, sandbox.clock.now());
  const event = { event: 'message_created', payload: messageEvent(state, person, receive(state, person, 'STOP', sandbox.clock.now())) };
  const execution = await example.started(async () => await fetch(state.webhook!.url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(event) }));
  expect(outputOf(execution, 'Not Marked')).toEqual([]);
  expect(marksOf(callbellPhone)).toEqual({ ...marked, callbell: ['VIP', 'Sem interesse'] });
});

test('STOP in Kinbox, told by a scenario; a system that refuses is named, the other two are marked', async () => {
  const { sandbox } = example;
  const path = example.workflow.nodes.find(({ name }) => name === 'Scenario in Kinbox')!.webhookId!;
  sandbox.callbell.state.tags = sandbox.callbell.state.tags.filter((tag) => tag !== 'Sem interesse');
  const execution = await example.started(async () => {
    const answer = await example.n8n.client.callWebhook(`${path}/webhook`, { name: 'Eva Luz', phone: '(85) 98888-6003', text: 'parar' });
    expect(answer.status).toBe(200);
  });
  sandbox.callbell.state.tags.push('Sem interesse');
  expect(outputOf(execution, 'Not Marked')).toEqual([{ phone: '(85) 98888-6003', name: 'Eva Luz', reason: expect.stringContaining("'Sem interesse' does not exist") }]);
  expect(marksOf(kinboxPhone)).toMatchObject({ kinbox: { value: false }, chatwoot: ['opt-out'] });
});

test('no campaign has a person who is marked', async () => {
  const { sandbox } = example;
  const { state } = sandbox.callbell;
  const vip = state.contacts.filter(({ tags, source }) => tags.includes('VIP') && source === 'whatsapp');
  expect(vip.length).toBeGreaterThan(1);
  const execution = await example.run('Start Campaigns by Hand');
  await sandbox.settled();

  const campaign = [...example.sandbox.kinbox.state.campaigns.values()].at(-1)!;
  const everybody = [...example.sandbox.kinbox.state.contacts.values()].flatMap(({ phone }) => phone ?? []);
  expect(everybody).toEqual(expect.arrayContaining([chatwootPhone, callbellPhone, kinboxPhone].map((phone) => phone.slice(1))));
  expect([...campaign.leads].sort()).toEqual(everybody.filter((phone) => !/^558598888600[123]$/.test(phone)).sort());

  expect(outputOf(execution, 'Campaign in Chatwoot')).toEqual([expect.objectContaining({ audience: expect.anything() })]);
  const newsletter = [...example.sandbox.chatwoot.state.contacts.values()].filter(({ labels }) => labels.includes('newsletter'));
  expect(newsletter.filter(({ labels }) => labels.includes('opt-out'))).toEqual([]);

  const rows = outputOf(execution, 'Campaign in Callbell');
  expect(rows).toHaveLength(vip.length);
  expect(rows.filter(({ status }) => status !== 'dryRun')).toEqual([expect.objectContaining({ phone: callbellPhone, status: 'skipped', reason: expect.stringMatching(/^Has the tag/) })]);
});
