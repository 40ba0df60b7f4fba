import type { IDataObject } from 'n8n-workflow';

import type { PersonKey, PersonKeys } from './samePerson';
import { personKeys, personNames, valueName } from './samePerson';
import { ReadOnce } from '../values/readOnce';

/** The first answer of a vendor's list of contacts, and how to get the rest of it. */
export interface ListStart {
	rows: IDataObject[];
	/** Requests that the rest takes; undefined when the vendor does not tell. */
	requestsLeft?: number;
	/** Undefined when the list was not read whole, because it changed meanwhile. */
	rest(): Promise<IDataObject[] | undefined>;
}

/** How a vendor finds contacts. */
export interface PeopleSource {
	idOf(record: IDataObject): string;
	/** What a record is known by; keys that are not filled in are left out. */
	keysOf(record: IDataObject): PersonKeys;
	/** How many people one question may be about; with 1 it is about one value. */
	peopleAtOnce: number;
	/** Everybody who has one of the values; others among them do no harm. */
	find(people: PersonKeys[]): Promise<IDataObject[]>;
	/** Where reading all contacts may be cheaper than asking for each. */
	list?(): Promise<ListStart | undefined>;
	/** How many contacts the list's first answer holds. */
	listPage?: number;
}

export type Plan = 'batches' | 'list' | 'lookUps';

/** Fewer look-ups than this are not worth a look at the list. */
const worthALook = 10;
/** A list's answer of so many rows is as much work for the server as one more look-up. */
const rowsOfALookUp = 250;

/** Whether reading the rest of a list is less work than the look-ups that are left. */
export function listIsCheaper(lookUps: number, requestsLeft: number | undefined, rowsOnAPage: number): boolean {
	if (requestsLeft === undefined) return false;
	return requestsLeft * (1 + rowsOnAPage / rowsOfALookUp) < lookUps;
}

/**
 * The contacts that the items of a run are about. Asks the vendor as little as the chosen plan can: many people in one
 * question, or one value at a time, or all contacts once. What the run itself writes is remembered, so that a later
 * item of the same person sees it, whatever the plan.
 */
export class People {
	/** Which way was taken; undefined until somebody was looked for. */
	plan?: Plan;
	private readonly records = new Map<string, IDataObject>();
	private readonly idsByName = new Map<string, Set<string>>();
	/** Written by this run: what a look-up brings that began before is older. */
	private readonly written = new Set<string>();
	private readonly asked = new Map<string, Promise<void>>();
	private readonly positions = new Map<number, number>();
	private readonly choosing = new ReadOnce<'plan'>();

	/**
	 * @param entries what the items' people are known by, with the items' positions in the input
	 */
	constructor(private readonly source: PeopleSource, private readonly entries: Array<{ index: number; keys: PersonKeys }>) {
		for (const [position, { index }] of entries.entries()) this.positions.set(index, position);
	}

	/**
	 * The records that have a value, as far as is known after asking.
	 *
	 * @param index position of the item that wants to know; those after it are asked about in the same question
	 */
	async having(index: number, key: PersonKey, value: string): Promise<IDataObject[]> {
		const name = valueName(key, value);
		await this.ask(index, key, value, name);
		// In an order that does not depend on the plan.
		return [...(this.idsByName.get(name) ?? [])].sort((a, b) => a.localeCompare(b, 'en', { numeric: true })).map((id) => this.records.get(id)!);
	}

	/** Items that are asked about together with one; the item alone where the vendor takes one at a time. */
	neighbours(index: number): number[] {
		const position = this.positions.get(index);
		if (position === undefined) return [index];
		const size = Math.max(1, this.source.peopleAtOnce);
		const start = Math.floor(position / size) * size;
		return this.entries.slice(start, start + size).map((entry) => entry.index);
	}

	/** Takes over a record as this run has written or read it just now. */
	remember(record: IDataObject): void {
		this.written.add(this.source.idOf(record));
		// What was remarked on it is about the item that wrote it.
		this.keep(Object.fromEntries(Object.entries(record)));
	}

