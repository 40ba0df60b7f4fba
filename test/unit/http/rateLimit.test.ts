import { RateLimiter } from '../../../nodes/shared/http/rateLimit';

/** Runs a limiter on a clock of its own against a server with a fixed window; time moves only in pauses. */
jest.mock('../../../nodes/shared/http/pause', () => ({
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

test('lets no more leave in any stretch of time than the vendor takes in one window', async () => {
  const limiter = new RateLimiter({ requests: 50, windowMs: 1000 }, now);
  const left: number[] = [];
  for (let count = 0; count < 505; count += 1) {
    await limiter.take();
    left.push(clock.now);
    limiter.succeeded();
  }
  for (const [index, time] of left.entries()) expect(left.filter((other, at) => at > index && other < time + 1000).length).toBeLessThan(50);
  expect(clock.now - 1_000_000).toBeGreaterThanOrEqual(10_000);
  // Within 5 % of the limit.
  expect(clock.now - 1_000_000).toBeLessThanOrEqual(10_500);
});

test('waits as long as the server asks', async () => {
  const limiter = new RateLimiter({}, now);
  limiter.throttled(5_000);
  await limiter.take();
  expect(clock.now - 1_000_000).toBeGreaterThanOrEqual(5_000);
});

test('throttled answers that were already under way do not make the pause longer', async () => {
  const limiter = new RateLimiter({}, now);
  for (let count = 0; count < 10; count += 1) await limiter.take();
  for (let count = 0; count < 10; count += 1) limiter.throttled(undefined, 0.5);
  await limiter.take();
  expect(clock.now - 1_000_000).toBe(50);
});

test('while the server throttles, one request at a time asks whether it is over', async () => {
  const limiter = new RateLimiter({}, now);
  await limiter.take();
  limiter.throttled(undefined, 0.5);
  await limiter.take();
  let others = 0;
  const waiting = Array.from({ length: 5 }, async () => {
    await limiter.take();
    others += 1;
  });
  await Promise.resolve();
  expect(others).toBe(0);
  limiter.succeeded();
  await Promise.all(waiting);
  expect(others).toBe(5);
});

test('a request that says nothing about the limit makes room for the next one to ask', async () => {
  const limiter = new RateLimiter({}, now);
  await limiter.take();
  limiter.throttled(undefined, 0.5);
  await limiter.take();
  const before = clock.now;
  limiter.undecided();
  await limiter.take();
  expect(clock.now).toBe(before);
});

test('pauses get longer while the server keeps throttling, and short again afterwards', async () => {
  const limiter = new RateLimiter({}, now);
  const pauses: number[] = [];
  const pauseAfterThrottling = async () => {
    limiter.throttled(undefined, 0.5);
    const before = clock.now;
    await limiter.take();
    return clock.now - before;
  };
  await limiter.take();
  for (let count = 0; count < 40; count += 1) pauses.push(await pauseAfterThrottling());
  expect(pauses).toEqual([...pauses].sort((a, b) => a - b));
  expect(pauses[0]).toBe(50);
  expect(pauses.at(-1)).toBe(60_000);
  limiter.succeeded();
  expect(await pauseAfterThrottling()).toBe(50);
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

test('afterwards the rate is that at which the server took requests, and it climbs', async () => {
  const limiter = new RateLimiter({ requests: 3000, windowMs: 60_000 }, now);
  for (let count = 0; count < 10; count += 1) {
    await limiter.take();
    limiter.succeeded();
  }
  await limiter.take();
  limiter.throttled(1_000);
  await limiter.take();
  limiter.succeeded();
  expect(limiter.currentRate).toBe(11);
  // Being throttled again in a short time tells nothing new.
  limiter.throttled(10);
  await limiter.take();
  limiter.succeeded();
  expect(limiter.currentRate).toBe(11);
  clock.now += 3_600_000;
  for (let count = 0; count < 3; count += 1) {
    await limiter.take();
    clock.now += 600_000;
  }
  expect(limiter.currentRate).toBe(Infinity);
});
