import { receive } from '../../sandbox/callbell/messages';
import { behavesWell, useCallbell } from './support';

const bench = useCallbell();

describe('account: check', () => {
  it('asks for all that the token may read, changes nothing, and shows nothing of it', async () => {
    const { contacts, channels } = bench.sandbox.callbell.state;
    const known = contacts.find(({ phoneNumber }) => phoneNumber)!;
    receive(bench.sandbox.callbell.state, known, 'Meu CPF é 000.111.222-33', bench.sandbox.clock.now());
    const { rows, requests, error } = await bench.run('account', 'check');
    expect(error).toBeUndefined();
    expect(new Set(requests.map(({ method }) => method))).toEqual(new Set(['GET']));
    expect(rows.filter(({ outcome }) => outcome !== 'ok' && outcome !== 'notChecked')).toEqual([]);
    expect(rows.find(({ operation }) => operation === 'contact:getByPhone')).toMatchObject({ outcome: 'ok', status: 200, rows: 1, call: 'GET /contacts/phone/{phone}' });
    const shown = JSON.stringify(rows);
    for (const one of [...contacts.flatMap(({ name, phoneNumber, uuid }) => [name, phoneNumber, uuid]), ...channels.map(({ title }) => title), 'CPF', '000.111', 'Marina', 'marina@']) if (one) expect(shown).not.toContain(one);
  });

  it('tells what is refused, gone, or other than expected, and goes on', async () => {
    bench.sandbox.inject({ kind: 'status', vendor: 'callbell', operationId: 'listTemplates', status: 403 });
    bench.sandbox.inject({ kind: 'status', vendor: 'callbell', operationId: 'listFunnels', status: 404 });
    bench.sandbox.inject({ kind: 'status', vendor: 'callbell', operationId: 'listTeams', status: 200, body: { teams: [{ uuid: 7, name: 'Vendas', membros: ['Ana Souza'] }], meta: {} } });
    const { rows, error } = await bench.run('account', 'check');
    expect(error).toBeUndefined();
    const of = (operation: string) => rows.find((row) => row.operation === operation);
    expect(of('template:getAll')).toMatchObject({ outcome: 'notAllowed', status: 403, reason: expect.stringContaining('does not allow') });
    expect(of('template:get')).toMatchObject({ outcome: 'notChecked', reason: "It needs 'template' of an earlier list, which had none" });
    expect(of('funnel:getAll')).toMatchObject({ outcome: 'notThere', status: 404 });
    expect(of('team:getAll')).toMatchObject({ outcome: 'differs', differences: ['teams[].uuid is a number, not text'], newKeys: ['teams[].membros'] });
    expect(of('team:getAll')?.answer).toBe('{"teams":[{"uuid":"number, 1 digits","name":"text, 6 characters","membros":["text, 9 characters"]}],"meta":{}}');
  });

  it('says so when the token opens nothing', async () => {
    const { error, requests } = await bench.run('account', 'check', {}, { credential: { callbellApi: { token: 'wrong' } } });
    expect(requests).toHaveLength(1);
    expect(error?.message).toBe('Callbell did not accept the token of the credential [item 0]');
  });
});

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
