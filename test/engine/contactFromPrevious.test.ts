import { Callbell } from '../../nodes/Callbell/Callbell.node';
import { Chatwoot } from '../../nodes/Chatwoot/Chatwoot.node';
import { Kinbox } from '../../nodes/Kinbox/Kinbox.node';
import { useNode } from './support';

const previous = { contactSource: 'previousNode' };
/** "Simplified" of any of the three nodes. */
const ana = {
  id: '9', name: 'Ana Souza', email: 'ana@example.com', phone: '+5585987776655', externalId: 'ERP-1042', avatarUrl: 'https://example.com/ana.jpg',
  tags: ['VIP'], customFields: { CPF: '529.982.247-25' }, notes: 'Prefers mornings', url: null, createdAt: '2026-01-05T09:00:00.000Z', updatedAt: null, platform: 'callbell',
};

describe('Kinbox: Create or Update', () => {
  const bench = useNode('Kinbox', Kinbox);

  it('creates the contact as it comes', async () => {
    const { error, rows, requests, hints } = await bench.run('contact', 'upsert', previous, { items: [ana] });
    expect(error).toBeUndefined();
    expect(requests.find(({ method }) => method === 'POST')?.body).toEqual({
      name: 'Ana Souza', email: 'ana@example.com', phone: '5585987776655', externalId: 'ERP-1042', avatar: 'https://example.com/ana.jpg', notes: 'Prefers mornings',
      customFields: { cpf: { value: '529.982.247-25' } },
    });
    expect(rows[0]).toMatchObject({ name: 'Ana Souza', customFields: { cpf: '529.982.247-25' }, created: true, platform: 'kinbox' });
    expect(hints.map(({ message }) => message)).toEqual(['Kinbox contacts hold no tags, so these were left out: VIP (1 contact).']);
  });
});

describe('Chatwoot: Create or Update', () => {
  const bench = useNode('Chatwoot', Chatwoot);

  it('creates the contact as it comes, with its labels', async () => {
    const { error, rows, requests, hints } = await bench.run('contact', 'upsert', previous, { items: [ana] });
    expect(error).toBeUndefined();
    expect(requests.find(({ method, path }) => method === 'POST' && path.endsWith('/contacts'))?.body).toEqual({
      name: 'Ana Souza', email: 'ana@example.com', phone_number: '+5585987776655', identifier: 'ERP-1042', avatar_url: 'https://example.com/ana.jpg',
      additional_attributes: { description: 'Prefers mornings' }, custom_attributes: { cpf: '529.982.247-25' },
    });
    expect(rows[0]).toMatchObject({ name: 'Ana Souza', tags: ['vip'], customFields: { cpf: '529.982.247-25' }, notes: 'Prefers mornings', created: true, platform: 'chatwoot' });
    expect(hints.map(({ message }) => message)).toEqual([]);
  });
});

describe('Callbell: Create or Update', () => {
  const bench = useNode('Callbell', Callbell);

  it('creates the contact as it comes', async () => {
    const { error, rows, hints } = await bench.run('contact', 'upsert', previous, { items: [ana] });
    expect(error).toBeUndefined();
    expect(rows[0]).toMatchObject({ name: 'Ana Souza', email: 'ana@example.com', phone: '+5585987776655', tags: ['VIP'], notes: 'Prefers mornings', platform: 'callbell' });
    expect(hints.map(({ message }) => message)).toEqual([
      'Callbell contacts of this account cannot hold these, so they were left out: external ID (1 contact), picture (1 contact).',
      'The Callbell account has no custom fields of these names, and its API makes none, so they were left out: CPF (1 contact).',
    ]);
  });
});
