/** How many requests may be under way at the same time. */
export interface Pace {
	readonly limit: number;
	/**
	 * Tells of an answer.
	 *
	 * @param call what was asked for: {@link callKind}
	 * @param milliseconds from leaving to the answer
	 * @param underWay requests that were under way when it left
	 */
	answered(call: string, milliseconds: number, underWay: number): void;
	/** Tells that more would do harm: the service throttles, breaks down, or its limit holds requests back. */
	held(how: 'byLimit' | 'byService'): void;
}

/** As many as a person has said, whatever the service answers. */
export class FixedPace implements Pace {
	constructor(readonly limit: number) {}

	answered(): void {}

	held(): void {}
}

/** So many a small server answers side by side: one process with five threads is what Chatwoot comes with. */
const fewest = 5;
const most = 100;
/** Answers that are looked at together, at least: single ones vary. */
const roundAtLeast = 10;
/** Answers of one kind that tell how fast the service is when it has little to do. */
const toKnow = 5;
/** As fast as before: slower by less than this share. */
const asFast = 1.25;
/** By how much the usual time grows in a round that was as fast. */
const upwards = 1.01;
/** Kinds of calls whose times are kept. */
const maxKinds = 100;

/**
 * Begins with few requests, and takes twice as many each time the service answers all of a round as fast as at first.
 * When answers get slower, requests wait at the service, and more of them would only wait longer: then it takes as many
 * as are answered without much waiting, and tries a few more now and then.
 */
export class AdaptivePace implements Pace {
	limit = fewest;
	private readonly usual = new Map<string, { sum: number; count: number }>();
	private shares = 0;
	private known = 0;
	private answers = 0;
	private isFull = false;
	private isHeld = false;
	/** Whether the service has been at its limit already. */
	private hasSlowed = false;

	answered(call: string, milliseconds: number, underWay: number): void {
		if (underWay >= this.limit * 0.8) this.isFull = true;
		const kind = this.usual.has(call) || this.usual.size < maxKinds ? call : '';
		const usual = this.usual.get(kind) ?? { sum: 0, count: 0 };
		this.usual.set(kind, usual);
		if (usual.count < toKnow) {
			usual.sum += milliseconds;
			usual.count += 1;
		} else {
			this.shares += milliseconds / Math.max(1, usual.sum / usual.count);
			this.known += 1;
		}
		this.answers += 1;
		if (this.answers >= Math.max(roundAtLeast, this.limit) && this.known >= toKnow) this.endRound();
	}

	held(how: 'byLimit' | 'byService'): void {
		this.isHeld = true;
		if (how === 'byLimit') return;
		this.hasSlowed = true;
		this.limit = Math.max(fewest, Math.floor(this.limit / 2));
		this.beginRound();
		this.isHeld = true;
	}

	private endRound(): void {
		const slower = this.shares / this.known;
		// The first answers may have been slow by chance, or been quick.
		const drift = slower < 1 ? Math.sqrt(slower) : slower <= asFast ? upwards : 1;
		for (const usual of this.usual.values()) usual.sum *= drift;
		if (slower > asFast) {
			this.hasSlowed = true;
			this.limit = Math.min(this.limit, Math.max(fewest, Math.floor((this.limit / slower) * asFast)));
		} else if (this.isFull && !this.isHeld) {
			this.limit = Math.min(most, this.limit + (this.hasSlowed ? Math.max(1, Math.floor(this.limit / 4)) : this.limit));
		}
		this.beginRound();
	}

	private beginRound(): void {
		this.shares = 0;
		this.known = 0;
		this.answers = 0;
		this.isFull = false;
		this.isHeld = false;
	}
}

/** Calls that a service answers about equally fast: the same path but for IDs. */
export function callKind(method: string, path: string): string {
	const [address = ''] = path.split('?', 1);
	return `${method} ${address.split('/').map((part) => (/\d/.test(part) ? ':' : part)).join('/')}`;
}
