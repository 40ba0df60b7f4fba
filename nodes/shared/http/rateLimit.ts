import { now as monotonicNow, pause } from './pause';

export interface RateLimit {
	/** Requests that the vendor takes in one window of time; undefined when it publishes no limit. */
	requests?: number;
	/** Length of that window in milliseconds; a second by default. */
	windowMs?: number;
	/** What is told of a limit that calls of one kind have for themselves: "60 uploads an hour". */
	words?: string;
	/** Whether waiting makes no sense: the window is so long that the next request fails at once, too. */
	failSoon?: boolean;
}

const floorPerSecond = 0.2;
/** Requests do not arrive as evenly as they leave: the window is taken for this much longer. */
const margin = 1.02;
/** Share by which the rate climbs each second after the server has throttled. */
const climb = 1.01;
/** Milliseconds before the first try after a throttled answer; later tries wait a quarter of the time since then. */
const firstPause = 50;
const longestPause = 60_000;
/** Milliseconds over which is counted what the server takes. */
const measureFor = 1000;
/** Milliseconds' worth of requests that leave at once when it is late. */
const catchUp = 100;
/** An answer that has not come after so many milliseconds is waited for no longer. */
const lostAfter = 120_000;

/**
 * Decides when the next request may leave. Keeps to the vendor's published limit: as many requests in
 * any stretch of time as it takes in one window. When the server throttles all the same, one request at
 * a time asks whether it takes requests again; then they leave at the rate at which it took them so far,
 * which climbs again step by step.
 */
export class RateLimiter {
	private readonly requests: number;
	private readonly windowMs: number;
	/** When the requests of the last window left, oldest first, from `oldest` on. */
	private readonly left: number[] = [];
	private oldest = 0;
	private rate = Infinity;
	private nextSlot = 0;
	private lastClimb = 0;
	/** What the server took since then. */
	private accepted = 0;
	private acceptedSince: number | undefined;
	/** Set while the server throttles. */
	private throttledSince: number | undefined;
	private blockedUntil = 0;
	/** When the request that asks whether it is over left; undefined when none is under way. */
	private probedAt: number | undefined;
	private wake: Array<() => void> = [];
	private takers = 0;

	constructor({ requests = Infinity, windowMs = 1000 }: RateLimit = {}, private readonly now: () => number = monotonicNow) {
		this.requests = requests;
		this.windowMs = windowMs * margin;
	}

	/** Requests a second that leave at the moment; Infinity when only the published limit holds. */
	get currentRate(): number {
		return this.rate;
	}

	/**
	 * Resolves when a request may leave, or at once when the execution is cancelled. Its outcome has to be told.
	 *
	 * @param giveUpAt on the limiter's clock; waiting because the server throttles ends there, or as soon as it is known
	 * that it would last longer
	 * @returns whether the request may leave
	 */
	async take(signal?: AbortSignal, giveUpAt: number = Infinity): Promise<boolean> {
		this.takers += 1;
		try {
			while (!signal?.aborted) {
				const wait = this.waitNow();
				if (wait === 0) return true;
				const left = this.isThrottled ? giveUpAt - this.now() : Infinity;
				if (left <= 0 || (wait !== Infinity && wait > left)) return false;
				if (wait === Infinity) await Promise.race([new Promise<void>((resolve) => { this.wake.push(resolve); }), pause(Math.min(1000, left), signal)]);
				else await pause(wait, signal);
			}
			return true;
		} finally {
			this.takers -= 1;
		}
	}

	/** Whether the server has told that it takes less than was sent. */
	private get isThrottled(): boolean {
		return this.throttledSince !== undefined || this.rate !== Infinity;
	}

	/** Whether forgetting it changes nothing: no request waits, none has left within the window, and nothing was learnt. */
	get isIdle(): boolean {
		const last = this.left.at(-1);
		return this.takers === 0 && !this.isThrottled && (last === undefined || last <= this.now() - this.windowMs);
	}

