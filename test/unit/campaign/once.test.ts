/**
 * The protocol of docs/once.md against a made-up vendor: slow and lost answers, effects that come long after a request
 * was given up, processes that die at any step, several runs at once, one after the other, two campaigns that share the
 * field. Time is virtual. SEED=… repeats a run.
 */
import { Once, newRun, onceKey, type History, type OnceTiming, type Standing } from '../../../nodes/shared/message/once';

const firstSeed = Number(process.env.SEED ?? Math.floor(Math.random() * 1e9));

function randomOf(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** Virtual time: what was asked for happens in order, and all that follows from it before the next. */
class World {
  time = 0;
  private readonly events: Array<{ at: number; act: () => void }> = [];

  at(time: number, act: () => void): void {
    const event = { at: Math.max(time, this.time), act };
    let place = this.events.length;
    while (place > 0 && this.events[place - 1]!.at > event.at) place -= 1;
    this.events.splice(place, 0, event);
  }

  async run(): Promise<void> {
    for (;;) {
      await new Promise((done) => { setImmediate(done); });
      const next = this.events.shift();
      if (!next) return;
      this.time = next.at;
      next.act();
    }
  }
}

interface Trial {
  /** Runs that begin at about the same time. */
  runs: number;
  /** Runs that begin when the others have ended or died. */
  later: number;
  timing: OnceTiming;
  /** Usual time of a request; given up after three of them. */
  delay: number;
  /** How many times slower some are. */
  slow: number;
  lost: number;
  crash: number;
  /** Throttled: the request leaves so much later. */
  throttled: number;
  /** Whether each run waits and takes over what others have left. */
  takeOver: boolean;
  /** Whether the messages show the message at once, as the claims protocol alone may not need. */
  historyAtConfirm: boolean;
  /** The messages never show the message. */
  historyLies?: boolean;
}

interface Ended { sent: number; rows: Array<Standing['is'] | 'dead' | 'sent'> }

async function trial(random: () => number, { runs, later, timing, delay, slow, lost, crash, throttled, takeOver, historyAtConfirm, historyLies }: Trial): Promise<Ended> {
  const world = new World();
  let field: string | undefined;
  let sent = 0;
  const rows: Ended['rows'] = [];

  const correspond = (start: number) => {
    // A process's own clock: it may count from anywhere, but it counts evenly.
    const offset = random() * 1e9;
    const id = newRun();
    const row = rows.push('dead') - 1;
    const isDead = () => random() < crash;
    // A dead process goes on nowhere.
    const never = new Promise<never>(() => undefined);
    let alive = true;
    const dies = async () => {
      if (alive && isDead()) alive = false;
      if (!alive) await never;
    };
    const request = async <Result>(effect: () => Result, deadline = Infinity): Promise<Result> => {
      await dies();
      const leaves = world.time + (random() < 0.1 ? random() * throttled : 0);
      if (leaves > deadline - offset) {
        await new Promise<void>((done) => { world.at(leaves, done); });
        throw Object.assign(new Error('too late'), { context: { notSent: 'late' } });
      }
      const acts = leaves + random() * delay * (random() < 0.15 ? slow : 1);
      const answers = acts + random() * delay;
      const isLost = random() < lost;
      return await new Promise<Result>((resolve, reject) => {
        world.at(acts, () => {
          const result = effect();
          if (!isLost) world.at(answers, () => { void dies().then(() => resolve(result)); });
        });
        world.at(leaves + 3 * delay, () => { void dies().then(() => reject(new Error('no answer'))); });
      });
    };
    const again = async <Result>(read: () => Result): Promise<Result> => {
      for (let attempt = 0; ; attempt += 1) {
        try {
          return await request(read);
        } catch (error) {
          if (attempt === 3) throw error;
        }
      }
    };
    const messages = async (): Promise<History> => await again((): History => (sent > 0 && !historyLies ? { id: 'm' } : 'none'));
    const once = new Once({
      claim: { read: async () => await again(() => field), write: async (entry, deadline) => await request(() => { field = entry; }, deadline) },
      history: async (entry) => (entry === undefined && !historyAtConfirm ? 'none' : await messages()),
    }, id, timing, {
      now: () => world.time + offset,
      pause: async (milliseconds) => await new Promise<void>((done) => { world.at(world.time + Math.max(0, milliseconds), () => { void dies().then(() => done()); }); }),
    });
    const go = async () => {
      let standing: Standing = await once.claim();
      for (let round = 0; round < 4; round += 1) {
        if (standing.is === 'elsewhere' && takeOver) standing = await once.takeOver();
        if (standing.is === 'claimed') standing = await once.confirm();
        if (standing.is !== 'elsewhere' || !takeOver) break;
      }
      if (standing.is !== 'free') return void (rows[row] = standing.is);
      const outcome = random();
      // Refused by the vendor: surely not sent.
      if (outcome < 0.05) {
        await once.free();
        return void (rows[row] = 'free');
      }
      try {
        await request(() => { sent += 1; }, standing.deadline);
        await once.done();
        rows[row] = 'sent';
      } catch (error) {
        if ((error as { context?: unknown }).context) {
          await once.free();
          rows[row] = 'free';
        } else {
          rows[row] = (await once.unsure()).is === 'written' ? 'sent' : 'unsure';
        }
      }
    };
    world.at(start, () => { void go().catch(() => { rows[row] = 'elsewhere'; }); });
  };
  for (let run = 0; run < runs; run += 1) correspond(random() * timing.confirm * 3);
  for (let run = 0; run < later; run += 1) correspond((run + 1) * timing.takeOver * 8);
  await world.run();
  return { sent, rows };
}

const usual = { timing: { confirm: 20, takeOver: 400 }, delay: 2, lost: 0.1, crash: 0.02, throttled: 300, historyAtConfirm: true };

async function trials(count: number, seed: number, options: (random: () => number) => Trial): Promise<number[]> {
  const tally = [0, 0, 0, 0];
  for (let index = 0; index < count; index += 1) {
    const random = randomOf(seed + index);
    const { sent } = await trial(random, options(random));
    tally[Math.min(sent, 3)]! += 1;
  }
  return tally;
}

describe('One message, once', () => {
  beforeAll(() => { process.stdout.write(`SEED=${firstSeed}\n`); });

  it.each([1, 5, 20, 60])('never leaves twice when some requests are %s times slower', async (slow) => {
    const tally = await trials(1500, firstSeed, (random) => ({
      ...usual, slow, runs: 1 + Math.floor(random() * 3), later: Math.floor(random() * 3), takeOver: random() < 0.7, timing: { confirm: 20, takeOver: Math.max(400, 10 * slow) },
    }));
    expect(tally.slice(2)).toEqual([0, 0]);
    // Of 1,500 about 1,010 to 1,200 reach their person; the others died or could not be sure.
    expect(tally[1]).toBeGreaterThan(900);
  }, 120_000);

  it('does not need the messages at the moment of sending: the claims alone keep runs apart', async () => {
    const tally = await trials(1500, firstSeed + 10_000, (random) => ({ ...usual, slow: 20, runs: 2 + Math.floor(random() * 2), later: 1, takeOver: true, historyAtConfirm: false }));
    expect(tally.slice(2)).toEqual([0, 0]);
  }, 120_000);

  it('reaches everybody once runs go on after crashes', async () => {
    const seed = firstSeed + 20_000;
    let missing = 0;
    for (let index = 0; index < 1000; index += 1) {
      const random = randomOf(seed + index);
      const { sent, rows } = await trial(random, { ...usual, slow: 5, runs: 2, later: 4, crash: 0.02, lost: 0.05, takeOver: true });
      // Nobody is lost without a word: a run that lived to its end says what became of the person.
      if (sent === 0 && !rows.some((row) => row === 'unsure' || row === 'elsewhere' || row === 'dead' || row === 'free')) missing += 1;
    }
    expect(missing).toBe(0);
  }, 120_000);

  it('needs the messages after a crash: without them the trials show messages that left twice', async () => {
    const tally = await trials(1500, firstSeed + 30_000, (random) => ({ ...usual, slow: 5, runs: 2 + Math.floor(random() * 2), later: 1, takeOver: true, historyLies: true }));
    expect(tally[2]! + tally[3]!).toBeGreaterThan(0);
  }, 120_000);

  it('has a key of ten letters for any name', () => {
    expect(['constructor', '__proto__', 'Black Friday 2026', ' Black Friday 2026 '].map(onceKey)).toEqual([expect.stringMatching(/^[a-z0-9]{10}$/), expect.any(String), onceKey('Black Friday 2026'), onceKey('Black Friday 2026')]);
    expect(onceKey('a')).not.toBe(onceKey('b'));
  });
});