	/** A record that is gone. */
	forget(id: string): void {
		this.written.add(id);
		this.drop(id);
	}

	/** Asks about a person again, who may have changed meanwhile. */
	async askAgain(keys: PersonKeys): Promise<void> {
		if (this.source.peopleAtOnce > 1) return this.take(await this.source.find([keys]), true);
		for (const key of personKeys) if (keys[key] !== undefined) this.take(await this.source.find([{ [key]: keys[key] }]), true);
	}

	private async ask(index: number, key: PersonKey, value: string, name: string): Promise<void> {
		if (this.asked.has(name)) return await this.asked.get(name);
		const plan = await this.choosing.get('plan', async () => await this.choose());
		// Another item may have asked while the plan was made.
		if (this.asked.has(name)) return await this.asked.get(name);
		if (plan === 'list') return;
		if (plan === 'lookUps') return await this.asking([name], async () => await this.source.find([{ [key]: value }]));
		const position = this.positions.get(index) ?? this.entries.length;
		const own = this.entries[position]?.keys[key];
		const isOwn = own !== undefined && valueName(key, own) === name;
		const people: PersonKeys[] = [];
		const names: string[] = [];
		for (const { keys } of [...(isOwn ? [] : [{ keys: { [key]: value } as PersonKeys }]), ...this.entries.slice(position)]) {
			if (people.length >= this.source.peopleAtOnce) break;
			const open = personKeys.filter((one) => keys[one] !== undefined && !this.asked.has(valueName(one, keys[one])) && !names.includes(valueName(one, keys[one])));
			if (open.length === 0) continue;
			people.push(Object.fromEntries(open.map((one) => [one, keys[one]])));
			names.push(...open.map((one) => valueName(one, keys[one]!)));
		}
		await this.asking(names, async () => await this.source.find(people));
	}

	/** Notes names as asked; what failed may be asked again. */
	private async asking(names: string[], find: () => Promise<IDataObject[]>): Promise<void> {
		const finding = find().then((rows) => this.take(rows, false));
		for (const name of names) this.asked.set(name, finding);
		finding.catch(() => {
			for (const name of names) this.asked.delete(name);
		});
		await finding;
	}

	private async choose(): Promise<Plan> {
		this.plan = this.source.peopleAtOnce > 1 ? 'batches' : 'lookUps';
		const lookUps = new Set(this.entries.flatMap(({ keys }) => personNames(keys).slice(0, 1))).size;
		if (this.plan === 'batches' || lookUps < worthALook || !this.source.list) return this.plan;
		const start = await this.source.list();
		if (!start || !listIsCheaper(lookUps, start.requestsLeft, this.source.listPage ?? start.rows.length)) return this.plan;
		const rows = start.requestsLeft === 0 ? start.rows : await start.rest();
		if (!rows) return this.plan;
		const wanted = new Set(this.entries.flatMap(({ keys }) => personNames(keys)));
		// A long list need not stay in memory.
		this.take(rows.filter((row) => personNames(this.source.keysOf(row)).some((name) => wanted.has(name))), false);
		this.plan = 'list';
		return this.plan;
	}

	/** @param fresh whether the rows are newer than what this run has written */
	private take(rows: IDataObject[], fresh: boolean): void {
		for (const row of rows) if (fresh || !this.written.has(this.source.idOf(row))) this.keep(row);
	}

	private keep(record: IDataObject): void {
		const id = this.source.idOf(record);
		this.drop(id);
		this.records.set(id, record);
		for (const name of personNames(this.source.keysOf(record))) {
			const ids = this.idsByName.get(name) ?? new Set();
			ids.add(id);
			this.idsByName.set(name, ids);
		}
	}

	private drop(id: string): void {
		const before = this.records.get(id);
		if (!before) return;
		this.records.delete(id);
		for (const name of personNames(this.source.keysOf(before))) this.idsByName.get(name)?.delete(id);
	}
}
