import type { IDataObject } from 'n8n-workflow';

import { hintLeftOut } from '../../shared/contact/leftOut';
import { remark } from '../../shared/operation/output';
import type { AccountClient } from '../transport/client';

/** Something that was asked for, and what the server made of it. */
export interface NotApplied {
	/** As the editor shows it. */
	field: string;
	asked: unknown;
	got: unknown;
}

/** The field as the editor shows it, what was asked for (undefined: nothing), and what the answer says. */
export type Asked = [field: string, asked: unknown, got: unknown];

/**
 * Compares what was asked for with what came back. Chatwoot answers many writes with success although it has left
 * something out: an agent outside the inbox, a status of a locked conversation, a label.
 *
 * @param asked one entry a field; what was not asked for, and what the answer does not show (undefined), is not compared
 */
export function notApplied(asked: Asked[]): NotApplied[] {
	return asked.filter(([, wanted, got]) => wanted !== undefined && got !== undefined && !agrees(wanted, got)).map(([field, wanted, got]) => ({ field, asked: wanted, got }));
}

/**
 * As {@link notApplied}, for objects such as custom attributes: one entry for each key that differs.
 *
 * @param field begins the name of each, e.g. "Custom Attributes"
 */
export function notAppliedKeys(field: string, wanted: IDataObject | undefined, got: unknown): NotApplied[] {
	if (wanted === undefined || got === undefined) return [];
	const there = (got !== null && typeof got === 'object' ? got : {}) as IDataObject;
	return notApplied(Object.entries(wanted).map(([key, value]) => [`${field} > ${key}`, value, there[key] ?? null]));
}

/**
 * Says in the item (`notApplied`) and in a hint what was not done.
 *
 * @param record as the operation gives it; given back
 */
export function tellNotApplied<Row extends object>(account: AccountClient, record: Row, differences: NotApplied[]): Row {
	if (differences.length === 0) return record;
	hintLeftOut(account.http, 'Chatwoot answered with success, but did not do all of it; see notApplied in the items', differences.map(({ field }) => field), 'item');
	return remark(record, { notApplied: differences as unknown as IDataObject[] });
}

/** Whether two values mean the same: numbers and their text, dates and their day, lists in any order, null and nothing. */
function agrees(asked: unknown, got: unknown): boolean {
	if (isNothing(asked) || isNothing(got)) return isNothing(asked) && isNothing(got);
	if (Array.isArray(asked) && Array.isArray(got)) {
		const left = got.map(plain).sort();
		return asked.length === got.length && asked.map(plain).sort().every((entry, index) => entry === left[index]);
	}
	return plain(asked) === plain(got);
}

const isNothing = (value: unknown) => value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);

function plain(value: unknown): string {
	if (value === null || typeof value !== 'object') return String(value).trim();
	if (Array.isArray(value)) return JSON.stringify(value.map(plain));
	return JSON.stringify(Object.entries(value).map(([key, entry]) => [key, plain(entry)]).sort(([a], [b]) => a!.localeCompare(b!)));
}
