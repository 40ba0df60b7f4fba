import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { Chatwoot } from '../../../nodes/Chatwoot/Chatwoot.node';
import { Kinbox } from '../../../nodes/Kinbox/Kinbox.node';
import { addContact } from '../../sandbox/kinbox/contacts';
import { byId, useNode } from '../support';
import { addConversation } from '../chatwoot/threads';

// Answers take long enough for four executions to read before the first of them writes.
const chatwoot = useNode('Chatwoot', Chatwoot);
const names = ['vip', 'troca', 'novo', 'cliente'];

beforeEach(() => {
  const { state } = chatwoot.sandbox.chatwoot;
  for (const [index, title] of names.entries()) {
    if (![...state.labels.values()].some((label) => label.accountId === 1 && label.title === title)) state.labels.set(900 + index, { id: 900 + index, accountId: 1, title, description: null, color: '#000000', showOnSidebar: false, createdAt: 0, updatedAt: 0 });
  }
  chatwoot.sandbox.inject({ kind: 'latency', vendor: 'chatwoot', ms: 40, times: 40 });
  addConversation(chatwoot, {});
});

const contact = () => [...chatwoot.sandbox.chatwoot.state.contacts.values()].find(({ accountId }) => accountId === 1)!;
const conversation = () => [...chatwoot.sandbox.chatwoot.state.conversations.values()].find(({ accountId }) => accountId === 1)!;
const atOnce = async (resource: string, operation: string, parameters: INodeParameters[]) => {
  const results = await Promise.all(parameters.map(async (one) => await chatwoot.run(resource, operation, one, { skipSchema: true })));
  for (const { error } of results) expect(error).toBeUndefined();
  return results;
};

describe('writes of several executions at once', () => {
  it.each([
    ['contact', () => ({ contactId: byId(contact().id) }), () => contact().labels],
    ['conversation', () => ({ conversationId: byId(conversation().displayId) }), () => conversation().labels],
  ] as const)('keep all labels added to a %s', async (resource, at, labels) => {
    const results = await atOnce(resource, 'addLabels', names.map((name) => ({ ...at(), labels: [name] })));
    expect(labels()).toEqual(expect.arrayContaining(names));
    for (const { rows } of results) expect(rows[0]).not.toHaveProperty('notApplied');
    expect(results.some(({ hints }) => JSON.stringify(hints ?? '').includes('at the same time'))).toBe(true);
  });

  it('keep what one adds and what another removes', async () => {
    chatwoot.sandbox.chatwoot.state.contacts.change(contact().id, (one) => { one.labels = ['vip', 'troca']; });
    const at = { contactId: byId(contact().id) };
    await Promise.all([
      chatwoot.run('contact', 'addLabels', { ...at, labels: ['novo'] }), chatwoot.run('contact', 'removeLabels', { ...at, labels: ['vip'] }),
      chatwoot.run('contact', 'addLabels', { ...at, labels: ['cliente'] }), chatwoot.run('contact', 'removeLabels', { ...at, labels: ['TROCA'] }),
    ]);
    expect([...contact().labels].sort()).toEqual(['cliente', 'novo']);
  });

  it('keep the custom attributes of a conversation, set and removed', async () => {
    conversation().customAttributes = { antigo: 'x' };
    const at = { conversationId: byId(conversation().displayId) };
    await Promise.all([
      ...names.map(async (name) => await chatwoot.run('conversation', 'updateCustomAttributes', { ...at, moreAttributes: { customAttributesJson: JSON.stringify({ [name]: name.length }) } })),
      chatwoot.run('conversation', 'removeCustomAttributes', { ...at, attributeKeys: ['antigo'] }),
    ]);
    expect(conversation().customAttributes).toEqual(Object.fromEntries(names.map((name) => [name, name.length])));
  });

  it('say what somebody else keeps undoing', async () => {
    const labels = contact().labels.filter((label) => label !== 'novo');
    const undo = setInterval(() => chatwoot.sandbox.chatwoot.state.contacts.change(contact().id, (one) => { one.labels = labels; }), 5);
    try {
      const { rows, error } = await chatwoot.run('contact', 'addLabels', { contactId: byId(contact().id), labels: ['novo'] }, { skipSchema: true });
      expect(error).toBeUndefined();
      expect((rows[0]!.notApplied as IDataObject[]).at(-1)).toEqual({ field: 'Labels', asked: 'novo', got: null });
      expect(rows[0]!.labels).toEqual(labels);
    } finally {
      clearInterval(undo);
    }
  }, 20_000);
});

describe('Kinbox: custom fields of several executions at once', () => {
  const kinbox = useNode('Kinbox', Kinbox);
  const one = () => addContact(kinbox.sandbox.kinbox.state, { name: 'Ana', phone: '5585987776655', customFields: { cpf: { value: '1' }, cidade: { value: 'Natal' } } }, Date.now());
  const slowly = () => kinbox.sandbox.inject({ kind: 'latency', vendor: 'kinbox', ms: 40, times: 12 });

  it('are kept by Update and Create or Update, which send the others along', async () => {
    const contact = one();
    slowly();
    const results = await Promise.all([
      kinbox.run('contact', 'update', { contactId: byId(contact.id), additionalFields: { customFieldsJson: '{"cpf": "2"}' } }),
      kinbox.run('contact', 'upsert', { phone: '85 98777-6655', additionalFields: { customFieldsJson: '{"cidade": "Recife"}' } }),
    ]);
    for (const { error } of results) expect(error).toBeUndefined();
    const sent = results.flatMap(({ requests }) => requests.filter(({ method }) => method === 'PATCH').map(({ body }) => Object.keys((body as { customFields: object }).customFields).sort().join()));
    expect(new Set(sent)).toEqual(new Set(['cidade,cpf']));
    expect(kinbox.sandbox.kinbox.state.contacts.get(contact.id)?.customFields).toMatchObject({ cpf: { value: '2' }, cidade: { value: 'Recife' } });
    for (const { rows } of results) expect(rows[0]).not.toHaveProperty('notApplied');
  });
});
