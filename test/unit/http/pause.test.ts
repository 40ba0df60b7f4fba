import { now, pause } from '../../../nodes/shared/http/pause';
import { RateLimiter } from '../../../nodes/shared/http/rateLimit';

afterEach(() => {
  jest.restoreAllMocks();
});

/** The wall clock from now on, by so many milliseconds ahead. */
const setClock = (ahead: number) => {
  const real = Date.now.bind(Date);
  jest.spyOn(Date, 'now').mockImplementation(() => real() + ahead);
};

test.each([-3_600_000, 3_600_000])('a wall clock that jumps by %i ms changes neither spans nor pauses', async (jump) => {
  const began = now();
  setClock(jump);
  await pause(20);
  expect(now() - began).toBeGreaterThanOrEqual(20);
  expect(now() - began).toBeLessThan(2000);
});

test('a wall clock that is set back makes nobody wait for an hour', async () => {
  const limiter = new RateLimiter({ requests: 1, windowMs: 40 });
  await limiter.take();
  limiter.succeeded();
  setClock(-3_600_000);
  const began = performance.now();
  await limiter.take();
  expect(performance.now() - began).toBeLessThan(2000);
});

test('a cancelled execution ends a pause', async () => {
  const cancelled = new AbortController();
  const began = performance.now();
  setTimeout(() => cancelled.abort(), 10);
  await pause(60_000, cancelled.signal);
  expect(performance.now() - began).toBeLessThan(5000);
});
