/**
 * Pauses that cost no time: once no request is under way, the clock jumps to the end of the pause that ends first. Spans
 * stay what they are, so that a test of minutes needs no shorter ones. For a test file:
 *
 *     jest.mock('../../../nodes/shared/http/pause', () => jest.requireActual('../../harness/fastClock'));
 *
 * `fastClock.isOn = false` lets pauses last again; `fastClock.onJump` tells a sandbox how much time has passed.
 */
import type { ClientRequest } from 'node:http';
import { subscribe } from 'node:diagnostics_channel';

/** Looks at an idle process before the clock jumps: work between two requests takes a few turns of the event loop. */
const looks = 4;

class FastClock {
  isOn = true;
  onJump: (milliseconds: number) => void = () => undefined;
  private ahead = 0;
  private underWay = 0;
  private started = 0;
  private readonly waiting = new Set<{ end: number; wake: () => void; signal?: AbortSignal }>();
  private isDriving = false;

  constructor() {
    subscribe('http.client.request.start', (message) => {
      this.underWay += 1;
      this.started += 1;
      (message as { request: ClientRequest }).request.once('close', () => { this.underWay -= 1; });
    });
  }

  now(): number {
    return performance.now() + this.ahead;
  }

  async pause(milliseconds: number, signal?: AbortSignal): Promise<void> {
    if (!(milliseconds > 0) || signal?.aborted) return;
    await new Promise<void>((wake) => {
      this.waiting.add({ end: this.now() + milliseconds, wake, signal });
      if (!this.isDriving) void this.drive();
    });
  }

  private async drive(): Promise<void> {
    this.isDriving = true;
    for (let idle = 0, before = this.started; this.waiting.size > 0; before = this.started) {
      await new Promise<void>((resolve) => { setTimeout(resolve, 2); });
      idle = this.underWay === 0 && this.started === before ? idle + 1 : 0;
      if (this.isOn && idle >= looks) {
        const step = Math.max(0, Math.min(...[...this.waiting].map(({ end }) => end)) - this.now());
        this.ahead += step;
        this.onJump(step);
        idle = 0;
      }
      for (const one of this.waiting) {
        if (one.end > this.now() && !one.signal?.aborted) continue;
        this.waiting.delete(one);
        one.wake();
      }
    }
    this.isDriving = false;
  }
}

export const fastClock = new FastClock();
export const now = (): number => fastClock.now();
export const pause = async (milliseconds: number, signal?: AbortSignal): Promise<void> => await fastClock.pause(milliseconds, signal);
