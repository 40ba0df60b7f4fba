import { behavesWell, useCallbell } from './support';

const bench = useCallbell();
const state = () => bench.sandbox.callbell.state;
const sent = (index = 0) => bench.sandbox.requests[index];

describe('webhook', () => {
  const webhook = { url: 'https://example.com/callbell', events: ['message_created', 'contact_created'] };

  it('subscribes, replaces and unsubscribes', async () => {
    const { error, rows } = await bench.run('webhook', 'subscribe', webhook);
    expect(error).toBeUndefined();
    expect(sent()).toMatchObject({ method: 'POST', path: '/v1/webhooks/subscribe', body: { url: webhook.url, subscriptions: webhook.events } });
    expect(rows[0]).toMatchObject({ url: webhook.url, events: webhook.events, enabled: true, createdAt: expect.stringMatching(/Z$/) });
    expect((await bench.run('webhook', 'unsubscribe')).rows).toEqual([{ deleted: true }]);
    expect((await bench.run('webhook', 'unsubscribe')).error?.message).toBe('Callbell does not know this record [item 0]');
  });

  it.each([
    [{ events: [] }, /["']Events["'] is (empty|required)/],
    [{ events: ['message_created', 'nothing'] }, /(has 'nothing', which Callbell does not send|Events)/],
    [{ url: 'example.com' }, /'URL' is not a web address/],
  ])('refuses %j', async (fields, message) => {
    const { error, requests } = await bench.run('webhook', 'subscribe', { ...webhook, ...fields });
    expect(error?.message).toMatch(message);
    expect(requests).toEqual([]);
  });

  it('says that localhost is refused', async () => {
    expect((await bench.run('webhook', 'subscribe', { ...webhook, url: 'http://localhost/x' })).error?.message).toBe("Callbell refused the request: 'URL' is invalid [item 0]");
  });

  it('gives the delivery log', async () => {
    state().webhookEvents.push(
      { event: 'message_created', payload: { text: 'a' }, code: 200, at: bench.sandbox.clock.now() },
      { event: 'message_created', payload: { text: 'a' }, code: 200, at: bench.sandbox.clock.now() },
      { event: 'contact_created', payload: { uuid: '1' }, code: 500, at: bench.sandbox.clock.now() },
    );
    const { rows } = await bench.run('webhook', 'getEvents', { returnAll: true });
    expect(rows.map(({ event, success, responseCode }) => [event, success, responseCode])).toEqual([['message_created', true, 200], ['message_created', true, 200], ['contact_created', false, 500]]);
    const failed = await bench.run('webhook', 'getEvents', { filters: { status: 'failed', events: ['contact_created', 'message_created'] } });
    expect(sent(1)?.query).toEqual({ page: '1', status: 'failed', subscriptions: 'contact_created,message_created' });
    expect(failed.rows).toHaveLength(1);
  });

  behavesWell(bench, { resource: 'webhook', operation: 'subscribe', parameters: () => webhook });
  behavesWell(bench, {
    resource: 'webhook', operation: 'unsubscribe',
    parameters: () => {
      state().webhook = { url: webhook.url, subscriptions: [], enabled: true, createdAt: 0 };
      return {};
    },
  });
});
