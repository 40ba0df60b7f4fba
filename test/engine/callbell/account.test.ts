import { behavesWell, useCallbell } from './support';

const bench = useCallbell();

describe('account', () => {
  it('tells account and plan, without the key', async () => {
    expect((await bench.run('account', 'get')).rows).toEqual([{ status: 'ok', name: 'Marina Duarte', email: 'marina@lojaexemplo.com.br' }]);
    const { rows } = await bench.run('account', 'getPlan');
    expect(rows[0]).toMatchObject({ plan: 'chat_management_plus', includedChannels: 4, licenses: 5, activeUsers: 3 });
    expect(rows[0]?.teams).toHaveLength(2);
  });

  behavesWell(bench, { resource: 'account', operation: 'get', parameters: () => ({}) });
  behavesWell(bench, { resource: 'account', operation: 'getPlan', parameters: () => ({}) });
});
