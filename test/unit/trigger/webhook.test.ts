import { createHmac } from 'node:crypto';

import { faultOfSignature, fingerprint, isSigned } from '../../../nodes/shared/trigger/webhook';

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

describe('The reason for n8n\'s log', () => {
  const rawBody = Buffer.from('{}');
  const now = 1_790_000_000_000;
  const sign = (key: string, t: string) => createHmac('sha256', key).update(`${t}.`).update(rawBody).digest('hex');
  const fault = (t: number, key = 'a') => faultOfSignature({ secret: 'a', timestamp: String(t), signature: sign(key, String(t)), rawBody, now });
  it('tells old, early and wrong apart', () => {
    expect(fault(now / 1000)).toBeUndefined();
    expect(fault(now / 1000 - 400)).toBe('it is 400 seconds old; check the clocks of both servers');
    expect(fault(now / 1000 + 400)).toBe("it is 400 seconds ahead of this server's clock");
    expect(fault(now / 1000, 'b')).toContain('another secret');
  });
  it('tells addresses apart', () => expect(fingerprint('https://a')).not.toBe(fingerprint('https://b')));
});
