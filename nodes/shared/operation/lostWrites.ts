import type { IDataObject } from 'n8n-workflow';

import type { HttpClient } from '../http/httpClient';
import { now, pause } from '../http/pause';
import { isSameJson } from '../values/difference';
import type { LaterAnswers } from './operation';
import { remark, remarksOn } from './output';
import { recordsOf } from '../values/read';

/** A list or a set of values of one record that is written as a whole, or merged without a lock. */
export interface Place {
	/** The record, as a sentence names it: "contact 7". */
	record: string;
	/** The field as the editor shows it: "Labels", "Custom Attributes". */
	field: string;
	/** What is there now: keys to values; the entries of a list are keys, their value is true. */
	read(): Promise<IDataObject>;
	/** Writes a change into what was read; a value of null takes the key away. */
	write(change: IDataObject, current: IDataObject): Promise<unknown>;
	/** What an item says of it. */
	show(current: IDataObject): IDataObject;
}

interface Written {
	place: Place;
	/** What has to be there; null: what must not be there. */
	wanted: IDataObject;
	given?: Given;
}

interface Given {
	index: number;
	answer: IDataObject;
	/** What the item said by itself. */
	notApplied: IDataObject[];
}

/** Milliseconds in which others who have read before us have written, too. */
const settling = 300;
/** How often is read; after all but the last, what is missing is written again. */
const rounds = 5;
/** Records that are read at the same time. */
const atOnce = 10;

/** The entries of a list as a {@link Place} has them. */
export const entriesOf = (list: readonly string[]): IDataObject => Object.fromEntries(list.map((entry) => [entry, true]));

/** A list with a change of entries. */
export function listWith(current: IDataObject, change: IDataObject): string[] {
	return [...Object.keys(current).filter((entry) => change[entry] !== null), ...Object.keys(change).filter((entry) => change[entry] === true && !Object.hasOwn(current, entry))];
}

/**
 * Looks once more at what a run has written, after its last item. Where a service takes a whole list, two runs that read
 * it at the same time both succeed, and the first one's change is lost. That cannot be seen in the answer to a write; so
 * each record is read again a moment later, and what is missing is written again, a few times.
 */
export class LostWrites {
	private readonly places = new Map<string, Written>();
	private lastWrite = 0;

	constructor(private readonly http: HttpClient) {}

	/**
	 * Notes a write.
	 *
	 * @param key tells the places of a run apart
	 * @param change as the service has confirmed it; null for a key that was taken away
	 * @param replaces whether the change is all that was written
	 */
	wrote(key: string, place: Place, change: IDataObject, replaces = false): void {
		const before = this.places.get(key);
		this.places.set(key, { place, wanted: { ...(replaces ? {} : before?.wanted), ...change } });
		this.lastWrite = now();
	}

	/** Notes what an item gives, as its place stands after it; given back. */
	gave(key: string, index: number, answer: IDataObject): IDataObject {
		const written = this.places.get(key);
		const said = answer.notApplied ?? remarksOn(answer).notApplied;
		if (written) written.given = { index, answer, notApplied: recordsOf(said) };
		return answer;
	}

	/** @returns the answers of items whose writes were lost, as it stands in the end */
	async finish(): Promise<LaterAnswers> {
		const later = new Map<number, IDataObject>();
		let open = [...this.places.values()].filter(({ wanted }) => Object.keys(wanted).length > 0);
		const repeated = new Set<string>();
		for (let round = 1; open.length > 0 && !this.http.signal?.aborted; round += 1) {
			// Two runs that look at the same moment would undo each other's again.
			await pause(settling * (1 + Math.random() * 2 ** (round - 1)) - (now() - this.lastWrite), this.http.signal);
			if (this.http.signal?.aborted) break;
			const lost: Written[] = [];
			for (let start = 0; start < open.length; start += atOnce) {
				const looked = await Promise.all(open.slice(start, start + atOnce).map(async (written) => ((await this.isKept(written, round, later)) ? [] : [written])));
				lost.push(...looked.flat());
			}
			for (const { place } of lost) repeated.add(place.record);
			this.lastWrite = now();
			open = round === rounds ? [] : lost;
		}
		if (repeated.size) this.http.notices.add(`Somebody else wrote to ${[...repeated].slice(0, 10).join(', ')}${repeated.size > 10 ? ` and ${repeated.size - 10} more` : ''} at the same time. What was lost was written again; what could not be kept stands in notApplied.`);
		return later;
	}

	/** Whether all is there, or nobody can tell; what is missing is written again, except in the last round. */
	private async isKept({ place, wanted, given }: Written, round: number, later: Map<number, IDataObject>): Promise<boolean> {
		try {
			const current = await place.read();
			const missing = Object.fromEntries(Object.entries(wanted).filter(([key, value]) => (value === null ? Object.hasOwn(current, key) : !(Object.hasOwn(current, key) && isSameJson(value, current[key])))));
			const isWhole = Object.keys(missing).length === 0;
			if (given && (!isWhole || later.has(given.index))) later.set(given.index, answerNow(given, place, missing, current));
			if (!isWhole && round < rounds) await place.write(missing, current);
			return isWhole;
		} catch (error) {
			if (String((error as { httpCode?: unknown }).httpCode) !== '404') this.http.notices.add(`Whether ${place.record} has kept its change could not be looked up: ${(error as Error).message}`);
			return true;
		}
	}
}

/** The same answer with what is there now. */
function answerNow({ answer, notApplied }: Given, place: Place, missing: IDataObject, current: IDataObject): IDataObject {
	Object.assign(answer, place.show(current));
	const all = [...notApplied, ...Object.entries(missing).map(([key, value]) => notKept(place.field, key, value, current[key]))];
	delete answer.notApplied;
	return remark(answer, { notApplied: all.length ? all : undefined });
}

function notKept(field: string, key: string, asked: unknown, got: unknown): IDataObject {
	const isEntry = asked === true || got === true;
	return isEntry
		? { field, asked: asked === null ? null : key, got: asked === null ? key : null }
		: { field: `${field} > ${key}`, asked: asked as IDataObject, got: (got ?? null) as IDataObject };
}
