/** What of an item was not written, and why. */
export interface LeftOut {
	/** The column, tag or field, as the item calls it. */
	column: string;
	/** As it stood there, cut off when it is long. */
	value: string;
	/** Stands for itself: "is not an e-mail address". */
	reason: string;
}

/** An entry of {@link LeftOut}, of any value. */
export function leftOut(column: string, value: unknown, reason: string): LeftOut {
	const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value));
	return { column: column.slice(0, 100), value: text.length > 100 ? `${text.slice(0, 99)}…` : text, reason };
}

/** By n8n's context of a run, then by item. */
const runs = new WeakMap<object, Map<number, LeftOut[]>>();

interface ItemOfRun {
	context: object;
	index: number;
}

/** Begins the list that the item's output shows as `leftOut`; what was noted before is forgotten. */
export function beginLeftOut({ context, index }: ItemOfRun, entries: LeftOut[] = []): void {
	const items = runs.get(context) ?? new Map<number, LeftOut[]>();
	runs.set(context, items);
	items.set(index, [...entries]);
}

/** What was left out of an item; undefined when it takes nothing over. */
export const leftOutOf = ({ context, index }: ItemOfRun): LeftOut[] | undefined => runs.get(context)?.get(index);
