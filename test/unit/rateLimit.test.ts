import { RateLimiter } from '../../nodes/shared/rateLimit';

/** Runs a limiter on a clock of its own against a server with a fixed window; time moves only in pauses. */
jest.mock('../../nodes/shared/pause', () => ({
  pause: async (milliseconds: number) => {
    clock.now += milliseconds;
  },
}));
const clock = { now: 1_000_000 };

beforeEach(() => {
  clock.now = 1_000_000;
});

const now = () => clock.now;

test('lets everything through when nothing limits it', async () => {
  const limiter = new RateLimiter({}, now);
  for (let count = 0; count < 1000; count += 1) await limiter.take();
  expect(clock.now).toBe(1_000_000);
});

test('keeps to the published rate after the burst', async () => {
  const limiter = new RateLimiter({ perSecond: 50, burst: 5 }, now);
  for (let count = 0; count < 505; count += 1) await limiter.take();
  expect(clock.now - 1_000_000).toBeGreaterThanOrEqual(9_900);
  expect(clock.now - 1_000_000).toBeLessThanOrEqual(10_100);
});

test('waits as long as the server asks', async () => {
  const limiter = new RateLimiter({}, now);
  limiter.throttled(5_000);
  await limiter.take();
  expect(clock.now - 1_000_000).toBeGreaterThanOrEqual(5_000);
});

test('throttled answers that were already under way do not slow it down again', () => {
  const limiter = new RateLimiter({ perSecond: 100 }, now);
  for (let count = 0; count < 40; count += 1) limiter.succeeded();
  limiter.throttled(1_000);
  const rate = limiter.currentRate;
  limiter.throttled(1_000);
  limiter.throttled(1_000);
  expect(limiter.currentRate).toBe(rate);
});

test('pauses get longer while the server keeps throttling, and short again afterwards', async () => {
  const limiter = new RateLimiter({}, now);
  const pauses: number[] = [];
  for (let count = 0; count < 5; count += 1) {
    limiter.throttled(undefined, 0.5);
    const before = clock.now;
    await limiter.take();
    pauses.push(clock.now - before);
  }
  expect(pauses).toEqual([...pauses].sort((a, b) => a - b));
  expect(pauses.at(-1)!).toBeGreaterThan(pauses[0]! * 4);
});

test('finds an unknown limit of 50 a second and stays within 5 % of it', async () => {
  const limiter = new RateLimiter({}, now);
  let taken = 0;
  let refused = 0;
  const window = { start: 0, count: 0 };
  const started = clock.now;
  let measuredFrom = 0;
  while (taken < 3000) {
    await limiter.take();
    // Ten workers with an answer after 100 ms: no more than 100 a second are asked for.
    clock.now += 10;
    if (clock.now - window.start >= 1000) Object.assign(window, { start: clock.now - (clock.now % 1000), count: 0 });
    window.count += 1;
    if (window.count > 50) {
      refused += 1;
      limiter.throttled();
    } else {
      taken += 1;
      limiter.succeeded();
      if (taken === 500) measuredFrom = clock.now;
    }
  }
  const rate = 2500 / ((clock.now - measuredFrom) / 1000);
  expect(rate).toBeGreaterThan(47.5);
  expect(rate).toBeLessThanOrEqual(50.5);
  // Probing costs fewer than one refused request in twenty.
  expect(refused).toBeLessThan(150);
  expect(clock.now).toBeGreaterThan(started);
});

test('climbs back to the published rate after a bad time', async () => {
  const limiter = new RateLimiter({ perSecond: 50 }, now);
  for (let count = 0; count < 10; count += 1) limiter.succeeded();
  limiter.throttled(1_000);
  expect(limiter.currentRate).toBe(10);
  clock.now += 600_000;
  await limiter.take();
  expect(limiter.currentRate).toBe(50);
});
