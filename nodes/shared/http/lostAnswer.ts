import type { IDataObject } from 'n8n-workflow';
import { NodeApiError } from 'n8n-workflow';

import type { HttpClient } from './httpClient';
import { now } from './pause';

/** Whether a request was surely not carried out, by the error that says so: refused, or too late to leave. */
export function wasNotSent(error: unknown): 'late' | 'refused' | undefined {
	const why = (error as { context?: { notSent?: unknown } } | undefined)?.context?.notSent;
	return why === 'late' || why === 'refused' ? why : undefined;
}

/** How a record is told that a request may have made although its answer was lost. */
export interface Trace {
	/** What is made, as people call it: "campaign". */
	what: string;
	/** The same for requests that make the same; they wait for each other before one of them is looked for. */
	key: string;
	/** Records among which it would be. */
	find(): Promise<IDataObject[]>;
	/** Whether a record has what was sent. */
	isIt(record: IDataObject): boolean;
	/** When a record was made, in milliseconds since 1970 by the service's clock. */
	madeAt(record: IDataObject): number;
	idOf?(record: IDataObject): unknown;
}

interface Made {
	/** Records that requests of this run were answered with. */
	ids: Set<string>;
	/** Requests under way, by what they make. */
	underWay: Map<string, Set<Promise<unknown>>>;
}

const madeBy = new WeakMap<HttpClient, Made>();

/** Milliseconds by which two readings of one clock in whole seconds may differ. */
const tolerance = 2500;

/**
 * Makes a record that must not be made twice. When the answer is lost, the record is looked for among those made since:
 * one that has all that was sent is given as if it had been answered. None, or several, and the error stands, which says
 * that it is not known.
 *
 * @param make the one request, which is not repeated
 */
export async function madeOnce<Answered extends IDataObject>(http: HttpClient, make: () => Promise<Answered>, trace: Trace): Promise<Answered> {
	const made: Made = madeBy.get(http) ?? { ids: new Set(), underWay: new Map() };
	madeBy.set(http, made);
	const idOf = (record: IDataObject) => String(trace.idOf?.(record) ?? record.id);
	const alike = made.underWay.get(trace.key) ?? new Set<Promise<unknown>>();
	made.underWay.set(trace.key, alike);
	const began = now();
	const making = make();
	alike.add(making);
	try {
		const record = await making;
		made.ids.add(idOf(record));
		return record;
	} catch (error) {
		if (!(error instanceof NodeApiError) || wasNotSent(error) !== undefined || http.signal?.aborted) return await Promise.reject(error as Error);
		alike.delete(making);
		// What the others make must not be taken for this one's.
		await Promise.allSettled(alike);
		const records = await trace.find().catch(() => undefined);
		const since = http.serverNow() - (now() - began) - tolerance;
		const found = (records ?? []).filter((record) => trace.madeAt(record) >= since && trace.isIt(record) && !made.ids.has(idOf(record)));
		if (found.length !== 1) {
			if (records) error.description = `${error.description ?? ''} It was looked for: ${found.length === 0 ? `there is no such ${trace.what} yet` : `there are ${found.length} that it could be`}.`.trim();
			return await Promise.reject(error);
		}
		made.ids.add(idOf(found[0]!));
		http.notices.add(`An answer of ${http.vendor.name} was lost; the ${trace.what} that it had made was found, and not made again.`);
		return found[0] as Answered;
	} finally {
		alike.delete(making);
		if (alike.size === 0) made.underWay.delete(trace.key);
	}
}
