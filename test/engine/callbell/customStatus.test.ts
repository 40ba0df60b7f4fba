import { Callbell } from '../../../nodes/Callbell/Callbell.node';
import { listSearch } from '../../harness/engine';
import { byId, credentials, credentialValues } from '../support';
import { behavesWell, useCallbell } from './support';

const bench = useCallbell();
const state = () => bench.sandbox.callbell.state;
const status = () => byId(state().customStatuses[0]!.id);
const sent = (index = 0) => bench.sandbox.requests[index];
const options = () => ({ credentials, credentialValues: credentialValues(bench.sandbox) });

describe('custom status', () => {
  it('creates, reads, changes, lists and deletes a custom status', async () => {
    const [created] = (await bench.run('customStatus', 'create', { name: 'Estoque', emoji: '📦' })).rows;
    expect(sent()?.body).toEqual({ name: 'Estoque', emoji: '📦' });
    expect(created).toMatchObject({ name: 'Estoque', emoji: '📦', createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/) });
    const customStatusId = byId(String(created!.id));
    expect((await bench.run('customStatus', 'get', { customStatusId })).rows).toEqual([created]);
    expect((await bench.run('customStatus', 'update', { customStatusId, name: 'Já volto' })).rows[0]?.name).toBe('Já volto');
    expect((await bench.run('customStatus', 'getAll', { returnAll: true })).rows.map(({ name }) => name)).toEqual(['Almoço', 'Já volto']);
    expect((await bench.run('customStatus', 'delete', { customStatusId })).rows).toEqual([{ deleted: true }]);
    expect((await listSearch(Callbell, 'searchCustomStatuses', options())).results).toEqual([{ name: 'Almoço', value: status().value }]);
  });

  behavesWell(bench, { resource: 'customStatus', operation: 'create', parameters: () => ({ name: 'x' }) });
  behavesWell(bench, { resource: 'customStatus', operation: 'getAll', parameters: () => ({}) });
  for (const operation of ['get', 'update', 'delete']) {
    describe(operation, () => behavesWell(bench, { resource: 'customStatus', operation, idField: 'customStatusId', parameters: () => ({ customStatusId: status(), name: 'x' }) }));
  }
});
