import type { IDataObject } from 'n8n-workflow';

import { phoneKey } from '../phone/compare';
import { toE164, type DefaultCountry } from '../phone/phone';
import { isNobody, isObject } from '../values/plain';
import { readIncomingContact } from './incoming';
import { withoutEnds } from '../values/ends';

/** Whom a list names, one key a person; or why it cannot be relied on, for behind the field's name. */
export type PhoneList = { keys: Set<string>; entries: number } | { problem: string };

/** Rows of an earlier run that say that the person was not written to. */
const notWritten = new Set(['dryrun', 'failed', 'notsent', 'skipped']);
/** Words that no sheet has for a status of its own. */
const ownWords = new Set(['dryrun', 'notsent', 'unsure']);

/**
 * Reads a list that protects people: who has been written to, who does not want to be. An entry that cannot be read makes
 * the whole list unusable, because the person behind it would be written to again.
 *
 * @param given a list, JSON text, or text with commas, semicolons, bars or line breaks between the entries; rows are read by
 * the names of their columns, also inside n8n's `{json: …}`
 * @param country where numbers without country code belong to
 */
export function readPhoneList(given: unknown, country: DefaultCountry): PhoneList {
	const list = entriesOf(given);
	if (!list) return { problem: 'is not a list of phones, nor the output of an earlier run' };
	const keys = new Set<string>();
	// A sheet may have a status of its own: "failed" there may be a payment.
	const isRun = list.some((entry) => isObject(entry) && ownWords.has(statusOf(rowOf(entry))));
	for (const [index, entry] of list.entries()) {
		const read = readEntry(entry, country, isRun);
		if (typeof read === 'string') return { problem: `has an entry that cannot be read as a phone, so nobody could be protected by it: entry ${index + 1}, ${shown(entry)}: ${read}` };
		for (const key of read) keys.add(key);
	}
	return { keys, entries: list.length };
}

function entriesOf(given: unknown): unknown[] | undefined {
	if (Array.isArray(given)) return given as unknown[];
	if (isObject(given)) return [given];
	if (typeof given === 'number') return [given];
	if (typeof given !== 'string') return undefined;
	if (/^\s*[[{]/.test(given)) {
		try {
			return entriesOf(JSON.parse(given) as unknown);
		} catch {
			return undefined;
		}
	}
	return given.split(/[;|\n]|,(?!\d{3}(?:\D|$))/).map((entry) => entry.trim()).filter(Boolean);
}

const rowOf = (entry: IDataObject): IDataObject => (isObject(entry.json) ? entry.json : entry);
const statusOf = ({ status }: IDataObject): string => (typeof status === 'string' ? status.toLowerCase() : '');

/**
 * The keys of an entry's numbers; why it has none, as text.
 *
 * @param isRun whether the list is the output of an earlier run
 */
function readEntry(entry: unknown, country: DefaultCountry, isRun: boolean): string[] | string {
	if (!isObject(entry)) return isNobody(entry) ? [] : readNumbers(entry, country);
	const row = rowOf(entry);
	if ((isRun || 'campaign' in row) && notWritten.has(statusOf(row))) return [];
	// An item that was refused before the campaign began.
	if (typeof row.error === 'string' && Object.keys(row).length === 1) return [];
	const contact = readIncomingContact(isObject(row.contact) || row.phone === undefined ? row : { phone: row.phone });
	const phone = contact?.phone ?? firstOf(row, ['to', 'recipient', 'number']);
	return phone === undefined ? `no column of a phone among ${Object.keys(row).slice(0, 8).join(', ') || 'its columns'}` : readNumbers(phone, country);
}

const firstOf = (row: IDataObject, names: string[]) => names.map((name) => row[name]).find((value) => typeof value === 'string' || typeof value === 'number');

/** More is read than where a message is to go: of two numbers both are protected, and words beside a number do not matter. */
function readNumbers(written: unknown, country: DefaultCountry): string[] | string {
	const whole = toE164(written, { defaultCountry: country });
	if (whole.ok) return [phoneKey(whole.e164)];
	if (typeof written !== 'string' || written.length > 500) return whole.reason;
	const parts = written.split(/[;|/\n,]|\s(?:ou|or|o|e|y|and)\s/i).map((part) => part.replace(/\p{L}[\p{L}\p{M}'’.]*/gu, ' ').trim()).filter((part) => /\d/.test(part));
	const read = parts.map((part) => toE164(withoutEnds(part.replace(/\s+/g, ' '), ' :.-').replace(/\(\s*\)/g, ''), { defaultCountry: country }));
	const bad = read.find((phone) => !phone.ok);
	if (read.length === 0) return whole.reason;
	return bad && !bad.ok ? bad.reason : read.flatMap((phone) => (phone.ok ? [phoneKey(phone.e164)] : []));
}

function shown(entry: unknown): string {
	const text = typeof entry === 'string' ? entry : (JSON.stringify(entry) ?? String(entry));
	return `'${text.length > 60 ? `${text.slice(0, 59)}…` : text}'`;
}
