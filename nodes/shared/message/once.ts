/*
 * One message, once, without a lock: no vendor has compare-and-set, but a field of a contact is read after it is
 * written. docs/once.md has the protocol, the proof and what it relies on; test/unit/campaign/once.test.ts tries it.
 */
import { createHash, randomBytes } from 'node:crypto';

import { wasNotSent } from '../http/lostAnswer';
import { now, pause } from '../http/pause';

export { wasNotSent };

/** What the messages of a person say: its ID when the message is there, nothing of it, or other messages that it could be. */
export type History = { id: string | null } | 'none' | 'unclear';

/** What one person's claim and messages are read and written with. */
export interface OncePlace {
	/** The claim, missing where the account has no place for it. `write` may not be repeated by itself, nor leave after the deadline. */
	claim?: {
		read(): Promise<string | undefined>;
		write(entry: string, deadline?: number): Promise<void>;
	};
	/** What tells later which messages came after the claim, in the vendor's own time; becomes part of the claim. */
	stamp?(): string | undefined;
	/**
	 * Looks for the message.
	 *
	 * @param entry claim whose message is looked for; undefined before anything is known of one
	 */
	history?(entry: string | undefined): Promise<History>;
}

export interface OnceTiming {
	/** Milliseconds between writing a claim and reading it again: T. */
	confirm: number;
	/** Milliseconds after which a request that was given up has no effect any more: L. */
	takeOver: number;
}

/** Seconds and minutes that are long for an ordinary request, and for one that was given up. */
export const usualTiming: OnceTiming = { confirm: 10_000, takeOver: 600_000 };

/** How things stand with a person. */
export type Standing =
	/** The claim is written; confirm it before sending. */
	| { is: 'claimed' }
	/** Nobody else sends: send now, and not after `deadline` ({@link now}). */
	| { is: 'free'; deadline: number }
	/** The message has gone out. */
	| { is: 'written'; id: string | null }
	/** An earlier run does not know whether its message went out, and the messages do not tell. */
	| { is: 'unsure' }
	/** Another run may be sending, or a write of ours may still take effect: {@link Once.takeOver} tells. */
	| { is: 'elsewhere' }
	/** The caller's own reason not to write. */
	| { is: 'leftOut'; reason: string }
	/** The vendor refuses what has to be written for this person. */
	| { is: 'refused'; reason: string };

/** A short key of a name: what claims and messages are marked with. */
export function onceKey(name: string): string {
	const digest = createHash('sha256').update(name.trim().normalize('NFC')).digest();
	return BigInt(`0x${digest.toString('hex')}`).toString(36).padStart(50, '0').slice(-10);
}

/** Tells the claims of one run from all others'. */
export const newRun = () => randomBytes(5).toString('hex');

/** Clock and rest, replaced in simulations. */
export interface OnceTime {
	now(): number;
	pause(milliseconds: number): Promise<void>;
}

const maxTries = 6;

/** Sends of one message to one person: `claim`, `confirm`, send, then `done`, `free` or `unsure`. */
export class Once {
	private tries = 0;
	/** Our claim and when its write was answered; only such that were written soon after a read. */
	private mine?: { entry: string; at: number };
	/** What was seen of others, or may still come of our own write, and when. */
	private seen?: { entry: string | undefined; at: number };

	constructor(
		private readonly place: OncePlace,
		private readonly run: string,
		private readonly timing: OnceTiming,
		private readonly time: OnceTime = { now, pause },
		/** A reason not to write to the person, by what was just read. */
		private readonly leaveOut: () => string | undefined = () => undefined,
	) {}

	/**
	 * Steps 1 and 2: reads, and writes the claim when nobody has one.
	 *
	 * @throws what reading throws, and when the claim is refused
	 */
	async claim(): Promise<Standing> {
		const { claim } = this.place;
		if (!claim) return { is: 'claimed' };
		while (this.tries < maxTries) {
			const readAt = this.time.now();
			const entry = await claim.read();
			const standing = await this.standingOf(entry);
			if (standing) return standing;
			const written = await this.write(readAt);
			if (written) return written;
		}
		return { is: 'elsewhere' };
	}

	/** What an entry already decides; undefined when the person may be claimed. */
	private async standingOf(entry: string | undefined): Promise<Standing | undefined> {
		if (entry === 'sent') return { is: 'written', id: null };
		const reason = this.leaveOut();
		if (reason !== undefined) return { is: 'leftOut', reason };
		if (entry === 'unsure') return await this.settle(entry, 'unsure');
		if (entry === undefined || entry === 'free' || entry === this.mine?.entry) return undefined;
		this.seen = { entry, at: this.time.now() };
		return { is: 'elsewhere' };
	}

