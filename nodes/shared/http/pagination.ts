/** How much of a list is wanted. */
export interface Wanted {
	/** Undefined for all. */
	limit?: number;
	/** Lists whose total is known are read with this many requests at a time. */
	parallel: number;
	signal?: AbortSignal;
	/** Told as sentences for the person: rows that came twice, rows that may be missing. */
	notice?: (text: string) => void;
	/** Makes the error for a list that has no end; the vendor's name and the credential's secrets are its business. */
	fail?: (message: string, description: string) => Error;
}

export interface Page<Row> {
	rows: Row[];
	/** Rows in the whole list, when the vendor tells: exactly those that its pages hold. */
	total?: number;
	/** A count that may be too high: how far it is worth to ask for several pages at once. */
	upTo?: number;
	/** Number of pages, where the vendor tells this in place of the total. */
	pages?: number;
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

/** One order in which a list can be read page by page. */
export interface Order<Row> {
	fetchPage: (page: number) => Promise<Page<Row>>;
	/** Where rows that are made meanwhile come in, in an order by creation. */
	grows?: 'start' | 'end';
	/** Whether what is made or changed comes first: then the first page tells afterwards whether anything moved. */
	newsFirst?: boolean;
}

/** How a whole list is read again when the first reading cannot have had all of it. */
export interface Rereading<Row> {
	/** Further orders of the same list, the safest first. */
	orders: Array<Order<Row>>;
	/** Puts the rows of several readings in the order of the first. */
	compare?: (one: Row, other: Row) => number;
}

/** Pages in a row that bring nothing new before a list counts as endless. */
const barrenPages = 10;

/** More pages than any list of these services has. */
const mostPages = 100_000;

/** Why a list cannot be read to its end. */
function endless(wanted: Wanted, what: string): Error {
	const message = `The list has no end: ${what}`;
	const description = 'It is not known whether there are more records than were read, so none are output. Set a lower \'Limit\', or narrow the list by its filters.';
	return wanted.fail?.(message, description) ?? new Error(message);
}

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

	/**
	 * Adds a page.
	 *
	 * @param reading rows that the same reading has had
	 * @returns how many of its rows were new, to the reading and to the whole
	 */
	add(rows: Row[], reading = this.seen): { fresh: number; added: number } {
		let fresh = 0;
		let added = 0;
		for (const row of rows) {
			// Vendors put null and other things where rows belong.
			if (row === null || typeof row !== 'object') continue;
			const id = this.idOf(row);
			if (id !== undefined) {
				const key = String(id);
				const known = this.seen.has(key);
				if (reading.has(key)) {
					this.repeated += 1;
					continue;
				}
				reading.add(key);
				this.seen.add(key);
				fresh += 1;
				if (known) continue;
			} else fresh += 1;
			added += 1;
			if (!this.full) this.rows.push(row);
		}
		return { fresh, added };
	}

	result(): Collected<Row> {
		if (this.repeated > 0) {
			this.wanted.notice?.(`The list changed while it was read: ${this.repeated} ${this.repeated === 1 ? 'record' : 'records'} came twice and ${this.repeated === 1 ? 'is' : 'are'} output once.`);
		}
		return { rows: this.rows, repeated: this.repeated };
	}
}

/** What one reading of a list has shown. */
interface Reading {
	/** Different rows it had. */
	distinct: number;
	/** Rows that no earlier reading had. */
	added: number;
	repeated: number;
	/** Totals and page counts as they were told, page by page. */
	totals: number[];
	pages: Set<number>;
	/** Pages that were read, and the IDs on the first of them. */
	read: number;
	firstPage: string;
	/** Different rows that were there when it began, for an order that grows at its start. */
	old: number;
}

/**
 * Whether a reading had every row of the list. When the total stays the same, as many different rows as the list has
 * are all of them, wherever they moved. A list that has only grown lost none of its old rows.
 */
function isWhole({ distinct, repeated, totals, pages, old }: Reading, grows: Order<unknown>['grows']): boolean {
	const [first] = totals;
	if (first === undefined) return repeated === 0 && pages.size <= 1;
	const last = totals.at(-1)!;
	if (totals.every((total) => total === first)) return distinct >= first;
	if (totals.some((total, index) => index > 0 && total < totals[index - 1]!)) return false;
	if (grows === 'start') return old >= first;
	return grows === 'end' && distinct >= last;
}

