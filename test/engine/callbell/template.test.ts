import { byId } from '../support';
import { behavesWell, useCallbell } from './support';

const bench = useCallbell();
const state = () => bench.sandbox.callbell.state;
const template = () => byId(state().templates[0]!.uuid);
const sent = (index = 0) => bench.sandbox.requests[index];

describe('template', () => {
  it('lists with what matters for sending', async () => {
    const { rows } = await bench.run('template', 'getAll', { returnAll: true });
    expect(rows).toHaveLength(6);
    expect(rows[0]).toMatchObject({ title: 'Pedido pronto', variables: 3, type: 'text', category: 'UTILITY', status: 'approved', sendable: true });
    const found = await bench.run('template', 'getAll', { filters: { approvedOnly: true, category: 'MARKETING', search: 'novidades', type: 'image' } });
    expect(found.rows.map(({ title }) => title)).toEqual(['Promoção com foto']);
    expect((await bench.run('template', 'getAll', { limit: 2 })).rows).toHaveLength(2);
  });
  it('reads and renames, whichever key answers', async () => {
    expect((await bench.run('template', 'get', { templateId: template() })).rows[0]?.title).toBe('Pedido pronto');
    expect((await bench.run('template', 'update', { templateId: template(), title: 'Pronto v2' })).rows[0]).toMatchObject({ id: template().value, title: 'Pronto v2' });
    expect(sent(1)).toMatchObject({ method: 'PATCH', body: { title: 'Pronto v2' } });
  });
  behavesWell(bench, { resource: 'template', operation: 'getAll', parameters: () => ({}) });
  behavesWell(bench, { resource: 'template', operation: 'get', idField: 'templateId', parameters: () => ({ templateId: template() }) });
  behavesWell(bench, { resource: 'template', operation: 'update', idField: 'templateId', parameters: () => ({ templateId: template(), title: 'x' }) });
});
