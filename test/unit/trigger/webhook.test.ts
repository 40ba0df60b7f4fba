import { createHmac, randomUUID } from 'node:crypto';
import type { IDataObject, IWebhookFunctions } from 'n8n-workflow';

import { fingerprint, isFirstTime, isSigned } from '../../../nodes/shared/trigger/webhook';

describe('Signature of a webhook', () => {
  const secret = 'whsec_test';
  const rawBody = Buffer.from('{"event":"message_created", "text":"Olá"}');
  const now = 1_790_000_000_000;
  const timestamp = String(now / 1000);
  const sign = (key: string, t: string, body: Buffer | string) => createHmac('sha256', key).update(`${t}.`).update(body).digest('hex');
  const good = { secret, timestamp, rawBody, signature: sign(secret, timestamp, rawBody), now };

  it('is good over the very bytes, within the tolerance', () => {
    expect(isSigned(good)).toBe(true);
    expect(isSigned({ ...good, signature: good.signature.toUpperCase() })).toBe(true);
    expect(isSigned({ ...good, now: now + 300_000 })).toBe(true);
    expect(isSigned({ ...good, now: now - 300_000 })).toBe(true);
  });

  it.each([
    ['another secret', { secret: 'whsec_other' }],
    ['another body', { rawBody: Buffer.from(JSON.stringify(JSON.parse(rawBody.toString('utf8')))) }],
    ['an old request', { now: now + 301_000 }],
    ['a request from the future', { now: now - 301_000 }],
    ['another time', { timestamp: String(Number(timestamp) + 1) }],
    ['no time', { timestamp: '' }],
    ['a time with a sign', { timestamp: `+${timestamp}` }],
    ['no signature', { signature: '' }],
    ['a signature cut off', { signature: good.signature.slice(0, 32) }],
    ['a signature that is no hex', { signature: 'z'.repeat(64) }],
  ])('is refused with %s', (_, change) => expect(isSigned({ ...good, ...change })).toBe(false));
});

describe('Repeated events', () => {
  /** A node as a request finds it; static data is loaded for each. */
  const node = (staticData: IDataObject, workflow: string = randomUUID(), mode = 'webhook') => ({
    getMode: () => mode, getWorkflowStaticData: () => staticData, getWorkflow: () => ({ id: workflow }), getNode: () => ({ id: 'node-1' }),
  }) as unknown as IWebhookFunctions;

  it('count once, as far back as is kept', () => {
    const data = {};
    const context = node(data);
    expect(['a', 'b', 'a', 'c', 'd', 'a'].map((id) => isFirstTime(context, id, 3))).toEqual([true, true, false, true, true, true]);
    expect((data as { seenEvents: string[] }).seenEvents).toHaveLength(3);
  });
  it('count once when they overlap, and the last one stores all', () => {
    const workflow = randomUUID();
    const [first, second, third] = [{}, {}, {}];
    expect([isFirstTime(node(first, workflow), 'a'), isFirstTime(node(second, workflow), 'a'), isFirstTime(node(third, workflow), 'b')]).toEqual([true, false, true]);
    expect([first, second, third]).toEqual([{ seenEvents: ['a'] }, {}, { seenEvents: ['a', 'b'] }]);
  });
  it('count once after a restart, from what was stored; not in another workflow', () => {
    expect(isFirstTime(node({ seenEvents: ['a'] }), 'a')).toBe(false);
    expect(isFirstTime(node({}), 'a')).toBe(true);
  });
  it('count each time while a test listens', () => {
    const data = { seenEvents: ['a'] };
    expect(isFirstTime(node(data, 'w', 'manual'), 'a')).toBe(true);
    expect(data).toEqual({ seenEvents: ['a'] });
  });
  it('tell addresses apart', () => expect(fingerprint('https://a')).not.toBe(fingerprint('https://b')));
});