async function readOnce<Row>({ fetchPage, grows }: Order<Row>, pageSize: number, idOf: IdOf<Row>, wanted: Wanted, collector: Collector<Row>): Promise<Reading> {
	const { limit, parallel, signal } = wanted;
	const seen = new Set<string>();
	const reading: Reading = { distinct: 0, added: 0, repeated: 0, totals: [], pages: new Set(), read: 0, firstPage: '', old: 0 };
	let known = 1;
	let barren = 0;
	let before: Row[] = [];
	let newest = Infinity;
	for (let page = 1; !signal?.aborted; ) {
		const width = Math.max(1, Math.min(parallel, known - page + 1));
		const fetched = await Promise.all(Array.from({ length: width }, async (_, offset) => await fetchPage(page + offset)));
		for (const [offset, { rows: given, total, upTo, pages, last }] of fetched.entries()) {
			// Vendors put null and other things where rows belong.
			const rows = given.filter((row) => row !== null && typeof row === 'object');
			reading.read += 1;
			if (page + offset === 1) reading.firstPage = given.map((row) => String(row && idOf(row))).join();
			if (page + offset === 1 && grows === 'start') newest = Math.max(...rows.map((row) => Number(idOf(row))));
			if (grows === 'start') reading.old += new Set(rows.map((row) => String(idOf(row))).filter((id) => Number(id) <= newest && !seen.has(id))).size;
			const { fresh, added } = collector.add(rows, seen);
			reading.distinct += fresh;
			reading.added += added;
			reading.repeated += rows.length - fresh;
			if (total !== undefined) reading.totals.push(total);
			if (pages !== undefined) reading.pages.add(pages);
			if (collector.full || last || given.length < pageSize) return reading;
			// Rows without IDs may well be alike; where the total is known it ends the list.
			if (fresh === 0 || (total === undefined && rows.some((row) => idOf(row) === undefined))) {
				if (page + offset > 1 && JSON.stringify(rows) === JSON.stringify(before)) {
					// All of it at once, from a server that does not page.
					if (total === undefined ? pages === undefined && rows.length > pageSize : reading.distinct >= total) return reading;
					throw endless(wanted, 'every page has the same records');
				}
			}
			barren = fresh === 0 ? barren + 1 : 0;
			if (barren >= barrenPages) throw endless(wanted, `${barrenPages} pages after each other had no record that was not read before`);
			if (page + offset >= mostPages || (total !== undefined && page + offset > Math.ceil(total / pageSize) + barrenPages)) throw endless(wanted, 'its pages stay full beyond the number of records that it is said to have');
			before = rows;
			const count = total ?? upTo;
			known = pages ?? (count === undefined ? known : Math.ceil(Math.min(count, limit ?? count) / pageSize));
		}
		page += width;
	}
	return reading;
}

/** Whether the first page of a longer list has become another one since it was read. */
async function hasMoved<Row>({ fetchPage, newsFirst }: Order<Row>, { read, firstPage }: Reading, idOf: IdOf<Row>): Promise<boolean> {
	if (!newsFirst || read < 2) return false;
	return (await fetchPage(1)).rows.map((row) => String(row && idOf(row))).join() !== firstPage;
}

/**
 * Reads a list by page numbers. When the first page tells the total, the others are fetched
 * several at a time; pages are joined in order. Reading goes on until a page is empty or short,
 * so that rows added meanwhile are found.
 *
 * A whole list is read again, in another order where there is one, as long as it may not have been whole: rows of equal
 * rank fall between pages, others move while it is read. What cannot be made whole is told.
 *
 * @param order how the list is asked for: a page number from 1
 * @param pageSize rows the vendor puts on a full page
 * @param again how to read it again; by default once more in the same order
 */
