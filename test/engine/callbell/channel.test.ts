import { Callbell } from '../../../nodes/Callbell/Callbell.node';
import { listSearch } from '../../harness/engine';
import { byId, credentials, credentialValues } from '../support';
import { behavesWell, useCallbell } from './support';

const bench = useCallbell();
const state = () => bench.sandbox.callbell.state;
const first = () => byId(state().channels[0]!.uuid);

describe('channel: get, get many', () => {
  it('lists all channels with their state', async () => {
    const { error, rows, requests } = await bench.run('channel', 'getAll', { returnAll: true });
    expect(error).toBeUndefined();
    expect(requests[0]).toMatchObject({ path: '/v1/channels', query: { page: '1' } });
    expect(rows).toEqual(state().channels.map(({ uuid, title, type, main, discardedAt }) => ({ id: uuid, title, type, main, active: !discardedAt })));
  });

  it('sends the filters', async () => {
    const { rows, requests } = await bench.run('channel', 'getAll', { filters: { active: false, type: 'telegram' } });
    expect(requests[0]?.query).toEqual({ page: '1', active: 'false', type: 'telegram' });
    expect(rows.map(({ title }) => title)).toEqual(['Antigo bot']);
    expect((await bench.run('channel', 'getAll', { limit: 2 })).rows).toHaveLength(2);
  });

  it('reads and renames one', async () => {
    expect((await bench.run('channel', 'get', { channelId: first() })).rows[0]).toMatchObject({ title: 'Loja Exemplo', main: true, active: true });
    const { rows, requests } = await bench.run('channel', 'update', { channelId: first(), title: 'Loja (Porto)' });
    expect(requests[0]).toMatchObject({ method: 'PATCH', body: { title: 'Loja (Porto)' } });
    expect(rows[0]?.title).toBe('Loja (Porto)');
  });

  it('offers the connected ones', async () => {
    const options = { credentials, credentialValues: credentialValues(bench.sandbox) };
    const { results } = await listSearch(Callbell, 'searchChannels', options);
    expect(results.map(({ name }) => name)).toEqual(['Loja Exemplo · WhatsApp · main', 'Suporte · WhatsApp', 'loja.exemplo · Instagram']);
    expect((await listSearch(Callbell, 'searchChannels', { ...options, filter: 'suporte' })).results).toHaveLength(1);
    for (const parameters of [{ resource: 'message', operation: 'sendTemplate' }, { resource: 'campaign', operation: 'send' }]) {
      expect((await listSearch(Callbell, 'searchChannels', { ...options, parameters })).results.map(({ name }) => name)).toEqual(['Loja Exemplo · WhatsApp · main', 'Suporte · WhatsApp']);
    }
  });

  behavesWell(bench, { resource: 'channel', operation: 'getAll', parameters: () => ({}) });
  behavesWell(bench, { resource: 'channel', operation: 'get', parameters: () => ({ channelId: first() }), idField: 'channelId' });
  behavesWell(bench, { resource: 'channel', operation: 'update', parameters: () => ({ channelId: first(), title: 'X' }), idField: 'channelId' });
});
