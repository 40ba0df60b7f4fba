import { Callbell } from '../../../nodes/Callbell/Callbell.node';
import { listSearch } from '../../harness/engine';
import { byId, credentials, credentialValues } from '../support';
import { behavesWell, useCallbell } from './support';

const bench = useCallbell();
const state = () => bench.sandbox.callbell.state;
const someone = () => byId(state().contacts[1]!.uuid);
const sent = (index = 0) => bench.sandbox.requests[index];
const options = () => ({ credentials, credentialValues: credentialValues(bench.sandbox) });

describe('conversation', () => {
  it('closes and opens', async () => {
    const { rows } = await bench.run('conversation', 'close', { contactId: someone(), output: 'raw' });
    expect(sent()).toMatchObject({ method: 'POST', path: `/v1/contacts/${someone().value}/conversation/close`, body: undefined });
    expect(rows[0]?.closedAt).toMatch(/Z$/);
    const opened = await bench.run('conversation', 'open', { contactId: someone(), output: 'raw' });
    expect(opened.rows[0]).toMatchObject({ uuid: someone().value, closedAt: null });
  });

  it('adds a note', async () => {
    const { rows } = await bench.run('conversation', 'addNote', { contactId: someone(), text: '@tomas call back' });
    expect(sent()?.body).toEqual({ text: '@tomas call back' });
    expect(rows).toEqual([{ success: true, contactId: someone().value, text: '@tomas call back' }]);
    expect(state().contacts[1]!.messages[0]).toMatchObject({ status: 'note', text: '@tomas call back' });
  });

  it('moves in the funnel, picked from the list in its order', async () => {
    const { results } = await listSearch(Callbell, 'searchFunnels', options());
    expect(results.map(({ name }) => name)).toEqual(['Novo', 'Proposta', 'Fechado']);
    bench.sandbox.requests.length = 0;
    const { rows } = await bench.run('conversation', 'moveInFunnel', { contactId: someone(), funnelId: byId(String(results[1]!.value)), output: 'selected', outputFields: ['funnelId'] });
    expect(sent()).toMatchObject({ method: 'PUT', body: { funnel_id: results[1]!.value } });
    expect(rows).toEqual([{ funnelId: results[1]!.value }]);
    const wrong = await bench.run('conversation', 'moveInFunnel', { contactId: someone(), funnelId: byId('nowhere') });
    expect(wrong.error?.message).toBe("Callbell refused the request: 'Funnel Stage' does not exist [item 0]");
  });

  it.each([404, 405])('moves in the funnel by the form of the samples where the other answers %s', async (status) => {
    const funnel = state().funnels[1]!.uuid;
    bench.sandbox.inject({ kind: 'status', vendor: 'callbell', operationId: 'updateConversationFunnel', status });
    const { rows, error, requests } = await bench.run('conversation', 'moveInFunnel', { contactId: someone(), funnelId: byId(funnel), output: 'selected', outputFields: ['funnelId'] });
    expect(error).toBeUndefined();
    expect(rows).toEqual([{ funnelId: funnel }]);
    expect(requests.map(({ method, path }) => `${method} ${path.split('/').slice(-2).join('/')}`)).toEqual(['PUT conversation/update_funnel', 'POST messages/update_funnel']);
  });

  for (const operation of ['close', 'open', 'addNote', 'moveInFunnel']) {
    describe(operation, () => behavesWell(bench, {
      resource: 'conversation', operation, idField: 'contactId', parameters: () => ({ contactId: someone(), text: 'x', funnelId: byId(state().funnels[0]!.uuid) }),
    }));
  }
});
