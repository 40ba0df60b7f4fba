import { pause } from './pause';

export interface RateLimit {
	/** Requests a second that the vendor publishes; undefined when none is published. */
	perSecond?: number;
	/** Requests that may go out at once after a quiet time; one tenth of a second's worth by default. */
	burst?: number;
}

const floorPerSecond = 0.2;
/** Shares by which the rate climbs each second: far below what the server took last, and close to it. */
const climb = { far: 1.1, near: 1.01 };

/**
 * Decides when the next request may leave. Starts at the vendor's published limit (or none), slows
 * down to what the server was seen to accept when it throttles, and climbs back step by step.
 */
export class RateLimiter {
	private rate: number;
	private readonly ceiling: number;
	private readonly burst: number;
	private nextSlot = 0;
	private blockedUntil = 0;
	private lastClimb = 0;
	/** What the server accepted in the second before it throttled last. */
	private seen = Infinity;
	/** Throttled answers in a row; the pause doubles with each. */
	private strikes = 0;
	private readonly accepted: number[] = [];

	constructor(limit: RateLimit = {}, private readonly now: () => number = Date.now) {
		this.ceiling = limit.perSecond ?? Infinity;
		this.rate = this.ceiling;
		this.burst = limit.burst ?? Math.max(1, Math.min(this.ceiling, 1000) / 10);
	}

	/** Requests a second it lets through at the moment. */
	get currentRate(): number {
		return this.rate;
	}

	/** Resolves when a request may leave, or at once when the execution is cancelled. */
	async take(signal?: AbortSignal): Promise<void> {
		for (;;) {
			const now = this.now();
			this.climbBack(now);
			if (now < this.blockedUntil) {
				await pause(this.blockedUntil - now, signal);
			} else if (this.rate === Infinity) {
				return;
			} else {
				const interval = 1000 / this.rate;
				const slot = Math.max(this.nextSlot, now - this.burst * interval);
				this.nextSlot = slot + interval;
				if (slot <= now) return;
				await pause(slot - now, signal);
				// A pause that began meanwhile holds for those who waited, too.
				if (this.now() >= this.blockedUntil) return;
			}
			if (signal?.aborted) return;
		}
	}

	/** Tells that the server took a request. */
	succeeded(): void {
		if (this.now() >= this.blockedUntil) this.strikes = 0;
		this.accepted.push(this.now());
		// One second's worth is all that is looked at.
		if (this.accepted.length > 4096) this.accepted.splice(0, 2048);
	}

	/**
	 * Tells that the server throttled a request.
	 *
	 * @param retryAfter milliseconds the server asked for, when it did
	 * @param random 0..1, spreads the pauses of several workers
	 */
	throttled(retryAfter?: number, random: number = Math.random()): void {
		const now = this.now();
		// Requests that were already on their way are part of the same event.
		if (now >= this.blockedUntil) {
			const lastSecond = this.accepted.filter((time) => time > now - 1000).length;
			this.seen = Math.max(floorPerSecond, Math.min(this.ceiling, lastSecond || 1));
			this.rate = Math.min(this.rate, this.seen);
			// Throttled again at once: the server counts in a way we do not see, or others use the limit too.
			if (this.strikes > 1) this.rate = Math.max(floorPerSecond, this.rate / 2);
			this.strikes += 1;
			this.lastClimb = now;
			this.nextSlot = 0;
		}
		const backOff = Math.min(60_000, 100 * 2 ** Math.min(this.strikes, 10)) * (0.75 + random / 2);
		this.blockedUntil = Math.max(this.blockedUntil, now + (retryAfter ?? backOff));
	}

	private climbBack(now: number): void {
		if (this.rate >= this.ceiling || now < this.lastClimb + 1000) return;
		for (let steps = Math.min(600, Math.floor((now - this.lastClimb) / 1000)); steps > 0; steps -= 1) {
			this.rate *= this.rate < this.seen * 0.95 ? climb.far : climb.near;
		}
		this.rate = Math.min(this.ceiling, this.rate);
		this.lastClimb = now;
	}
}

const limiters = new Map<string, RateLimiter>();
/** Limits for single conversations and the like come and go; the ones used longest ago are forgotten. */
const maxLimiters = 2_000;

/** The limiter of a key, such as a credential: one for each process, shared by all nodes and executions. */
export function sharedRateLimiter(key: string, limit: RateLimit): RateLimiter {
	const known = limiters.get(key);
	const limiter = known ?? new RateLimiter(limit);
	// Setting it again puts it last.
	if (known) limiters.delete(key);
	limiters.set(key, limiter);
	if (limiters.size > maxLimiters) limiters.delete(limiters.keys().next().value as string);
	return limiter;
}
