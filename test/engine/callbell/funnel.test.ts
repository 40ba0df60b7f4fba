import { behavesWell, useCallbell } from './support';

const bench = useCallbell();

describe('funnel', () => {
  it('lists the stages in order', async () => {
    const { rows } = await bench.run('funnel', 'getAll', { returnAll: true });
    expect(rows.map(({ name, position }) => [name, position])).toEqual([['Novo', 1], ['Proposta', 2], ['Fechado', 3]]);
    expect((await bench.run('funnel', 'getAll', { limit: 1 })).rows).toHaveLength(1);
  });

  behavesWell(bench, { resource: 'funnel', operation: 'getAll', parameters: () => ({}) });
});
