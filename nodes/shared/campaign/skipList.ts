import { objectOrEmpty } from '../values/read';
import type { DefaultCountry } from '../phone/phone';
import { toE164 } from '../phone/phone';
import { phoneKey } from '../phone/compare';
import { foldName } from '../values/names';

/** Rows of an earlier run that say that nothing was sent. */
const notWrittenTo = new Set(['dryrun', 'failed', 'notsent', 'skipped']);
const phoneNames = new Set(['phone', 'telefone', 'telefono', 'whatsapp', 'celular', 'mobile', 'phonenumber', 'numero', 'tel', 'fone', 'movil']);

/**
 * The people of a list of phones, or of rows of an earlier run.
 *
 * @returns their keys, or what is wrong with the list: an entry that cannot be read protects nobody
 */
export function readSkipList(given: unknown, country: DefaultCountry): { people: Set<string> } | { problem: string } {
	const people = new Set<string>();
	const list = listOf(given);
	if (!list) return { problem: 'is not a list' };
	for (const [index, entry] of list.entries()) {
		if (entry === null || entry === undefined || entry === '') continue;
		const phones = phonesOf(entry);
		if (phones === 'notWrittenTo') continue;
		if (phones.length === 0) return { problem: `has an entry without a phone (number ${index + 1}): ${JSON.stringify(entry)?.slice(0, 60)}` };
		for (const phone of phones) {
			const read = readPhone(phone, country);
			if (read === undefined) return { problem: `has an entry that is not a phone (number ${index + 1}): ${String(phone).slice(0, 60)}` };
			for (const one of read) people.add(phoneKey(one));
		}
	}
	return { people };
}

function listOf(given: unknown): unknown[] | undefined {
	if (given === undefined || given === null || given === '') return [];
	if (Array.isArray(given)) return given as unknown[];
	if (typeof given !== 'string') return undefined;
	try {
		const list: unknown = JSON.parse(given);
		return Array.isArray(list) ? (list as unknown[]) : typeof list === 'number' ? [given] : undefined;
	} catch {
		return given.split(/[,;\n]/).map((entry) => entry.trim()).filter(Boolean);
	}
}

function phonesOf(entry: unknown): unknown[] | 'notWrittenTo' {
	if (typeof entry !== 'object') return [entry];
	const outer = objectOrEmpty(entry);
	const row = objectOrEmpty(outer.json ?? outer);
	if ('campaign' in row && notWrittenTo.has(String(row.status).toLowerCase())) return 'notWrittenTo';
	return Object.entries(row).filter(([name, value]) => phoneNames.has(foldName(name)) && value !== null && value !== undefined && value !== '').map(([, value]) => value);
}

/** One or more phones of an entry as people write it: with a name beside it, two with a stroke between them. */
function readPhone(written: unknown, country: DefaultCountry): string[] | undefined {
	const whole = toE164(written, { defaultCountry: country });
	if (whole.ok) return [whole.e164];
	if (typeof written !== 'string') return undefined;
	const parts = written.split(/\s*[/|;]\s*|:::/).filter((part) => /\d/.test(part));
	const read = parts.map((part) => toE164(part.replace(/\p{L}[\p{L}\s.:]*/gu, ' ').trim(), { defaultCountry: country }));
	return read.length > 0 && read.every(({ ok }) => ok) ? read.flatMap((phone) => (phone.ok ? [phone.e164] : [])) : undefined;
}
