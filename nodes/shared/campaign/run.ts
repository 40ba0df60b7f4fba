import type { IDataObject } from 'n8n-workflow';

import { path } from '../../../shared/http/httpClient';
import { pause } from '../../../shared/http/pause';
import { phoneKey } from '../../../shared/phone/compare';
import { type CallbellClient, contactIn, recordIn } from '../../transport/client';
import { callbellSays, noCreditCode } from '../../transport/errors';
import { withTags } from '../contact/upsert.operation';
import { failureReason, hasFailed, hasReached } from '../message/message';
import type { Done, SendingHours } from './campaign';
import { untilOpen } from './campaign';

/** How fast, when, and until when a campaign goes on. */
export interface CampaignRules {
	name: string;
	dryRun: boolean;
	/** Undefined for as fast as Callbell answers. */
	perMinute?: number;
	chunk?: { size: number; pause: number };
	hours?: SendingHours;
	whenClosed: 'stop' | 'wait';
	/** Share of failures, 0..1, that stops the campaign once `after` messages are known. */
	failures?: { share: number; after: number };
	/** Tag that marks who was written to, and is read before writing. */
	markTag?: string;
	channelId: string;
}

export interface CampaignRecipient {
	e164: string;
	optedIn: boolean;
	/** The contact, when it is known already. */
	contact?: IDataObject;
}

/** What the node says of each recipient. */
export interface CampaignRow extends IDataObject {
	campaign: string;
	phone: string | null;
	name: string | null;
	status: 'dryRun' | 'failed' | 'notSent' | 'sent' | 'skipped' | 'unsure';
	reason: string | null;
	messageId: string | null;
	text: string | null;
	at: string;
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

/**
 * One campaign in one run of the node: who was written to, the pace, and why it stops. It never throws once messages
 * have gone out, so that no run forgets what it did.
 */
export class CampaignRun {
	private readonly seen = new Set<string>();
	private waiting: Waiting[] = [];
	private stopReason?: string;
	private lastSentAt = 0;
	private sent = 0;
	private refused = 0;
	private failed = 0;
	private settled = 0;
	/** Messages sent when the last pause between batches was made. */
	private pausedAt = 0;

	constructor(
		private readonly callbell: CallbellClient,
		private readonly rules: CampaignRules,
		private readonly memory: CampaignMemory,
		/** Keys of people that the person has listed as written to. */
		private readonly skip: Set<string>,
		private readonly lock: CampaignLock,
		private readonly now: () => number = Date.now,
	) {
		// Once locked out, locked out for good: what this execution knows may be older than what the other has sent.
		if (!rules.dryRun) this.keep();
	}

	/** Whether messages have gone out: from then on nothing may throw away what is known of them. */
	get begun(): boolean {
		return this.sent > 0;
	}

	/** Tells that nobody is left, so that the next execution may go on with the campaign. */
	finish(): void {
		this.lock.release();
	}

	/** Writes to one recipient, or says why not. */
	async write(recipient: CampaignRecipient, body: IDataObject, text: string): Promise<CampaignRow> {
		const row = (status: CampaignRow['status'], reason: string | null = null, messageId: string | null = null): CampaignRow => ({
			campaign: this.rules.name,
			phone: recipient.e164,
			name: recipient.contact?.name ? String(recipient.contact.name) : null,
			status, reason, messageId, text,
			at: new Date(this.now()).toISOString(),
		});
		const key = phoneKey(recipient.e164);
		if (this.seen.has(key)) return row('skipped', 'The same phone came before in this run');
		this.seen.add(key);
		const before = this.memory.get(key);
		if (before !== undefined) return row('skipped', 'Was written to in an earlier run of this campaign', before || null);
		if (this.skip.has(key)) return row('skipped', "Is on the list 'Already Written To'");
		if (!recipient.optedIn) return row('skipped', 'Has not opted in');
		const left = this.stopReason ?? await this.ready();
		if (left !== undefined) return row('notSent', left);
		const { markTag } = this.rules;
		const contact = recipient.contact ?? (markTag ? await this.lookUp(recipient.e164) : undefined);
		if (this.stopReason !== undefined) return row('notSent', this.stopReason);
		if (markTag && hasTag(contact, markTag)) return row('skipped', `Has the tag '${markTag}' already`);
		if (contact?.blockedAt) return row('skipped', 'Is blocked in Callbell');
		if (this.rules.dryRun) return row('dryRun');
		await this.pace();
		if (this.stopReason !== undefined) return row('notSent', this.stopReason);
		if (this.callbell.http.signal?.aborted) {
			this.lock.release();
			return row('notSent', 'The execution was stopped');
		}
		return await this.send(key, recipient, contact, body, row);
	}

