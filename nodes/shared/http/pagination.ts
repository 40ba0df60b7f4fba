/** How much of a list is wanted. */
export interface Wanted {
	/** Undefined for all. */
	limit?: number;
	/** Lists whose total is known are read with this many requests at a time. */
	parallel: number;
	signal?: AbortSignal;
	/** Told once, as a sentence for the person, when rows came twice. */
	notice?: (text: string) => void;
}

export interface Page<Row> {
	rows: Row[];
	/** Rows in the whole list, when the vendor tells. */
	total?: number;
	/** Whether the vendor says that this is the last page. */
	last?: boolean;
}

export interface Collected<Row> {
	rows: Row[];
	/** Rows that came twice because the list changed while it was read; they are kept once. */
	repeated: number;
}

/** What tells one row from another; rows without it are all kept. */
export type IdOf<Row> = (row: Row) => string | number | undefined;

class Collector<Row> {
	readonly rows: Row[] = [];
	repeated = 0;
	private readonly seen = new Set<string>();

	private readonly limit: number;

	constructor(private readonly idOf: IdOf<Row>, private readonly wanted: Wanted) {
		this.limit = wanted.limit ?? Infinity;
	}

	get full() {
		return this.rows.length >= this.limit;
	}

	/** Adds a page; tells how many of its rows were new. */
	add(rows: Row[]): number {
		let added = 0;
		for (const row of rows) {
			// Vendors put null and other things where rows belong.
			if (row === null || typeof row !== 'object') continue;
			const id = this.idOf(row);
			if (id !== undefined) {
				if (this.seen.has(String(id))) {
					this.repeated += 1;
					continue;
				}
				this.seen.add(String(id));
			}
			added += 1;
			if (!this.full) this.rows.push(row);
		}
		return added;
	}

	result(): Collected<Row> {
		if (this.repeated > 0) {
			this.wanted.notice?.(`The list changed while it was read: ${this.repeated} ${this.repeated === 1 ? 'record' : 'records'} came twice and ${this.repeated === 1 ? 'is' : 'are'} output once.`);
		}
		return { rows: this.rows, repeated: this.repeated };
	}
}

/**
 * Reads a list by page numbers. When the first page tells the total, the others are fetched
 * several at a time; pages are joined in order. Reading goes on until a page is empty or short,
 * so that rows added meanwhile are found.
 *
 * @param fetchPage page number from 1
 * @param pageSize rows the vendor puts on a full page
 */
export async function collectPages<Row>(
	fetchPage: (page: number) => Promise<Page<Row>>,
	pageSize: number,
	idOf: IdOf<Row>,
	wanted: Wanted,
): Promise<Collected<Row>> {
	const { limit, parallel, signal } = wanted;
	const collector = new Collector(idOf, wanted);
	let known = 1;
	for (let page = 1; !signal?.aborted; ) {
		const width = Math.max(1, Math.min(parallel, known - page + 1));
		const pages = await Promise.all(Array.from({ length: width }, async (_, offset) => await fetchPage(page + offset)));
		for (const { rows, total, last } of pages) {
			const added = collector.add(rows);
			// A server that ignores the page number would answer the first page for ever.
			if (collector.full || last || rows.length < pageSize || added === 0) return collector.result();
			if (total !== undefined) known = Math.ceil(Math.min(total, limit ?? total) / pageSize);
		}
		page += width;
	}
	return collector.result();
}

/**
 * Reads a list by offset; see {@link collectPages}.
 *
 * @param fetchFrom offset from 0, and how many rows to ask for
 */
export async function collectOffsets<Row>(
	fetchFrom: (offset: number, count: number) => Promise<Page<Row>>,
	pageSize: number,
	idOf: IdOf<Row>,
	wanted: Wanted,
): Promise<Collected<Row>> {
	const count = Math.min(pageSize, wanted.limit ?? pageSize);
	return await collectPages(async (page) => await fetchFrom((page - 1) * count, count), count, idOf, wanted);
}

/**
 * Reads a list by cursor. The next page is under way while the rows of this one are taken over.
 *
 * @param fetchAfter undefined for the first page; answers the next cursor, or null at the end
 */
export async function collectCursor<Row>(
	fetchAfter: (cursor: string | undefined) => Promise<{ rows: Row[]; next: string | null | undefined }>,
	idOf: IdOf<Row>,
	wanted: Wanted,
): Promise<Collected<Row>> {
	const { limit, signal } = wanted;
	const collector = new Collector(idOf, wanted);
	const cursors = new Set<string>();
	type Fetched = ReturnType<typeof fetchAfter>;
	let pending: Fetched | undefined = fetchAfter(undefined);
	// When the execution is cancelled nobody awaits the last one.
	pending.catch(() => {});
	while (pending && !signal?.aborted) {
		const { rows, next }: Awaited<Fetched> = await pending;
		const cursor: string | undefined = next && !cursors.has(next) ? next : undefined;
		if (cursor) cursors.add(cursor);
		// Not when this page may be enough: the next one would be thrown away.
		const ahead: Fetched | undefined =
			cursor && collector.rows.length + rows.length < (limit ?? Infinity) ? fetchAfter(cursor) : undefined;
		// Its failure is met when the page is awaited.
		ahead?.catch(() => {});
		collector.add(rows);
		pending = ahead ?? (cursor && !collector.full ? fetchAfter(cursor) : undefined);
		pending?.catch(() => {});
	}
	return collector.result();
}
