import type { IDataObject } from 'n8n-workflow';

import type { Known, Addressee, CampaignRow, CampaignRules, CampaignSender, CampaignStatus, Outcome, Recipient, Sent } from './interfaces';
import { untilOpen } from './hours';
import type { CampaignMemory } from './memory';
import { now, pause } from '../http/pause';
import { failureReasonText } from '../message/delivery';
import type { Standing } from '../message/once';
import { newRun, Once, onceKey, usualTiming, wasNotSent } from '../message/once';
import type { LostWrites } from '../operation/lostWrites';
import { remarksOn } from '../operation/output';
import { phoneKey } from '../phone/compare';
import { leaveOutReason } from './tags';

/** One recipient's place in a campaign. */
export interface Job<Message> {
	recipient: Recipient;
	/** Undefined when nothing can be sent; `problem` says why. */
	message?: Message;
	text?: string;
	problem?: string;
	/** The row, once the campaign has come by. */
	settle(row: CampaignRow): void;
}

/** A job on its way through the campaign. */
interface Turn<Message> {
	job: Job<Message>;
	key: string;
	addressee: Addressee<Message>;
	once: Once;
	standing: Promise<Standing>;
}

interface Waiting {
	id: string;
	row: CampaignRow;
	sentAt: number;
}

/** Messages sent between two looks at what became of the earlier ones. */
const lookEvery = 10;
/** A message's status is not looked at sooner than this; milliseconds. */
const settlesAfter = 2000;
/** A status that has not moved after this is no longer asked for; milliseconds. */
const givenUpAfter = 120_000;
/** People who are claimed ahead, at most. */
const aheadAtMost = 100;
/** Claims that are written at the same time. */
const claimsAtOnce = 10;
/** Answers that are about one person. */
const personal = new Set(['400', '404', '409', '422']);
/** Rounds of waiting for a person whom another run may be writing to. */
const rounds = 3;

/**
 * One campaign in one run of the node: who is written to, the pace, and why it stops. It never throws, so that no run
 * forgets what it did.
 */
export class CampaignRun<Message> {
	private readonly seen = new Set<string>();
	private readonly key: string;
	private readonly id = newRun();
	private readonly ahead: number;
	private waiting: Waiting[] = [];
	private readonly marked: CampaignRow[] = [];
	private stopReason?: string;
	private lastSentAt = -Infinity;
	private sent = 0;
	private refused = 0;
	private failed = 0;
	private inRow = 0;
	private settled = 0;
	/** Messages sent when the last pause between batches was made. */
	private pausedAt = 0;
	readonly counts: Partial<Record<CampaignStatus, number>> = {};

	constructor(
		private readonly sender: CampaignSender<Message>,
		private readonly rules: CampaignRules,
		private readonly memory: CampaignMemory,
		/** Keys of people that the person has listed as written to. */
		private readonly skip: Set<string>,
		private readonly signal: AbortSignal | undefined,
		/** Whether it is not known that the tag to mark with exists. */
		private isMarkOpen = false,
		/** Looks at the marks once more, when all is sent. */
		private readonly marks?: LostWrites,
	) {
		this.key = onceKey(rules.name);
		const { confirm, takeOver } = rules.once ?? usualTiming;
		const gap = rules.perMinute === undefined ? 0 : 60_000 / rules.perMinute;
		// Claims grow old: only so many people are claimed as can be written to while they are young.
		this.ahead = Math.max(1, Math.min(aheadAtMost, gap > 0 ? Math.floor((takeOver / 4 - confirm) / 2 / gap) : aheadAtMost, rules.chunk?.size ?? Infinity));
	}

	/** Nobody is written to, for this reason. */
	stop(reason: string): void {
		this.stopReason ??= reason;
	}

	/** Goes through all recipients, in order; who may be somebody else's comes last. */
	async run(jobs: Array<Job<Message>>): Promise<void> {
		const turns: Array<Turn<Message> | undefined> = [];
		let next = 0;
		const inFlight: Array<Promise<unknown>> = [];
		const claimUpTo = async (end: number) => {
			for (; next < Math.min(end, jobs.length); next += 1) {
				if (inFlight.length >= claimsAtOnce) await inFlight.shift();
				turns[next] = this.open(jobs[next]!);
				if (turns[next]) inFlight.push(turns[next]!.standing);
			}
		};
		const later: Array<Turn<Message>> = [];
		for (const index of jobs.keys()) {
			await claimUpTo(this.isOver ? index + 1 : index + this.ahead);
			const turn = turns[index];
			turns[index] = undefined;
			if (!turn) continue;
			const standing = await turn.standing;
			if (standing.is === 'elsewhere') later.push(turn);
			else if (await this.finish(turn, standing, async () => await this.refresh(turns)) === 'elsewhere') later.push(turn);
		}
		await this.comeBack(later);
		await this.waitForOutcomes();
		await this.lookAtMarks();
	}

