import { Callbell } from '../../../nodes/Callbell/Callbell.node';
import { listSearch } from '../../harness/engine';
import { byId, credentials, credentialValues } from '../support';
import { behavesWell, useCallbell } from './support';

const bench = useCallbell();
const state = () => bench.sandbox.callbell.state;
const team = () => byId(state().teams[0]!.uuid);
const sent = (index = 0) => bench.sandbox.requests[index];
const options = () => ({ credentials, credentialValues: credentialValues(bench.sandbox) });

describe('team', () => {
  it('lists, reads, renames', async () => {
    expect((await bench.run('team', 'getAll', { returnAll: true })).rows.map(({ name, default: first, members }) => [name, first, members])).toEqual([['Atendimento', true, 2], ['Vendas', false, 2]]);
    expect((await bench.run('team', 'get', { teamId: team() })).rows[0]?.name).toBe('Atendimento');
    expect((await bench.run('team', 'update', { teamId: team(), name: 'Loja' })).rows[0]?.name).toBe('Loja');
    expect(sent(2)?.body).toEqual({ name: 'Loja' });
    expect((await listSearch(Callbell, 'searchTeams', { ...options(), filter: 'vend' })).results).toHaveLength(1);
  });
  it('lists members by availability', async () => {
    const { rows } = await bench.run('team', 'getMembers', { teamId: team(), returnAll: true });
    expect(rows.map(({ email, available }) => [email, available])).toEqual([['marina@lojaexemplo.com.br', true], ['tomas@lojaexemplo.com.br', false]]);
    expect(sent()?.query).toEqual({ page: '1' });
    expect((await bench.run('team', 'getMembers', { teamId: team(), status: 'away' })).rows).toHaveLength(1);
    expect(sent(1)?.query).toEqual({ page: '1', status: 'away' });
  });
  behavesWell(bench, { resource: 'team', operation: 'getAll', parameters: () => ({}) });
  for (const operation of ['get', 'update', 'getMembers']) {
    describe(operation, () => behavesWell(bench, { resource: 'team', operation, idField: 'teamId', parameters: () => ({ teamId: team(), name: 'x' }) }));
  }
});