	private async lookUp(e164: string): Promise<IDataObject | undefined> {
		try {
			return await this.callbell.contactByPhone(e164, this.rules.channelId);
		} catch (error) {
			// Without knowing the tags somebody could be written to twice.
			this.stopReason = (error as Error).message;
			return undefined;
		}
	}

	/** A recipient who cannot be written to, for example because a variable is empty. */
	refuse(phone: string | null, name: string | null, reason: string): CampaignRow {
		return { campaign: this.rules.name, phone, name, status: 'notSent', reason, messageId: null, text: null, at: new Date(this.now()).toISOString() };
	}

	private async send(key: string, recipient: CampaignRecipient, contact: IDataObject | undefined, body: IDataObject, row: (status: CampaignRow['status'], reason?: string | null, messageId?: string | null) => CampaignRow): Promise<CampaignRow> {
		this.lastSentAt = this.now();
		try {
			const answer = await this.callbell.http.exchange({ method: 'POST', path: '/messages/send', body: { to: recipient.e164, ...body }, accept: [400, 401, 402, 403, 404, 422] });
			const said = callbellSays(answer.body) ?? `HTTP ${answer.status}`;
			if (answer.status === 402 && (answer.body as IDataObject).code === noCreditCode) {
				this.stopReason = 'The WhatsApp credit of the Callbell account is used up';
				return row('notSent', this.stopReason);
			}
			if ([401, 402, 403].includes(answer.status)) {
				this.stopReason = `Callbell refuses to send: ${said}`;
				return row('notSent', this.stopReason);
			}
			if (answer.status >= 400) {
				this.refused += 1;
				this.checkFailures();
				return row('failed', said);
			}
			const message = recordIn(answer.body as IDataObject, 'message');
			const id = String(message.uuid ?? '');
			this.memory.set(key, id);
			this.sent += 1;
			const result = row('sent', null, id || null);
			if (id) this.waiting.push({ id, row: result, sentAt: this.now() });
			await this.mark(recipient, contact, message, result);
			if (this.sent % lookEvery === 0) await this.look();
			return result;
		} catch (error) {
			const advice = String((error as { description?: unknown }).description ?? '');
			const message = (error as Error).message;
			if (/not known whether/.test(advice)) {
				// Better one message too few than the same twice.
				this.memory.set(key, '');
				this.refused += 1;
				this.checkFailures();
				return row('unsure', `${message}. It may have gone out; it is not sent again.`);
			}
			this.stopReason = message;
			return row('notSent', message);
		}
	}

	/** Marks who was written to; the message has gone out already, so a mark that cannot be made is only told. */
	private async mark(recipient: CampaignRecipient, known: IDataObject | undefined, message: IDataObject, row: CampaignRow): Promise<void> {
		const { markTag } = this.rules;
		if (!markTag) return;
		try {
			const id = String(known?.uuid ?? (message.contact as IDataObject | undefined)?.uuid ?? '');
			const contact = id ? contactIn(await this.callbell.get(path`/contacts/${id}`)) : await this.callbell.contactByPhone(recipient.e164, this.rules.channelId);
			if (contact) await this.callbell.patch(path`/contacts/${String(contact.uuid)}`, { tags: withTags(contact.tags, [markTag]) });
		} catch (error) {
			row.reason = `Sent, but the tag '${markTag}' could not be added: ${(error as Error).message}`;
		}
	}

	/** Asks what became of the messages sent so far. */
	private async look(): Promise<void> {
		const now = this.now();
		const ripe = this.waiting.filter(({ sentAt }) => now - sentAt >= settlesAfter);
		await Promise.all(ripe.map(async (entry) => {
			const answer = await this.callbell.find(path`/messages/status/${entry.id}`).catch(() => undefined);
			const message = answer ? recordIn(answer, 'message') : {};
			const arrived = hasReached(message.status, 'delivered');
			if (hasFailed(message.status)) {
				this.failed += 1;
				entry.row.status = 'failed';
				entry.row.reason = failureReason(message.messageStatusPayload) ?? 'WhatsApp did not deliver it';
			}
			if (arrived || hasFailed(message.status)) this.settled += 1;
			if (arrived || hasFailed(message.status) || now - entry.sentAt > givenUpAfter) this.waiting = this.waiting.filter((other) => other !== entry);
		}));
		this.checkFailures();
	}