export async function collectPages<Row>(
	order: Order<Row> | Order<Row>['fetchPage'],
	pageSize: number,
	idOf: IdOf<Row>,
	wanted: Wanted,
	again?: Rereading<Row>,
): Promise<Collected<Row>> {
	const { limit, signal, notice } = wanted;
	const first = typeof order === 'function' ? { fetchPage: order } : order;
	const further = again?.orders ?? [first];
	const collector = new Collector(idOf, wanted);
	let reading = await readOnce(first, pageSize, idOf, wanted, collector);
	if (limit !== undefined) {
		const shrank = reading.totals.some((total, index) => index > 0 && total < reading.totals[index - 1]!);
		if (shrank) notice?.('The list became shorter while it was read, so single records may be missing. Turn on \'Return All\' to have it read again in such a case.');
		return collector.result();
	}
	let whole = isWhole(reading, first.grows) && !(await hasMoved(first, reading, idOf));
	let later = 0;
	const totals = new Set(reading.totals);
	for (const next of further) {
		if (whole || signal?.aborted) break;
		reading = await readOnce(next, pageSize, idOf, wanted, collector);
		later += reading.added;
		for (const total of reading.totals) totals.add(total);
		// Several readings of a list that kept its size make up one another's gaps. Where what moves comes to the top, a second look would have found it.
		whole = isWhole(reading, next.grows) || (totals.size === 0 ? next.newsFirst === true && reading.added === 0 : totals.size === 1 && collector.rows.length >= reading.totals.at(-1)!);
	}
	if (later > 0 && again?.compare) collector.rows.sort(again.compare);
	const result = collector.result();
	if (!whole && !signal?.aborted) {
		const counted = reading.totals.at(-1) ?? 0;
		notice?.(counted > result.rows.length
			? `The service counts ${counted} records in this list, but its pages held ${result.rows.length}, in ${further.length + 1} readings; the others are missing here.`
			: `The list kept changing while it was read ${further.length + 1} times, so single records may be missing. Run again at a quieter time.`);
	}
	return result;
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
	const order: Order<Row> = { fetchPage: async (page) => await fetchFrom((page - 1) * count, count) };
	return await collectPages(order, count, idOf, wanted, { orders: [order, order] });
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
	let barren = 0;
	let pending: Fetched = fetchAfter(undefined);
	// When the execution is cancelled nobody awaits the last one.
	pending.catch(() => {});
	while (!signal?.aborted) {
		const { rows, next }: Awaited<Fetched> = await pending;
		const cursor: string | undefined = next === null || next === '' ? undefined : next;
		// Not when this page may be enough: the next one would be thrown away. Nor when it may be the last of an endless list.
		const isNew: boolean = cursor !== undefined && !cursors.has(cursor);
		const ahead: Fetched | undefined =
			cursor !== undefined && isNew && rows.length > 0 && collector.rows.length + rows.length < (limit ?? Infinity) ? fetchAfter(cursor) : undefined;
		// Its failure is met when the page is awaited.
		ahead?.catch(() => {});
		const { fresh } = collector.add(rows);
		if (cursor === undefined || collector.full) break;
		if (!isNew) throw endless(wanted, 'it goes on at a place where it has been before');
		cursors.add(cursor);
		barren = fresh === 0 ? barren + 1 : 0;
		if (barren >= barrenPages) throw endless(wanted, `${barrenPages} pages after each other had no record that was not read before`);
		if (cursors.size >= mostPages) throw endless(wanted, 'there is always a next page');
		pending = ahead ?? fetchAfter(cursor);
		pending.catch(() => {});
	}
	return collector.result();
}

/**
 * Reads a list back from its newest row, where a page holds the newest rows with a smaller ID than one that was read.
 * Such a page is cut by time: of rows with its oldest time some may be left out, whatever their IDs, so the next page
 * begins above them and has them again.
 *
 * @param fetchBefore the newest page, or the newest rows below an ID
 * @param pageSize rows on a full page
 * @returns newest first as far as the pages are; `unsure` when rows of one moment fill a page, so that some may be missing
 */
export async function collectBefore<Row>(
	fetchBefore: (before: number | undefined) => Promise<Row[]>,
	pageSize: number,
	{ idOf, timeOf }: { idOf: (row: Row) => number; timeOf: (row: Row) => number },
	wanted: Wanted,
): Promise<Collected<Row> & { pages: number; unsure: boolean }> {
	const collector = new Collector(idOf, { ...wanted, notice: undefined });
	let before: number | undefined;
	let pages = 0;
	let unsure = false;
	while (!wanted.signal?.aborted) {
		const rows = await fetchBefore(before);
		pages += 1;
		collector.add([...rows].sort((one, other) => timeOf(other) - timeOf(one) || idOf(other) - idOf(one)));
		if (rows.length < pageSize || collector.full) break;
		const oldest = Math.min(...rows.map(timeOf));
		const newer = rows.filter((row) => timeOf(row) > oldest);
		unsure ||= newer.length === 0;
		const next: number = Math.min(...(newer.length ? newer : rows).map(idOf));
		if (!(next < (before ?? Infinity))) throw endless(wanted, 'it goes on at a place where it has been before');
		before = next;
	}
	return { ...collector.result(), pages, unsure };
}