	/** A mark protects from a second message; another run that writes the contact's tags may have taken it away. */
	private async lookAtMarks(): Promise<void> {
		await this.marks?.finish();
		for (const row of this.marked) if (remarksOn(row).notApplied) row.reason = `Sent, but the tag '${this.rules.markTag}' was not kept, since somebody else writes to the contact at the same time`;
	}

	private get isOver(): boolean {
		return this.stopReason !== undefined || this.signal?.aborted === true;
	}

	/** What is known before any request; else begins with the person. */
	private open(job: Job<Message>): Turn<Message> | undefined {
		const { recipient } = job;
		const key = phoneKey(recipient.e164);
		const skipped = this.skipReason(recipient, key);
		if (skipped !== undefined) return this.settle(job, 'skipped', skipped, this.memory.get(key) || null);
		if (job.message === undefined || job.text === undefined) return this.settle(job, 'notSent', job.problem ?? 'Has no message');
		if (this.stopReason !== undefined) return this.settle(job, 'notSent', this.stopReason);
		if (this.signal?.aborted) return this.settle(job, 'notSent', 'The execution was stopped');
		const { markTag, leaveOutTags } = this.rules;
		const addressee = this.sender.addressee(recipient, job.message, job.text, { campaign: this.key, tags: markTag !== undefined || leaveOutTags.length > 0 });
		const place = this.rules.once ? addressee : { history: undefined };
		const once = new Once(place, this.id, this.rules.once ?? usualTiming, { now, pause: async (milliseconds) => await pause(milliseconds, this.signal) }, () => this.leaveOutReason(addressee.known));
		return { job, key, addressee, once, standing: this.guarded(async () => await this.begin(addressee, once)) };
	}

	private skipReason(recipient: Recipient, key: string): string | undefined {
		if (this.seen.has(key)) return 'The same phone came before in this run';
		this.seen.add(key);
		if (this.memory.get(key) !== undefined) return 'Was written to in an earlier run of this campaign';
		if (this.skip.has(key)) return "Is on the list 'Already Written To'";
		return recipient.optedIn ? undefined : 'Has not opted in';
	}

	private leaveOutReason(known: Known | undefined): string | undefined {
		return leaveOutReason(known, this.rules, this.sender.service);
	}

	/** The first look at a person; a dry run only reads. */
	private async begin(addressee: Addressee<Message>, once: Once): Promise<Standing> {
		if (this.rules.once && addressee.claim && !this.rules.dryRun) return await once.claim();
		const entry = addressee.claim ? await addressee.claim.read() : (await addressee.look(), undefined);
		if (entry === 'sent' && this.rules.once) return { is: 'written', id: null };
		const reason = this.leaveOutReason(addressee.known);
		return reason === undefined ? { is: 'claimed' } : { is: 'leftOut', reason };
	}

	/** Without knowing a person nobody is written to: what cannot be read stops the campaign, unless it is about this person. */
	private async guarded(step: () => Promise<Standing>): Promise<Standing> {
		try {
			return await step();
		} catch (error) {
			const { message, httpCode } = error as Error & { httpCode?: unknown };
			if (personal.has(String(httpCode))) return { is: 'refused', reason: message };
			this.stop(message);
			return { is: 'elsewhere' };
		}
	}

	/** Claims that grew old during a pause, all at once: one after the other each would wait for itself. */
	private async refresh(turns: Array<Turn<Message> | undefined>): Promise<void> {
		if (!this.rules.once || this.rules.dryRun) return;
		await Promise.all(turns.map(async (turn) => {
			if (turn && (await turn.standing).is === 'claimed') turn.standing = this.guarded(async () => await turn.once.claim());
		}));
	}

	/** Waits for the turn, looks again, and writes. */
	private async finish(turn: Turn<Message>, standing: Standing, afterPause: () => Promise<void>): Promise<'done' | 'elsewhere'> {
		const { once } = turn;
		let at = standing;
		if (at.is === 'claimed' && this.rules.dryRun) return this.end(turn, 'dryRun', null);
		while (at.is === 'claimed') {
			const waited = await this.waitForTurn();
			if (this.isOver) {
				await once.free();
				return this.end(turn, 'notSent', this.stopReason ?? 'The execution was stopped');
			}
			if (waited > (this.rules.once ?? usualTiming).takeOver / 8) await afterPause();
			at = await this.guarded(async () => await this.confirm(turn));
			// The hours may have ended while the claim was confirmed, or the message was held back for so long that it may not leave any more.
			if (at.is === 'free' && (!this.isOpen() || await this.send(turn, at.deadline) === 'late')) at = { is: 'claimed' };
		}
		switch (at.is) {
			case 'free':
				return 'done';
			case 'written':
				this.memory.set(turn.key, at.id ?? '');
				return this.end(turn, 'skipped', 'Was written to in an earlier run of this campaign', at.id);
			case 'unsure':
				return this.end(turn, 'unsure', `An earlier run may have written to this person, and ${this.sender.service} does not tell. It is not sent again.`);
			case 'leftOut':
				return this.end(turn, 'skipped', at.reason);
			case 'refused':
				this.end(turn, 'failed', at.reason);
				return this.failedOnce();
			default:
				if (this.stopReason === undefined) return 'elsewhere';
				await once.free();
				return this.end(turn, 'notSent', this.stopReason);
		}
	}

