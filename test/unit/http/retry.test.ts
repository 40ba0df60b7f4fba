import { connectionOutcome, retryAfterMs, retryDelay, type Outcome } from '../../../nodes/shared/http/retry';

const details = { attempt: 1, idempotent: true };
const wait = (outcome: Outcome, changed: Partial<typeof details> = {}) => retryDelay(outcome, { ...details, ...changed }, 0.5);

describe('retryDelay', () => {
  test.each<[string, Outcome, boolean, boolean]>([
    // name, outcome, repeated when idempotent, repeated when it is a write
    ['connection refused', { kind: 'unreached', code: 'ECONNREFUSED' }, true, true],
    ['unknown host', { kind: 'misaddressed', code: 'ENOTFOUND' }, false, false],
    ['connection broken', { kind: 'broken', code: 'ECONNRESET' }, true, false],
    ['cut off answer', { kind: 'garbled', status: 200 }, true, false],
    ['too large an answer', { kind: 'unreadable', reason: 'too large' }, false, false],
    ['server error', { kind: 'answered', status: 500 }, true, false],
    ['proxy error', { kind: 'answered', status: 502 }, true, false],
    ['unavailable', { kind: 'answered', status: 503 }, true, false],
    ['no credit', { kind: 'answered', status: 402 }, false, false],
    ['invalid', { kind: 'answered', status: 422 }, false, false],
    ['unauthorised', { kind: 'answered', status: 401 }, false, false],
  ])('%s', (_name, outcome, idempotent, write) => {
    expect(wait(outcome, { idempotent: true }) !== undefined).toBe(idempotent);
    expect(wait(outcome, { idempotent: false }) !== undefined).toBe(write);
  });

  test('backs off longer each time and stops after four attempts', () => {
    const refused: Outcome = { kind: 'unreached', code: 'ECONNREFUSED' };
    const waits = [1, 2, 3].map((attempt) => wait(refused, { attempt })!);
    expect(waits).toEqual([300, 600, 1200]);
    expect(wait(refused, { attempt: 4 })).toBeUndefined();
  });
});

test('connection errors are sorted by what the server can have seen', () => {
  expect(connectionOutcome('ECONNREFUSED', true).kind).toBe('unreached');
  expect(connectionOutcome('EAI_AGAIN', false).kind).toBe('unreached');
  expect(connectionOutcome('ETIMEDOUT', true).kind).toBe('unreached');
  expect(connectionOutcome('ETIMEDOUT', false).kind).toBe('broken');
  expect(connectionOutcome('ENOTFOUND', false).kind).toBe('misaddressed');
  expect(connectionOutcome('CERT_HAS_EXPIRED', false).kind).toBe('misaddressed');
  expect(connectionOutcome('DEPTH_ZERO_SELF_SIGNED_CERT', false).kind).toBe('misaddressed');
  expect(connectionOutcome('ESOMETHINGNEW', false).kind).toBe('broken');
});

test('Retry-After is read as seconds or a date, and never trusted beyond an hour', () => {
  const now = Date.parse('2026-01-01T00:00:00Z');
  expect(retryAfterMs('2', now)).toBe(2000);
  expect(retryAfterMs('Thu, 01 Jan 2026 00:00:05 GMT', now)).toBe(5000);
  expect(retryAfterMs('999999', now)).toBe(3_600_000);
  expect(retryAfterMs('soon', now)).toBeUndefined();
  expect(retryAfterMs('Wed, 31 Dec 2025 00:00:05 GMT', now)).toBeUndefined();
  expect(retryAfterMs(undefined, now)).toBeUndefined();
});
