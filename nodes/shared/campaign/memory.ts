import type { IDataObject } from 'n8n-workflow';

import { objectOrEmpty } from '../values/read';
import { onceKey } from '../message/once';

/** Sends made: a person's key to message ID, "" when it is unsure whether it went out. */
export type Done = Record<string, string>;

interface Remembered {
	name: string;
	at: number;
	done: Done;
}

/**
 * People whom a workflow remembers in all its campaigns; n8n writes them with every execution. The campaigns used
 * longest ago go first, never the one at hand.
 */
export const peopleRemembered = 50_000;

const place = 'campaigns';

/** Keys of campaigns are digests, so that any name can be one. */
const keyOf = (service: string, name: string) => `${service} ${onceKey(name)}`;

/** What this process has sent in production, by workflow and campaign: n8n stores an execution's memory only when it ends. */
const sentHere = new Map<string, Map<string, string>>();

/** Who was written to: what n8n has stored, and what other executions of this process have sent since it was read. */
export class CampaignMemory {
	private readonly stored: Done;
	private readonly here?: Map<string, string>;

	/**
	 * @param staticData the workflow's; n8n stores it when the execution ends, for active workflows
	 * @param workflow ID of the workflow; undefined for tests in the editor, which n8n forgets too
	 * @param writes whether the campaign sends: who only looks on must not change what n8n stores
	 */
	constructor(staticData: IDataObject, service: string, name: string, workflow: string | undefined, writes: boolean) {
		const key = keyOf(service, name);
		const all = objectOrEmpty(staticData[place]) as unknown as Record<string, Remembered>;
		const done: Done = { ...objectOrEmpty(all[key]?.done) } as Done;
		if (workflow !== undefined) {
			const hereKey = `${workflow} ${key}`;
			this.here = sentHere.get(hereKey) ?? new Map();
			sentHere.delete(hereKey);
			sentHere.set(hereKey, this.here);
			forgetOldest(sentHere, (people) => people.size);
			// So that this execution, when it is stored later than the other, keeps what the other knew.
			for (const [person, id] of this.here) done[person] ??= id;
		}
		if (!writes) {
			this.stored = done;
			return;
		}
		const kept = new Map(Object.entries({ ...all, [key]: { name: name.trim(), at: Date.now(), done } }).sort(([, a], [, b]) => a.at - b.at));
		forgetOldest(kept, (campaign) => Object.keys(campaign.done).length);
		// Assigned as a whole: n8n stores only what it sees being assigned.
		staticData[place] = Object.fromEntries(kept) as unknown as IDataObject;
		this.stored = objectOrEmpty(objectOrEmpty(objectOrEmpty(staticData[place])[key]).done) as Done;
	}

	/** The message's ID, "" when it is unsure whether it went out, undefined when the person was not written to. */
	get(person: string): string | undefined {
		return Object.hasOwn(this.stored, person) ? this.stored[person] : this.here?.get(person);
	}

	set(person: string, messageId: string): void {
		this.stored[person] = messageId;
		this.here?.set(person, messageId);
	}
}

/** Forgets the first entries until the rest is small enough; the last stays. */
function forgetOldest<Value>(entries: Map<string, Value>, size: (value: Value) => number): void {
	let people = [...entries.values()].reduce((sum, value) => sum + size(value), 0);
	for (const [key, value] of entries) {
		if (people <= peopleRemembered || entries.size === 1) return;
		entries.delete(key);
		people -= size(value);
	}
}

/** The sends of a campaign that a workflow remembers, by person; undefined when it knows no campaign of this name. */
export function remembered(staticData: IDataObject, service: string, name: string): Done | undefined {
	const all = objectOrEmpty(staticData[place]);
	const key = keyOf(service, name);
	return Object.hasOwn(all, key) ? (objectOrEmpty(objectOrEmpty(all[key]).done) as Done) : undefined;
}

/** Which campaigns this process is sending. */
const locks = new Set<string>();

/** Keeps two executions of a process from sending one campaign at the same time. It lasts as long as its holder, never longer. */
export class CampaignLock {
	private isHeld = false;

	constructor(private readonly campaign: string) {}

	/** @returns false when another execution has it */
	take(): boolean {
		if (!this.isHeld && !locks.has(this.campaign)) {
			locks.add(this.campaign);
			this.isHeld = true;
		}
		return this.isHeld;
	}

	release(): void {
		if (this.isHeld) locks.delete(this.campaign);
		this.isHeld = false;
	}
}