	/** Writes a new claim; undefined when it was not sent, so that nothing has changed. */
	private async write(readAt: number): Promise<Standing | undefined> {
		this.tries += 1;
		const { confirm } = this.timing;
		const stamp = this.place.stamp?.();
		const entry = `claimed ${this.run}.${this.tries}${stamp ? ` ${stamp}` : ''}`;
		const answered = await this.place.claim!.write(entry, readAt + confirm / 2).then(() => 'yes' as const, async (error: unknown) => {
			const why = wasNotSent(error);
			return why === 'refused' ? await Promise.reject(error as Error) : why ?? 'unknown';
		});
		if (answered === 'late') return undefined;
		if (answered === 'unknown') return this.mayStillCome(entry);
		const at = this.time.now();
		// It may have hidden what others wrote in the meantime.
		if (at - readAt > confirm / 2) return this.mayStillCome(entry);
		this.mine = { entry, at };
		return { is: 'claimed' };
	}

	private mayStillCome(entry: string): Standing {
		this.mine = undefined;
		this.seen = { entry, at: this.time.now() };
		return { is: 'elsewhere' };
	}

	/** Step 3: waits, reads again, and looks into the messages. */
	async confirm(): Promise<Standing> {
		const { claim } = this.place;
		if (!claim) return await this.confirmByHistory();
		for (;;) {
			if (!this.mine) return { is: 'elsewhere' };
			const { entry, at } = this.mine;
			await this.time.pause(at + this.timing.confirm - this.time.now());
			const found = await claim.read();
			if (found !== entry) {
				this.mine = undefined;
				return (await this.standingOf(found)) ?? (this.seen = { entry: found, at: this.time.now() }, { is: 'elsewhere' });
			}
			const reason = this.leaveOut();
			if (reason !== undefined) {
				await this.free();
				return { is: 'leftOut', reason };
			}
			const deadline = at + this.timing.takeOver / 4;
			const history = await this.place.history?.(undefined);
			if (typeof history === 'object') return await this.found(history.id);
			if (this.time.now() < deadline) return { is: 'free', deadline };
			// Too late: whoever takes over may have seen the claim long ago. A new one begins a new span.
			const again = await this.claim();
			if (again.is !== 'claimed') return again;
		}
	}

	private async confirmByHistory(): Promise<Standing> {
		const reason = this.leaveOut();
		if (reason !== undefined) return { is: 'leftOut', reason };
		const history = await this.place.history?.(undefined);
		if (typeof history === 'object') return { is: 'written', id: history.id };
		return { is: 'free', deadline: this.time.now() + this.timing.takeOver / 4 };
	}

	/** Milliseconds until {@link takeOver} can tell. */
	get untilTakeOver(): number {
		return this.seen ? Math.max(0, this.seen.at + this.timing.takeOver - this.time.now()) : 0;
	}

	/** Step 4: waits until no given-up request can take effect any more, then looks what has become of the claim. */
	async takeOver(): Promise<Standing> {
		const { claim } = this.place;
		if (!claim || !this.seen) return await this.claim();
		const before = this.seen.entry;
		await this.time.pause(this.untilTakeOver);
		const readAt = this.time.now();
		const entry = await claim.read();
		if (entry !== before || entry === 'sent') return await this.claim();
		const settled = await this.settle(entry, 'claimed');
		if (settled) return settled;
		const reason = this.leaveOut();
		if (reason !== undefined) return { is: 'leftOut', reason };
		return (await this.write(readAt)) ?? { is: 'elsewhere' };
	}

	/** What the messages say of an open claim; undefined when the message is not there and may be sent. */
	private async settle(entry: string | undefined, kind: 'claimed' | 'unsure'): Promise<Standing | undefined> {
		const history = (await this.place.history?.(entry)) ?? 'unclear';
		if (typeof history === 'object') return await this.found(history.id);
		if (kind === 'claimed' && history === 'none') return undefined;
		if (kind === 'claimed') await this.tell('unsure');
		return { is: 'unsure' };
	}

	private async found(id: string | null): Promise<Standing> {
		await this.tell('sent');
		return { is: 'written', id };
	}

	/** The message has gone out. */
	async done(): Promise<void> {
		await this.tell('sent');
	}

	/** The message has surely not gone out, so that any run may try again at once. */
	async free(): Promise<void> {
		// Not later than a message: whoever takes over may have written `sent` by then, and this would hide it.
		if (this.mine) await this.tell('free', this.mine.at + this.timing.takeOver / 4);
		this.mine = undefined;
	}

	/** It is not known whether the message has gone out: it is looked for, and remembered as unsure when it is not there. */
	async unsure(): Promise<Standing> {
		const history = await this.place.history?.(this.mine?.entry).catch(() => undefined);
		if (typeof history === 'object') return await this.found(history.id);
		await this.tell('unsure');
		return { is: 'unsure' };
	}

	/** Writes what became of the claim. When this is lost the claim stays, and the next run finds the message by the history. */
	private async tell(entry: string, deadline?: number): Promise<void> {
		await this.place.claim?.write(entry, deadline).catch(() => undefined);
	}
}