	/** Milliseconds until asking again makes sense, Infinity when an answer decides; 0 when the request has its place. */
	private waitNow(): number {
		const now = this.now();
		this.acceptedSince ??= now;
		const full = this.waitForWindow(now);
		if (full > 0) return full;
		if (this.throttledSince !== undefined) {
			if (this.probedAt !== undefined && now < this.probedAt + lostAfter) return Infinity;
			if (now < this.blockedUntil) return this.blockedUntil - now;
			this.probedAt = now;
		} else if (this.rate !== Infinity) {
			this.climbBack(now);
			if (now < this.nextSlot) return this.nextSlot - now;
			// What late timers lose is made up for.
			this.nextSlot = Math.max(this.nextSlot, now - catchUp) + 1000 / this.rate;
		}
		if (this.requests !== Infinity) this.left.push(now);
		return 0;
	}

	private waitForWindow(now: number): number {
		while (this.oldest < this.left.length && (this.left[this.oldest] as number) <= now - this.windowMs) this.oldest += 1;
		if (this.oldest > 4096) {
			this.left.splice(0, this.oldest);
			this.oldest = 0;
		}
		return this.left.length - this.oldest < this.requests ? 0 : (this.left[this.oldest] as number) + this.windowMs - now;
	}

	/** Tells that the server took a request. */
	succeeded(): void {
		this.accepted += 1;
		if (this.throttledSince === undefined || this.probedAt === undefined) return;
		const now = this.now();
		const elapsed = now - (this.acceptedSince ?? now);
		const taken = (this.accepted * 1000) / elapsed;
		// A short time says little: the rate stays, and the count goes on.
		if (elapsed >= measureFor) {
			this.rate = Math.max(floorPerSecond, taken, this.rate === Infinity ? 0 : this.rate / 2);
			this.accepted = 0;
			this.acceptedSince = now;
		}
		this.throttledSince = undefined;
		this.nextSlot = now;
		this.lastClimb = now;
		this.answered();
	}

	/**
	 * Tells that the server throttled a request.
	 *
	 * @param retryAfter milliseconds the server asked for, when it did
	 * @param random 0..1, spreads the pauses of several processes
	 */
	throttled(retryAfter?: number, random: number = Math.random()): void {
		const now = this.now();
		// Answers to requests that left before are part of the same event.
		if (this.throttledSince !== undefined && this.probedAt === undefined) {
			if (retryAfter !== undefined) this.blockedUntil = Math.max(this.blockedUntil, now + retryAfter);
			return;
		}
		this.throttledSince ??= now;
		const backOff = Math.min(longestPause, Math.max(firstPause, (now - this.throttledSince) / 4)) * (0.75 + random / 2);
		this.blockedUntil = now + (retryAfter ?? backOff);
		this.answered();
	}

	/** Tells that a request came to nothing that says anything about the limit: a broken connection, a cancelled run. */
	undecided(): void {
		if (this.probedAt !== undefined) this.answered();
	}

	private answered(): void {
		this.probedAt = undefined;
		const waiting = this.wake;
		this.wake = [];
		for (const resolve of waiting) resolve();
	}

	private climbBack(now: number): void {
		const seconds = Math.floor((now - this.lastClimb) / 1000);
		if (seconds < 1) return;
		this.rate *= climb ** Math.min(600, seconds);
		this.lastClimb = now;
		// As good as none.
		if (this.rate > 10_000) this.rate = Infinity;
	}
}

const limiters = new Map<string, RateLimiter>();
/** Limits for single conversations and the like come and go; those that are at rest are forgotten, the longest unused first. */
const maxLimiters = 2_000;
/** How many are looked at for one that can go, each time a new one comes. */
const looksAt = 20;

/** The limiter of a key, such as a credential: one for each process, shared by all nodes and executions. */
export function sharedRateLimiter(key: string, limit: RateLimit): RateLimiter {
	const known = limiters.get(key);
	const limiter = known ?? new RateLimiter(limit);
	// Setting it again puts it last.
	if (known) limiters.delete(key);
	limiters.set(key, limiter);
	if (!known && limiters.size > maxLimiters) {
		for (const [other, candidate] of first(limiters, looksAt)) if (other !== key && candidate.isIdle) limiters.delete(other);
	}
	return limiter;
}

function first<Key, Value>(map: Map<Key, Value>, count: number): Array<[Key, Value]> {
	const entries: Array<[Key, Value]> = [];
	for (const entry of map) if (entries.push(entry) >= count) break;
	return entries;
}
