import { byId } from '../support';
import { behavesWell, useCallbell } from './support';

const bench = useCallbell();
const state = () => bench.sandbox.callbell.state;
const status = () => byId(state().customStatuses[0]!.id);
const user = () => state().users[1]!.uuid;
const sent = (index = 0) => bench.sandbox.requests[index];

describe('user status', () => {
  it('sets and removes the status of a user', async () => {
    const { rows } = await bench.run('userStatus', 'update', { userId: user(), availability: 'away', customStatusId: status() });
    expect(sent()).toMatchObject({ method: 'PUT', path: `/v1/users/${user()}/status`, body: { available: false, custom_status_uuid: status().value } });
    expect(rows[0]).toMatchObject({ userId: user(), available: false, customStatusId: status().value, customStatus: 'Almoço' });
    await bench.run('userStatus', 'update', { userId: user(), availability: 'available', customStatusId: byId('') });
    expect(sent(1)?.body).toEqual({ available: true });
    expect((await bench.run('userStatus', 'delete', { userId: user() })).rows).toEqual([{ deleted: true }]);
    expect((await bench.run('userStatus', 'update', { userId: user(), availability: 'keep', customStatusId: byId('') })).error?.message).toMatch(/'Availability' is 'Leave as It Is'/);
  });

  for (const operation of ['update', 'delete']) {
    describe(`user ${operation}`, () => behavesWell(bench, { resource: 'userStatus', operation, idField: 'userId', plainId: true, parameters: () => ({ userId: user(), availability: 'away', customStatusId: status() }) }));
  }
});
