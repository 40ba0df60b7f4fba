import { AdaptivePace, callKind, FixedPace, type Pace } from '../../../nodes/shared/http/pace';

interface Server {
  /** Requests that it works on at the same time; the others wait. */
  workers: number;
  /** Milliseconds for the nth request when it is worked on at once. */
  takes(n: number): number;
}

/** Sends requests to a made-up server, as many at a time as the pace takes; no time passes. */
function send(count: number, pace: Pace, { workers, takes }: Server): { milliseconds: number; mostWaiting: number; limits: number[] } {
  const freeAt = Array<number>(workers).fill(0);
  const underWay: Array<{ end: number; start: number; left: number; among: number }> = [];
  const limits: number[] = [];
  let clock = 0;
  let mostWaiting = 0;
  for (let sent = 0, done = 0; done < count;) {
    while (sent < count && underWay.length < pace.limit) {
      freeAt.sort((a, b) => a - b);
      const start = Math.max(clock, freeAt[0]!);
      freeAt[0] = start + takes(sent);
      underWay.push({ end: freeAt[0], start, left: clock, among: underWay.length + 1 });
      sent += 1;
    }
    mostWaiting = Math.max(mostWaiting, underWay.filter(({ start }) => start > clock).length);
    underWay.sort((a, b) => b.end - a.end);
    const { end, left, among } = underWay.pop()!;
    clock = end;
    done += 1;
    pace.answered('POST /contacts', end - left, among);
    limits.push(pace.limit);
  }
  return { milliseconds: clock, mostWaiting, limits };
}

const uneven = (milliseconds: number) => (n: number) => milliseconds * (0.6 + ((n * 7919) % 100) / 125);

describe('AdaptivePace', () => {
  it('takes as many as it may where the service answers all equally fast', () => {
    const { milliseconds, limits } = send(1000, new AdaptivePace(), { workers: 1000, takes: () => 50 });
    expect(limits.at(-1)).toBe(100);
    // Ten at a time take 5,000.
    expect(milliseconds).toBeLessThan(900);
  });

  it.each([[5, 30], [5, 200], [8, 30], [2, 30]])('never lets more wait than twice the workers of a small server: %i workers, %i ms', (workers, takes) => {
    for (const [name, time] of [['even', () => takes], ['uneven', uneven(takes)]] as const) {
      const { mostWaiting, limits, milliseconds } = send(2000, new AdaptivePace(), { workers, takes: time });
      expect([name, mostWaiting <= 2 * workers]).toEqual([name, true]);
      // All workers have something to do.
      expect(limits.slice(50).every((limit) => limit >= Math.min(5, workers))).toBe(true);
      expect(milliseconds).toBeLessThan(((2000 * takes) / workers) * 1.15);
    }
  });

  it('finds out that the first answers were slow by chance, and lets no more wait for that', () => {
    const { mostWaiting } = send(2000, new AdaptivePace(), { workers: 5, takes: (n) => (n < 8 ? 120 : 30) });
    expect(mostWaiting).toBeLessThanOrEqual(15);
    const later = new AdaptivePace();
    send(500, later, { workers: 5, takes: (n) => (n < 8 ? 120 : 30) });
    expect(send(1000, later, { workers: 5, takes: () => 30 }).mostWaiting).toBeLessThanOrEqual(10);
  });

  it('grows where answers only vary', () => {
    expect(send(1000, new AdaptivePace(), { workers: 1000, takes: uneven(50) }).limits.at(-1)).toBeGreaterThan(50);
  });

  it('takes half when the service throttles, and a few more now and then afterwards', () => {
    const pace = new AdaptivePace();
    send(300, pace, { workers: 1000, takes: () => 50 });
    const before = pace.limit;
    expect(before).toBeGreaterThanOrEqual(40);
    pace.held('byService');
    expect(pace.limit).toBe(Math.floor(before / 2));
    const { limits } = send(200, pace, { workers: 1000, takes: () => 50 });
    expect(limits.every((limit, n) => n === 0 || limit <= limits[n - 1]! * 1.25)).toBe(true);
    for (let times = 0; times < 20; times += 1) pace.held('byService');
    expect(pace.limit).toBe(5);
  });

  it('stays where a limit holds requests back, or where nobody needs more', () => {
    const held = new AdaptivePace();
    for (let n = 0; n < 200; n += 1) {
      held.held('byLimit');
      held.answered('GET /', 50, 5);
    }
    expect(held.limit).toBe(5);
    const idle = new AdaptivePace();
    for (let n = 0; n < 200; n += 1) idle.answered('GET /', 50, 2);
    expect(idle.limit).toBe(5);
  });

  it('compares calls with others of their kind: slow ones among quick ones say nothing', () => {
    const pace = new AdaptivePace();
    for (let n = 0; n < 400; n += 1) pace.answered(n % 2 ? 'GET /contacts/:' : 'POST /messages', n % 2 ? 20 : 400, pace.limit);
    expect(pace.limit).toBe(100);
  });
});

test('a person who says how many is obeyed', () => {
  const pace = new FixedPace(7);
  pace.held();
  expect(send(100, pace, { workers: 1000, takes: () => 50 }).limits.every((limit) => limit === 7)).toBe(true);
});

test('calls are of one kind whatever record they are about', () => {
  expect(callKind('GET', '/api/v1/accounts/1/contacts/77/labels?page=2')).toBe('GET /api/:/accounts/:/contacts/:/labels');
  expect(callKind('POST', '/contacts')).toBe('POST /contacts');
});
