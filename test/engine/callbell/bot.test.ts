import { byId } from '../support';
import { behavesWell, useCallbell } from './support';

const bench = useCallbell();
const state = () => bench.sandbox.callbell.state;
const someone = () => byId(state().contacts[1]!.uuid);
const sent = (index = 0) => bench.sandbox.requests[index];

describe('bot', () => {
  it('starts, tells and ends', async () => {
    expect((await bench.run('bot', 'start', { contactId: someone() })).rows[0]).toMatchObject({ status: 'started', name: 'Boas-vindas', contactId: someone().value, startedAt: expect.stringMatching(/Z$/), latestVersion: true });
    expect(sent()?.body).toEqual({ status: 'bot_start' });
    expect((await bench.run('bot', 'get', { contactId: someone() })).rows[0]?.status).toBe('started');
    expect((await bench.run('bot', 'end', { contactId: someone() })).rows[0]?.status).toBe('ended');
    expect(sent(2)?.body).toEqual({ status: 'bot_end' });
  });
  for (const operation of ['get', 'start', 'end']) {
    describe(operation, () => behavesWell(bench, { resource: 'bot', operation, idField: 'contactId', parameters: () => ({ contactId: someone() }) }));
  }
});