	private checkFailures(): void {
		const { failures } = this.rules;
		const known = this.settled + this.refused;
		if (!failures || known < failures.after || this.stopReason !== undefined) return;
		const share = (this.failed + this.refused) / known;
		if (share > failures.share) this.stopReason = `${Math.round(share * 100)}% of ${known} messages have failed, more than the ${Math.round(failures.share * 100)}% allowed`;
	}

	/** Waits for the sending hours; a reason when they are over and nobody waits. */
	private async ready(): Promise<string | undefined> {
		const { hours, whenClosed, dryRun } = this.rules;
		if (!hours || dryRun) return undefined;
		const wait = untilOpen(hours, this.now());
		if (wait === 0) return undefined;
		if (wait === undefined || whenClosed === 'stop') {
			this.stopReason = 'The sending hours are over';
			return this.stopReason;
		}
		this.keep(wait);
		await pause(wait, this.callbell.http.signal);
		return undefined;
	}

	/** Keeps other executions away; stops when one has come first. */
	private keep(longer = 0): void {
		if (!this.lock.hold(longer)) this.stopReason = 'Another execution is sending this campaign at the moment';
	}

	private async pace(): Promise<void> {
		const { perMinute, chunk } = this.rules;
		const { signal } = this.callbell.http;
		const rest = chunk && this.sent - this.pausedAt >= chunk.size ? this.lastSentAt + chunk.pause - this.now() : 0;
		const gap = perMinute === undefined ? 0 : this.lastSentAt + 60_000 / perMinute - this.now();
		const wait = Math.max(0, rest, gap);
		this.keep(wait);
		await pause(wait, signal);
		if (rest > 0) {
			this.pausedAt = this.sent;
			await this.look();
		}
	}
}

/** What this process has sent in production, by workflow and name: n8n stores an execution's memory only when it ends. */
const sentHere = new Map<string, Done>();
const campaignsKept = 50;

/** Who was written to: what n8n has stored, and what other executions of this process have sent since it was read. */
export class CampaignMemory {
	private readonly here?: Done;

	/**
	 * @param stored the workflow's static data of the campaign; written to, n8n stores it at the end
	 * @param campaign key of the campaign in this process; undefined for tests in the editor, which n8n forgets too
	 */
	constructor(private readonly stored: Done, campaign: string | undefined) {
		if (campaign === undefined) return;
		this.here = sentHere.get(campaign) ?? {};
		sentHere.delete(campaign);
		sentHere.set(campaign, this.here);
		const [oldest] = sentHere.keys();
		if (sentHere.size > campaignsKept && oldest !== undefined) sentHere.delete(oldest);
		// So that this execution, when it is stored later than the other, keeps what the other knew.
		for (const [key, id] of Object.entries(this.here)) if (!Object.hasOwn(stored, key)) stored[key] = id;
	}

	/** The message's ID, "" when it is unsure whether it went out, undefined when the person was not written to. */
	get(key: string): string | undefined {
		return Object.hasOwn(this.stored, key) ? this.stored[key] : this.here?.[key];
	}

	set(key: string, messageId: string): void {
		this.stored[key] = messageId;
		if (this.here) this.here[key] = messageId;
	}
}

/** Which execution sends a campaign, by workflow and name, and until when it surely does. */
const locks = new Map<string, { execution: string; until: number }>();
/** A sender that shows no sign of life for longer has ended; milliseconds. */
const lockLasts = 120_000;

/** Keeps two executions of a workflow from sending one campaign at the same time, and so twice. */
export class CampaignLock {
	constructor(
		private readonly campaign: string,
		private readonly execution: string,
		private readonly now: () => number = Date.now,
	) {}

	/**
	 * Takes or keeps the campaign.
	 *
	 * @param longer milliseconds that nothing will be heard, because of a pause
	 * @returns false when another execution has it
	 */
	hold(longer = 0): boolean {
		const holder = locks.get(this.campaign);
		if (holder && holder.execution !== this.execution && holder.until > this.now()) return false;
		locks.set(this.campaign, { execution: this.execution, until: this.now() + longer + lockLasts });
		return true;
	}

	release(): void {
		if (locks.get(this.campaign)?.execution === this.execution) locks.delete(this.campaign);
	}
}

function hasTag(contact: IDataObject | undefined, tag: string): boolean {
	return Array.isArray(contact?.tags) && contact.tags.map(String).includes(tag);
}