	private failedOnce(): 'done' {
		this.refused += 1;
		this.inRow += 1;
		this.checkFailures();
		return 'done';
	}

	/** The contact again right before its message: tags and blocks may have changed. */
	private async confirm({ addressee, once }: Turn<Message>): Promise<Standing> {
		if (!this.rules.once || !addressee.claim) await addressee.look();
		const standing = await once.confirm();
		if (standing.is !== 'free') return standing;
		const { markTag } = this.rules;
		if (markTag === undefined || !this.isMarkOpen || !addressee.mark || !addressee.known) return standing;
		// A tag that the service does not take is found with the first person, before the first message.
		try {
			await addressee.mark(markTag, true);
			await addressee.mark(markTag, false);
		} catch (error) {
			await once.free();
			this.stop(`The tag '${markTag}' cannot be used: ${(error as Error).message}`);
			return { is: 'elsewhere' };
		}
		this.isMarkOpen = false;
		return standing;
	}

	private async send(turn: Turn<Message>, deadline: number): Promise<'done' | 'late'> {
		const { job, key, addressee, once } = turn;
		this.lastSentAt = now();
		let answer: Sent;
		try {
			answer = await addressee.send(job.message!, deadline);
		} catch (error) {
			const { message } = error as Error;
			const why = wasNotSent(error);
			if (why === 'late') return 'late';
			answer = { is: why === 'refused' ? 'stop' : 'unsure', reason: message };
		}
		switch (answer.is) {
			case 'queued':
				this.memory.set(key, answer.id);
				await once.done();
				await this.queued(turn, answer.id, answer.note ?? null);
				break;
			case 'repeated':
				this.memory.set(key, '');
				this.end(turn, 'skipped', 'Was written to in an earlier run of this campaign');
				break;
			case 'refused':
				await once.free();
				this.end(turn, 'failed', answer.reason);
				return this.failedOnce();
			case 'stop':
				await once.free();
				this.stop(answer.reason);
				this.end(turn, 'notSent', answer.reason);
				break;
			case 'unsure': {
				// Better one message too few than the same twice.
				const found = await once.unsure();
				this.memory.set(key, found.is === 'written' ? (found.id ?? '') : '');
				if (found.is === 'written') {
					await this.queued(turn, found.id ?? '', `The answer was lost; ${this.sender.service} has the message`);
					break;
				}
				this.end(turn, 'unsure', `${answer.reason}. It may have gone out; it is not sent again.`);
				return this.failedOnce();
			}
		}
		return 'done';
	}

	private async queued(turn: Turn<Message>, id: string, note: string | null): Promise<void> {
		this.sent += 1;
		this.inRow = 0;
		const row = this.row(turn.job, 'queued', note, id || null, turn.addressee.known);
		if (id) this.waiting.push({ id, row, sentAt: now() });
		await this.mark(turn, row);
		this.deliver(turn.job, row);
		if (this.sent % lookEvery === 0) await this.look();
	}

	/** Marks who was written to; the message has gone out already, so a mark that cannot be made is only told. */
	private async mark({ addressee }: Turn<Message>, row: CampaignRow): Promise<void> {
		const { markTag } = this.rules;
		if (markTag === undefined || !addressee.mark) return;
		try {
			const place = await addressee.mark(markTag, true);
			if (!place || !this.marks) return;
			this.marks.wrote(place.record, { ...place, show: () => ({}) }, { [markTag]: true });
			this.marks.gave(place.record, 0, row as unknown as IDataObject);
			this.marked.push(row);
		} catch (error) {
			row.reason = `Sent, but the tag '${markTag}' could not be added: ${(error as Error).message}`;
		}
	}

	/** Those whom another run may be writing to: after a while their claims and messages tell. */
	private async comeBack(turns: Array<Turn<Message>>): Promise<void> {
		let left = turns;
		for (let round = 0; round < rounds && left.length > 0; round += 1) {
			const still: Array<Turn<Message>> = [];
			for (const turn of left) {
				if (this.isOver) {
					this.settle(turn.job, 'notSent', this.stopReason ?? 'The execution was stopped', null, turn.addressee.known);
					continue;
				}
				const standing = await this.guarded(async () => await turn.once.takeOver());
				if (standing.is === 'elsewhere' || await this.finish(turn, standing, async () => {}) === 'elsewhere') still.push(turn);
			}
			left = still;
		}
		for (const turn of left) this.settle(turn.job, 'notSent', this.stopReason ?? 'Another run is writing to this person. Run the campaign again to be sure.', null, turn.addressee.known);
	}

	private end(turn: Turn<Message>, status: CampaignStatus, reason: string | null, messageId: string | null = null): 'done' {
		this.settle(turn.job, status, reason, messageId, turn.addressee.known);
		return 'done';
	}

	private settle(job: Job<Message>, status: CampaignStatus, reason: string | null, messageId: string | null = null, known?: Known): undefined {
		this.deliver(job, this.row(job, status, reason, messageId, known));
	}

	private deliver(job: Job<Message>, row: CampaignRow): void {
		this.counts[row.status] = (this.counts[row.status] ?? 0) + 1;
		job.settle(row);
	}

	private row({ recipient, text }: Job<Message>, status: CampaignStatus, reason: string | null, messageId: string | null, known?: Known): CampaignRow {
		return {
			campaign: this.rules.name,
			phone: recipient.e164,
			name: recipient.name ?? known?.contact.name ?? null,
			status, reason, messageId,
			text: text ?? null,
			at: new Date().toISOString(),
			input: recipient.input,
		};
	}

	/** Asks what became of the messages sent so far. */
	private async look(): Promise<void> {
		const { outcome } = this.sender;
		if (!outcome) return;
		const ripe = this.waiting.filter(({ sentAt }) => now() - sentAt >= settlesAfter);
		for (let from = 0; from < ripe.length; from += claimsAtOnce) {
			await Promise.all(ripe.slice(from, from + claimsAtOnce).map(async (entry) => this.note(entry, await outcome.call(this.sender, entry.id).catch(() => undefined))));
		}
		this.checkFailures();
	}

	/** Rows have been given to the runner, which shows them at the end: they may still change. */
	private note(entry: Waiting, outcome: Outcome | undefined): void {
		const status = outcome?.status ?? 'queued';
		const isSettled = status === 'failed' || status === 'delivered' || status === 'read' || (status === 'sent' && this.sender.endsAtSent === true);
		if (status !== entry.row.status) {
			this.counts[entry.row.status] = (this.counts[entry.row.status] ?? 1) - 1;
			this.counts[status] = (this.counts[status] ?? 0) + 1;
			entry.row.status = status;
		}
		if (status === 'failed') {
			this.failed += 1;
			entry.row.reason = failureReasonText(outcome?.reason);
		}
		if (isSettled) this.settled += 1;
		if (isSettled || now() - entry.sentAt > givenUpAfter) this.waiting = this.waiting.filter((other) => other !== entry);
	}

	private async waitForOutcomes(): Promise<void> {
		const end = now() + this.rules.waitForDelivery;
		while (this.waiting.length > 0 && now() < end && !this.signal?.aborted) {
			await pause(Math.min(settlesAfter, end - now()), this.signal);
			await this.look();
		}
	}

	private checkFailures(): void {
		const { failures, failuresInRow } = this.rules;
		if (failuresInRow !== undefined && this.inRow >= failuresInRow) this.stop(`${this.inRow} messages have failed one after the other`);
		const known = this.settled + this.refused;
		if (!failures || known < failures.after) return;
		const share = (this.failed + this.refused) / known;
		if (share > failures.share) this.stop(`${Math.round(share * 100)}% of ${known} messages have failed, more than the ${Math.round(failures.share * 100)}% allowed`);
	}

	private isOpen(): boolean {
		return !this.rules.hours || untilOpen(this.rules.hours, Date.now()) === 0;
	}

	/** Waits for pace and hours until both let the next message go; milliseconds waited. */
	private async waitForTurn(): Promise<number> {
		const began = now();
		for (;;) {
			const { perMinute, chunk, hours, whenClosed } = this.rules;
			const rest = chunk && this.sent > 0 && this.sent - this.pausedAt >= chunk.size ? this.lastSentAt + chunk.pause - now() : 0;
			const gap = perMinute === undefined ? 0 : this.lastSentAt + 60_000 / perMinute - now();
			const closed = hours ? untilOpen(hours, Date.now()) : 0;
			if (closed === undefined || (closed > 0 && whenClosed === 'stop')) this.stop('The sending hours are over');
			const wait = Math.max(rest, gap, closed ?? 0);
			if (this.isOver || wait <= 0) {
				if (chunk && this.sent > 0 && this.sent - this.pausedAt >= chunk.size) this.pausedAt = this.sent;
				return now() - began;
			}
			await pause(wait, this.signal);
			if (rest > 0) await this.look();
		}
	}
}
